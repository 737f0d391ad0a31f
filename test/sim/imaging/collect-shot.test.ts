import { describe, expect, it } from "vitest";
import { collectorOf, conditionsWith, moments, scheduleOf, sized } from "./collect-fixture.ts";

const SIZE = 1024;
/** Samples of one exposure; every bound below is 4 sigma of the estimate from n samples. */
const n = SIZE * SIZE;
const profile = sized(SIZE, SIZE);
const few = { ...profile, roic: { ...profile.roic, maxReads: 4 } };
const collector = collectorOf(few);
/** EQE at -2 V times fill factor. */
const ELECTRONS_PER_PHOTON = 0.44 * 0.9;

/** Charge of one read after 1 s in light that brings `meanE`; only shot noise. */
function shot(meanE: number, seed: bigint): Float32Array {
  collector.photonsPerS.fill(meanE / ELECTRONS_PER_PHOTON);
  collector.setLight(conditionsWith(["shotNoise"]));
  collector.collect(scheduleOf(SIZE, [1]), { seed, frame: 7 });
  return collector.charge.slice(0, n);
}

describe("photon shot noise", () => {
  it.each([0.5, 5, 19.99, 20.01, 25, 100, 1000, 1e5])("mean %d e: Poisson mean, variance, skew", (meanE) => {
    const { mean, variance, third } = moments(shot(meanE, 11n));
    expect(Math.abs(mean - meanE)).toBeLessThan(4 * Math.sqrt(meanE / n));
    expect(Math.abs(variance - meanE)).toBeLessThan(4 * Math.sqrt((meanE + 2 * meanE ** 2) / n));
    const thirdVariance = meanE + 18 * meanE ** 2 + 6 * meanE ** 3;
    expect(Math.abs(third - meanE)).toBeLessThan(4 * Math.sqrt(thirdVariance / n));
  });

  it.each([3, 17])("whole electrons with the Poisson law's shares at a mean of %d e", (meanE) => {
    const histogram = new Float64Array(64);
    for (const count of shot(meanE, 12n)) histogram[count]! += 1;
    expect(histogram.reduce((sum, value) => sum + value, 0)).toBe(n);
    let probability = Math.exp(-meanE);
    for (let count = 0; count < 40; count++) {
      const sigma = Math.sqrt((probability * (1 - probability)) / n);
      // Shares of a few counts are not Gaussian; they may be off by some.
      expect(Math.abs(histogram[count]! / n - probability)).toBeLessThan(4 * sigma + 8 / n);
      probability *= meanE / (count + 1);
    }
  });

  it("off: the mean, exactly", () => {
    collector.photonsPerS.fill(1000);
    collector.setLight(conditionsWith([]));
    collector.collect(scheduleOf(SIZE, [0.25]), { seed: 1n, frame: 0 });
    expect(new Set(collector.charge.subarray(0, n))).toEqual(new Set([Math.fround(1000 * 0.396 * 0.25)]));
  });
});

describe("dark current", () => {
  it("flows while the light is off, and its shot noise is Poisson", () => {
    const rate = (2e-8 * 20e-4 ** 2 * 0.9) / 1.602176634e-19;
    collector.photonsPerS.fill(1e6);
    collector.setLight(conditionsWith(["shotNoise", "darkCurrent"]));
    collector.collect(scheduleOf(SIZE, [0.004], 0, [0.001]), { seed: 3n, frame: 0 });
    const expected = rate * 0.004 + 396;
    const { mean, variance } = moments(collector.charge, 0, n);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(expected / n) + 0.02);
    expect(Math.abs(variance - expected)).toBeLessThan(4 * expected * Math.sqrt(2 / n));
  });

  it("follows the activation energy", () => {
    const meanAt = (temperatureK: number) => {
      collector.setLight(conditionsWith(["darkCurrent"], {}, temperatureK));
      collector.collect(scheduleOf(SIZE, [0.001], 0, [0]), { seed: 3n, frame: 0 });
      return collector.charge[5]!;
    };
    const factor = Math.exp((-0.4 / 8.617333262e-5) * (1 / 305 - 1 / 300));
    expect(meanAt(305) / meanAt(300)).toBeCloseTo(factor, 5);
  });
});

describe("several reads", () => {
  const reads = [0.1, 0.4, 0.5, 1];

  it("add independent increments to the charge so far", () => {
    collector.photonsPerS.fill(500 / ELECTRONS_PER_PHOTON);
    collector.setLight(conditionsWith(["shotNoise"]));
    collector.collect(scheduleOf(SIZE, reads), { seed: 21n, frame: 0 });
    let before = new Float32Array(n);
    const increments = reads.map((_, read) => {
      const plane = collector.charge.slice(read * n, (read + 1) * n);
      const increment = plane.map((charge, at) => charge - before[at]!);
      before = plane;
      return increment;
    });
    increments.forEach((increment, read) => {
      const expected = 500 * (reads[read]! - (reads[read - 1] ?? 0));
      const { mean, variance } = moments(increment);
      expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(expected / n) + 1e-4);
      expect(Math.abs(variance - expected)).toBeLessThan(4 * Math.sqrt((expected + 2 * expected ** 2) / n));
    });
  });
});
