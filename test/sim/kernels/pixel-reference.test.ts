import { describe, expect, it } from "vitest";
import { exposeReference } from "../../reference/kernels/expose-reference.ts";
import { gatherSignalReference } from "../../reference/kernels/gather-reference.ts";
import { copyArrays, type PixelArrays } from "../../reference/kernels/pixel-arrays.ts";
import { exposure, fillRandom, kernelsOf, tableOf } from "./pixel-fixture.ts";

/** Bits, so that -0 and 0 or two NaN would differ. */
function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.slice().buffer);
}

function expectSameSignal(kernels: PixelArrays, reference: PixelArrays): void {
  expect(bitsOf(kernels.meanE)).toEqual(bitsOf(reference.meanE));
  expect(bitsOf(kernels.ambientE)).toEqual(bitsOf(reference.ambientE));
  expect(bitsOf(kernels.signalE)).toEqual(bitsOf(reference.signalE));
}

const chart = { electrons: 3000, ambientRatio: 0.5 };

describe("pixel kernels against the slow reference, bit for bit", () => {
  it.each([
    { name: "32 gates", gates: 32, rays: 16, extinctionPerM: 0 },
    { name: "odd number of gates", gates: 21, rays: 16, extinctionPerM: 0 },
    { name: "one gate, four rays", gates: 1, rays: 4, extinctionPerM: 0 },
    { name: "64 gates, 36 rays", gates: 64, rays: 36, extinctionPerM: 0 },
    { name: "fog", gates: 32, rays: 16, extinctionPerM: 0.03 },
    { name: "chart", gates: 32, rays: 16, extinctionPerM: 0, chart },
    { name: "chart in fog, odd gates", gates: 13, rays: 8, extinctionPerM: 0.2, chart },
  ])("gathers and exposes: $name", ({ gates, rays, ...gather }) => {
    const kernels = kernelsOf(371, gates, rays);
    fillRandom(kernels, 11 + gates);
    const table = tableOf(gates);
    kernels.setResponse(table);
    const reference = copyArrays(kernels);
    const options = { firstPixel: 0, count: kernels.pixels, ...gather };
    kernels.gatherSignal(options);
    gatherSignalReference(reference, table, options);
    expectSameSignal(kernels, reference);

    kernels.expose(exposure);
    exposeReference(reference, exposure);
    expect(kernels.codes).toEqual(reference.codes);
  });

  it("leaves out arrivals beyond a table that is not periodic", () => {
    const kernels = kernelsOf(70, 8);
    fillRandom(kernels, 5);
    const table = tableOf(8, { gating: "swept-reset" });
    kernels.setResponse(table);
    const reference = copyArrays(kernels);
    const options = { firstPixel: 0, count: 70, extinctionPerM: 0 };
    kernels.gatherSignal(options);
    gatherSignalReference(reference, table, options);
    expectSameSignal(kernels, reference);
    expect(kernels.signalE[5]).toBe(0);
    expect(kernels.signalE[0]).toBeGreaterThan(0);
  });

  it("covers low means, the soft knee, both ends of the code range and defects", () => {
    const kernels = kernelsOf(2000, 4);
    kernels.meanE.forEach((_, at) => {
      kernels.meanE[at] = at % 3 === 0 ? (at % 97) / 4 : 3 ** (at % 13);
    });
    kernels.maps.offsetDn.fill(1.25);
    kernels.maps.defect.forEach((_, pixel) => {
      kernels.maps.defect[pixel] = pixel % 11 === 0 ? 1 : pixel % 13 === 0 ? 2 : 0;
    });
    kernels.maps.stuckCode.fill(777);
    const reference = copyArrays(kernels);
    for (const frame of [0, 1, 0xffffffff]) {
      const options = { ...exposure, frame, bandFirstPixel: 0xfffffc00 };
      kernels.expose(options);
      exposeReference(reference, options);
      expect(kernels.codes).toEqual(reference.codes);
    }
    expect(Math.min(...kernels.codes)).toBe(0);
    expect(Math.max(...kernels.codes)).toBeGreaterThan(3900);
    expect(kernels.codes[0]).toBe(1);
    expect(kernels.codes[13]).toBe(777);
  });
});
