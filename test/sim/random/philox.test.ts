import { describe, expect, it } from "vitest";
import { kernelExports } from "../../../sim/pixel/kernel-exports.ts";
import { Draws } from "../../../sim/random/draws.ts";
import { keyOfSeed, philox4x32, type Words4 } from "../../../sim/random/philox.ts";
import { kernelsWasm } from "../kernels/pixel-fixture.ts";

/** Published known-answer vectors of Random123 (kat_vectors: philox4x32, 10 rounds): counter, key, output. */
const knownAnswers: readonly (readonly [Words4, readonly [number, number], Words4])[] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

const ADDRESS = 65536;

/** The SIMD kernel's block of the counter (first + lane, group, frame, stream). */
function laneOfPair(first: number, rest: readonly number[], key: readonly number[], lane: number): number[] {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536 });
  const kernels = kernelExports(kernelsWasm, memory);
  kernels.philoxPair(ADDRESS, first, rest[0]!, rest[1]!, rest[2]!, key[0]!, key[1]!);
  const words = new Uint32Array(memory.buffer, ADDRESS, 32);
  return [0, 1, 2, 3].map((word) => words[16 * (lane >> 2) + 4 * word + (lane & 3)]!);
}

describe("Philox 4x32-10", () => {
  it.each(knownAnswers)("gives the published output for counter %j, key %j", (counter, key, output) => {
    expect(philox4x32(counter, key[0], key[1])).toEqual(output);
  });

  it.each(knownAnswers)("gives it in every SIMD lane for counter %j, key %j", (counter, key, output) => {
    for (let lane = 0; lane < 8; lane++) {
      expect(laneOfPair((counter[0] - lane) >>> 0, counter.slice(1), key, lane)).toEqual(output);
    }
  });

  it("takes seeds modulo 2^64, low half first", () => {
    expect(keyOfSeed(0x1122334455667788n)).toEqual({ low: 0x55667788, high: 0x11223344 });
    expect(keyOfSeed(-1n)).toEqual({ low: 0xffffffff, high: 0xffffffff });
  });
});

/** n = 1e6 draws; 4 sigma of each estimate. */
describe("Draws", () => {
  const n = 1_000_000;
  const draws = new Draws(20261121, 42);

  it("does not depend on the order of the questions", () => {
    const forward = [0, 1, 2, 3].map((index) => draws.word(index));
    const backward = [3, 2, 1, 0].map((index) => new Draws(20261121n, 42).word(index));
    expect(backward.reverse()).toEqual(forward);
    expect(new Draws(20261121, 43).word(0)).not.toBe(forward[0]);
    expect(new Draws(20261122, 42).word(0)).not.toBe(forward[0]);
    expect(draws.word(0, 1)).not.toBe(forward[0]);
  });

  it("has the moments of the uniform, the lognormal and the integer law", () => {
    let uniform = 0;
    let uniformSquare = 0;
    let lognormal = 0;
    let integer = 0;
    for (let index = 0; index < n; index++) {
      const u = draws.uniform(index);
      uniform += u;
      uniformSquare += (u - 0.5) ** 2;
      lognormal += draws.lognormal(index, 0.3, 1);
      integer += draws.integer(index, 10, 2);
    }
    const fourSigma = 4 / Math.sqrt(n);
    expect(Math.abs(uniform / n - 0.5)).toBeLessThan(fourSigma * Math.sqrt(1 / 12));
    expect(Math.abs(uniformSquare / n - 1 / 12)).toBeLessThan(fourSigma * Math.sqrt(1 / 180));
    expect(Math.abs(lognormal / n - 1)).toBeLessThan(fourSigma * Math.sqrt(Math.exp(0.09) - 1));
    expect(Math.abs(integer / n - 4.5)).toBeLessThan(fourSigma * Math.sqrt(99 / 12));
  });
});
