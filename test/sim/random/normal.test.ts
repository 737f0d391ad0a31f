import { describe, expect, it } from "vitest";
import { kernelExports } from "../../../sim/pixel/kernel-exports.ts";
import { normalFromWord, normalTable } from "../../../sim/random/normal.ts";
import { upperQuantile, upperTail } from "../../../sim/random/normal-tail.ts";
import { philox4x32 } from "../../../sim/random/philox.ts";
import { kernelsWasm } from "../kernels/pixel-fixture.ts";

/** n words of a fixed stream. */
function words(n: number): Uint32Array {
  const result = new Uint32Array(n);
  for (let at = 0; at < n; at += 4) result.set(philox4x32([at, 0, 0, 99], 7, 7), at);
  return result;
}

describe("tail of the normal law", () => {
  it("agrees with published values", () => {
    expect(upperTail(0)).toBe(0.5);
    expect(upperTail(1)).toBeCloseTo(0.15865525393145705, 14);
    expect(upperTail(6) / 9.865876450376981e-10 - 1).toBeCloseTo(0, 12);
    expect(upperQuantile(0.025)).toBeCloseTo(1.959963984540054, 13);
    expect(upperQuantile(0.001)).toBeCloseTo(3.090232306167813, 13);
    expect(upperQuantile(0.5)).toBeCloseTo(0, 14);
  });

  it("has no step where series and continued fraction meet", () => {
    expect(upperTail(2.5 - 1e-12) / upperTail(2.5) - 1).toBeCloseTo(2.8e-12, 13);
  });
});

describe("normal deviate of one word", () => {
  it("is within 1e-6 of the exact quantile over the whole range", () => {
    let worst = 0;
    for (let octave = 0; octave < 31; octave++) {
      for (let step = 0; step < 512; step++) {
        const word = Math.floor(2 ** octave * (1 + step / 512));
        worst = Math.max(worst, Math.abs(normalFromWord(word) + upperQuantile((word + 0.5) / 2 ** 32)));
      }
    }
    expect(worst).toBeLessThan(1e-6);
  });

  it("is antisymmetric, ordered and reaches beyond 6 sigma", () => {
    expect(normalFromWord(0)).toBeCloseTo(-6.338, 3);
    expect(normalFromWord(0x80000000)).toBe(-normalFromWord(0));
    expect(normalFromWord(0x7fffffff)).toBeCloseTo(0, 6);
    expect(normalFromWord(1234)).toBeLessThan(normalFromWord(123456));
  });

  it("gives the same bits in the SIMD kernel", () => {
    const n = 200_000;
    const random = words(n);
    for (let bit = 0; bit < 32; bit++)
      random.set([2 ** bit - 1, 2 ** bit, 2 ** bit + 1, 2 ** 32 - 2 ** bit], 4 * bit);
    const expected = new Float32Array(n);
    random.forEach((word, at) => {
      expected[at] = normalFromWord(word);
    });
    const memory = new WebAssembly.Memory({ initial: 20, maximum: 65536 });
    const [table, data] = [65536, 131072];
    new Float32Array(memory.buffer, table, normalTable().length).set(normalTable());
    new Uint32Array(memory.buffer, data, n).set(random);
    kernelExports(kernelsWasm, memory).normalWords(data, n, table);
    expect(new Uint32Array(memory.buffer, data, n)).toEqual(new Uint32Array(expected.buffer));
  });

  /** n = 2^21; moments to 4 sigma (variances of the estimates 1/n, 2/n, 6/n, 24/n); Kolmogorov-Smirnov at 1e-4. */
  it("has the moments and the distribution of the normal law", () => {
    const n = 1 << 21;
    const z = new Float64Array(n);
    words(n).forEach((word, at) => {
      z[at] = normalFromWord(word);
    });
    const moment = (power: number) => z.reduce((sum, value) => sum + value ** power, 0) / n;
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    z.sort();
    let distance = 0;
    for (let rank = 0; rank < n; rank += 64) {
      const value = z[rank]!;
      const below = value < 0 ? upperTail(-value) : 1 - upperTail(value);
      distance = Math.max(distance, Math.abs(below - (rank + 0.5) / n));
    }
    expect(distance * Math.sqrt(n)).toBeLessThan(2.23);
  });
});
