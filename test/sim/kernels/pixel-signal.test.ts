import { describe, expect, it } from "vitest";
import { gateResponse } from "../../../sim/detector/response.ts";
import { kernelsOf, responseSpecOf, tableOf } from "./pixel-fixture.ts";

const GATES = 32;
const RAYS = 16;
const SCALE_E = 3e5;
const NS_PER_METRE = 2 / 0.299792458;
const response = gateResponse(responseSpecOf(GATES));

/** One pixel whose rays have the given ranges and reflectances, worked out by the kernel. */
function gather(ranges: readonly number[], rho: readonly number[], extinctionPerM = 0, chart?: ChartOption) {
  const kernels = kernelsOf(1, GATES, RAYS);
  kernels.setResponse(tableOf(GATES));
  kernels.hits.rangeM.set(ranges);
  kernels.hits.signalRho.set(rho);
  kernels.hits.ambientRho.set(rho);
  kernels.maps.signalScaleE.fill(SCALE_E);
  kernels.maps.ambientScaleE.fill(1000);
  kernels.gatherSignal({ firstPixel: 0, count: 1, extinctionPerM, chart });
  return kernels;
}

type ChartOption = { readonly electrons: number; readonly ambientRatio: number };

/** The same from the equations: each ray on its own, exact arrival times, f64. */
function expectedGate(
  gate: number,
  ranges: readonly number[],
  rho: readonly number[],
  extinctionPerM = 0,
): number {
  return ranges.reduce((sum, rangeM, ray) => {
    if (rangeM <= 0) return sum;
    const electrons = ((SCALE_E * rho[ray]!) / rangeM ** 2) * Math.exp(-2 * extinctionPerM * rangeM);
    return sum + (electrons / RAYS) * response(gate, rangeM * NS_PER_METRE);
  }, 0);
}

const constantRho = new Array<number>(RAYS).fill(0.5);
const surfaces: Record<string, readonly number[]> = {
  flat: new Array<number>(RAYS).fill(2.345),
  tilted: Array.from({ length: RAYS }, (_, ray) => 3 + 0.004 * ray),
  steep: Array.from({ length: RAYS }, (_, ray) => 3 + 0.05 * ray),
  "two surfaces": Array.from({ length: RAYS }, (_, ray) => (ray % 3 === 0 ? 2 : 7.5)),
  "partly nothing": Array.from({ length: RAYS }, (_, ray) => (ray < 5 ? 0 : 4)),
  "beyond the pulse period": new Array<number>(RAYS).fill(151.5),
};

describe.each(Object.entries(surfaces))("mean signal: %s", (_, ranges) => {
  it.each([0, 0.05])("follows the link budget, extinction %d per m", (extinctionPerM) => {
    const kernels = gather(ranges, constantRho, extinctionPerM);
    const total = kernels.signalE[0]!;
    let expectedTotal = 0;
    for (let gate = 0; gate < GATES; gate++) {
      const expected = expectedGate(gate, ranges, constantRho, extinctionPerM);
      expectedTotal += expected;
      expect(Math.abs(kernels.meanE[gate]! - expected)).toBeLessThan(1e-5 * total);
    }
    expect(total / expectedTotal).toBeCloseTo(1, 5);
    expect(kernels.ambientE[0]).toBeCloseTo(500, 3);
  });

  it("collects what the chart says", () => {
    const kernels = gather(ranges, constantRho, 0, { electrons: 1e4, ambientRatio: 0.5 });
    expect(kernels.signalE[0]).toBeCloseTo(1e4, 1);
    expect(kernels.ambientE[0]).toBeCloseTo((1e4 * 0.5) / GATES, 3);
    const free = gather(ranges, constantRho);
    expect(kernels.meanE[9]! / kernels.signalE[0]!).toBeCloseTo(free.meanE[9]! / free.signalE[0]!, 6);
  });
});

describe("mean signal: nothing to see", () => {
  it.each([
    ["no hit", new Array<number>(RAYS).fill(0), constantRho],
    ["black", new Array<number>(RAYS).fill(2), new Array<number>(RAYS).fill(0)],
    ["not a number", new Array<number>(RAYS).fill(Number.NaN), constantRho],
  ])("%s: zero in every gate, chart or not", (_, ranges, rho) => {
    for (const chart of [undefined, { electrons: 1e4, ambientRatio: 1 }]) {
      const kernels = gather(ranges, rho, 0, chart);
      expect([...kernels.meanE]).toEqual(new Array<number>(GATES).fill(0));
      expect(kernels.signalE[0]).toBe(0);
      expect(kernels.ambientE[0]).toBe(chart || rho[0] === 0 ? 0 : 500);
    }
  });
});
