import { describe, expect, it } from "vitest";
import type { PixelKernels } from "../../../sim/pixel/pixel-kernels.ts";
import { PixelKernels as Kernels } from "../../../sim/pixel/pixel-kernels.ts";
import { exposure, fillRandom, kernelsOf, kernelsWasm, tableOf } from "./pixel-fixture.ts";

const GATES = 10;

function runBand(first: number, pixels: number): PixelKernels {
  const kernels = kernelsOf(pixels, GATES);
  fillRandom(kernels, 3, first);
  kernels.setResponse(tableOf(GATES));
  kernels.gatherSignal({ firstPixel: 0, count: pixels, extinctionPerM: 0 });
  kernels.expose({ ...exposure, bandFirstPixel: first });
  return kernels;
}

describe("bands", () => {
  it.each([[[100, 200]], [[1, 299]], [[37, 2, 64, 197]]])(
    "of %j pixels give the bits of the whole",
    (sizes) => {
      const whole = runBand(0, 300);
      let first = 0;
      for (const size of sizes) {
        const band = runBand(first, size);
        expect(band.signalE).toEqual(whole.signalE.subarray(first, first + size));
        for (let gate = 0; gate < GATES; gate++) {
          const plane = whole.codes.subarray(gate * 300 + first, gate * 300 + first + size);
          expect(band.codes.subarray(gate * size, (gate + 1) * size)).toEqual(plane);
        }
        first += size;
      }
    },
  );

  it("may be exposed in pieces, in any order, each piece leaving the others alone", () => {
    const whole = runBand(0, 300);
    const expected = whole.codes.slice();
    whole.codes.fill(0);
    for (const [firstPixel, count] of [
      [250, 50],
      [0, 33],
      [47, 203],
      [33, 14],
    ] as const) {
      whole.expose({ ...exposure, firstPixel, count });
    }
    expect(whole.codes).toEqual(expected);
  });
});

describe("wrong use of PixelKernels", () => {
  const options = { wasm: kernelsWasm, pixels: 8, gates: 4, raysPerPixel: 16 };
  it("is answered with what was found and expected", () => {
    expect(() => Kernels.create({ ...options, raysPerPixel: 6 })).toThrow(/6 rays.*multiple of 4/);
    expect(() => Kernels.create({ ...options, pixels: 0 })).toThrow(/0 pixels.*positive/);
    expect(() => Kernels.create({ ...options, gates: 1.5 })).toThrow(/1.5 gates/);
    expect(() => Kernels.create({ ...options, wasm: new Uint8Array([1, 2, 3]) })).toThrow(
      WebAssembly.CompileError,
    );
    const kernels = Kernels.create(options);
    expect(() => kernels.setResponse(tableOf(5))).toThrow(/5 gates; expected.*4 gates/);
    expect(() => kernels.gatherSignal({ firstPixel: 0, count: 8, extinctionPerM: 0 })).toThrow(/setResponse/);
    expect(() => kernels.expose({ ...exposure, firstPixel: 6, count: 4 })).toThrow(/6\.\.9.*0\.\.7/);
  });

  it("names the missing exports of another module", () => {
    const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    expect(() => Kernels.create({ ...options, wasm: empty })).toThrow(/exports nothing.*build:kernels/);
  });
});
