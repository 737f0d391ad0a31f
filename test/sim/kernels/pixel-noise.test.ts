import { describe, expect, it } from "vitest";
import type { ExposeOptions } from "../../../sim/pixel/pixel-kernels.ts";
import { exposure, kernelsOf } from "./pixel-fixture.ts";

const GATES = 32;
const PIXELS = 32768;
/** Samples of one exposure; every bound below is 4 sigma of the estimate from n samples. */
const n = GATES * PIXELS;
const kernels = kernelsOf(PIXELS, GATES, 4);

/** Codes of one exposure of uniform pixels, as electrons above the offset. */
function sampleE(meanE: number, changes: Partial<ExposeOptions>, offsetDn = 20_000): Float64Array {
  kernels.meanE.fill(meanE);
  kernels.maps.offsetDn.fill(offsetDn);
  const options = { ...exposure, fullWellE: 1e9, maxCode: 65535, ...changes };
  kernels.expose(options);
  const electrons = new Float64Array(n);
  for (let at = 0; at < n; at++) electrons[at] = (kernels.codes[at]! - offsetDn) * options.gainEPerDn;
  return electrons;
}

function momentsOf(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [second, third] = [0, 0];
  for (const value of values) {
    const deviation = value - mean;
    second += deviation * deviation;
    third += deviation * deviation * deviation;
  }
  return { mean, variance: second / values.length, third: third / values.length };
}

function correlation(a: Float64Array, b: Float64Array, count: number): number {
  let sumA = 0;
  let sumB = 0;
  let squareA = 0;
  let squareB = 0;
  let product = 0;
  for (let at = 0; at < count; at++) {
    const x = a[at]!;
    const y = b[at]!;
    sumA += x;
    sumB += y;
    squareA += x * x;
    squareB += y * y;
    product += x * y;
  }
  const covariance = product / count - (sumA / count) * (sumB / count);
  const varianceA = squareA / count - (sumA / count) ** 2;
  const varianceB = squareB / count - (sumB / count) ** 2;
  return covariance / Math.sqrt(varianceA * varianceB);
}

describe("Poisson and Gaussian electrons", () => {
  const cases = [0.5, 5, 19.99, 20, 25, 100, 1000, 1e5].flatMap((meanE) => [
    { meanE, sigmaE: 0 },
    { meanE, sigmaE: 12 },
  ]);
  it.each(cases)("mean $meanE e, $sigmaE e noise: mean, variance and skew", ({ meanE, sigmaE }) => {
    const spreadE = Math.sqrt(meanE + sigmaE ** 2);
    const gainEPerDn = meanE < 20 && sigmaE === 0 ? 1 : spreadE / 500;
    const options = { gainEPerDn, resetNoiseE: sigmaE, readNoiseE: 0, seed: 5n };
    const offsetDn = 32_768 - Math.round(meanE / gainEPerDn);
    const { mean, variance, third } = momentsOf(sampleE(meanE, options, offsetDn));
    const k2 = spreadE ** 2;
    const quantisation = gainEPerDn === 1 ? 0 : gainEPerDn ** 2 / 12;
    expect(Math.abs(mean - meanE)).toBeLessThan(4 * Math.sqrt(k2 / n));
    expect(Math.abs(variance - k2 - quantisation)).toBeLessThan(4 * Math.sqrt((meanE + 2 * k2 * k2) / n));
    const thirdVariance = meanE + 9 * meanE * k2 + 9 * meanE ** 2 + 6 * k2 ** 3;
    expect(Math.abs(third - meanE)).toBeLessThan(4 * Math.sqrt(thirdVariance / n));
  });

  it("counts are whole electrons below 20, with the Poisson law's shares", () => {
    const electrons = sampleE(3, { gainEPerDn: 1, resetNoiseE: 0, readNoiseE: 0 });
    let probability = Math.exp(-3);
    for (let count = 0; count < 12; count++) {
      const share = electrons.reduce((sum, value) => sum + Number(value === count), 0) / n;
      expect(Math.abs(share - probability)).toBeLessThan(
        4 * Math.sqrt((probability * (1 - probability)) / n),
      );
      probability *= 3 / (count + 1);
    }
  });

  it("an empty pixel without noise shows its offset", () => {
    expect(new Set(sampleE(0, { resetNoiseE: 0, readNoiseE: 0 }, 96))).toEqual(new Set([0]));
  });
});

describe("rounding to codes", () => {
  it.each([0, 0.3, 0.5])("offset %d DN: no mean error, LSB^2/12 of variance", (fraction) => {
    const gain = 50;
    const meanE = 1000;
    const electrons = sampleE(meanE, { gainEPerDn: gain, resetNoiseE: 40, readNoiseE: 0 }, 500 + fraction);
    const { mean, variance } = momentsOf(electrons);
    const k2 = meanE + 40 ** 2;
    const total = k2 + gain ** 2 / 12;
    expect(Math.abs(mean - meanE)).toBeLessThan(4 * Math.sqrt(total / n));
    expect(Math.abs(variance - total)).toBeLessThan(4 * Math.sqrt((meanE + 2 * total ** 2) / n));
  });
});

describe("independence", () => {
  const limit = 4 / Math.sqrt(n);
  it.each([5, 400])("mean %d e: pixels, gates, frames, seeds", (meanE) => {
    const options = { gainEPerDn: 0.5, resetNoiseE: 3, readNoiseE: 0, seed: 77n, frame: 10 };
    const base = sampleE(meanE, options);
    for (const pixels of [1, 2, 3, 4, 320]) {
      expect(Math.abs(correlation(base, base.subarray(pixels), n - pixels))).toBeLessThan(limit * 1.01);
    }
    for (const gates of [1, 2, 3, 4, 16]) {
      const shift = gates * PIXELS;
      const r = correlation(base, base.subarray(shift), n - shift);
      expect(Math.abs(r)).toBeLessThan(4 / Math.sqrt(n - shift));
    }
    const others = [{ frame: 11 }, { frame: 0x8000000a }, { seed: 78n }, { seed: 77n + (1n << 32n) }];
    for (const change of others) {
      const r = correlation(base, sampleE(meanE, { ...options, ...change }), n);
      expect(Math.abs(r)).toBeLessThan(limit);
    }
    expect(sampleE(meanE, options).every((value, at) => value === base[at])).toBe(true);
  });

  it("the count and the Gaussian noise of one sample do not share their number", () => {
    const counts = sampleE(5, { gainEPerDn: 1, resetNoiseE: 0, readNoiseE: 0 });
    const noise = sampleE(0, { gainEPerDn: 0.05, resetNoiseE: 20, readNoiseE: 0 });
    expect(Math.abs(correlation(counts, noise, n))).toBeLessThan(limit);
  });
});

describe("full well", () => {
  it("is linear to 90 %, then bends with slope 1 towards the full well", () => {
    const options = { gainEPerDn: 4, resetNoiseE: 0, readNoiseE: 0, fullWellE: 200_000 };
    const meanAt = (meanE: number) => momentsOf(sampleE(meanE, options, 100)).mean;
    expect(meanAt(170_000)).toBeCloseTo(170_000, -1);
    expect(meanAt(190_000)).toBeCloseTo(180_000 + 10_000 / 1.5, -2);
    expect(meanAt(1e7)).toBeGreaterThan(199_900);
    expect(meanAt(1e9)).toBeLessThanOrEqual(200_002);
  });
});
