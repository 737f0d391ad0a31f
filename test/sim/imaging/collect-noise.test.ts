import { describe, expect, it } from "vitest";
import type { EffectName } from "../../../hw-profiles/sensor-profile.ts";
import type { NoiseKey } from "../../../sim/imaging/seams.ts";
import { collectorOf, conditionsWith, covariance, moments, scheduleOf, sized } from "./collect-fixture.ts";

const SIZE = 1024;
/** Samples of one exposure; every bound below is 4 sigma of the estimate from n samples. */
const n = SIZE * SIZE;
const profile = sized(SIZE, SIZE);
const few = { ...profile, roic: { ...profile.roic, maxReads: 4 } };
const collector = collectorOf(few);
const READS = [0.001, 0.002, 0.005];

function expose(names: readonly EffectName[], key: NoiseKey, temperatureK = 300, at = collector) {
  at.photonsPerS.fill(1e6);
  at.setLight(conditionsWith(names, {}, temperatureK));
  at.collect(scheduleOf(SIZE, READS), key);
  return READS.map((_, read) => at.charge.slice(read * n, (read + 1) * n));
}

function correlation(a: Float32Array, b: Float32Array): number {
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
}

function difference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, at) => value - b[at]!);
}

describe("reset noise", () => {
  const kTc = (temperatureK: number) => (1.380649e-23 * temperatureK * 10e-15) / 1.602176634e-19 ** 2;

  it.each([300, 250])("is kTC at %d K, the same in all reads of a frame", (temperatureK) => {
    const planes = expose(["resetNoise"], { seed: 5n, frame: 1 }, temperatureK);
    const reset = planes[0]!.map((charge) => charge - Math.fround(396));
    const { mean, variance, third } = moments(reset);
    const expected = kTc(temperatureK);
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(expected / n));
    expect(Math.abs(variance - expected)).toBeLessThan(4 * expected * Math.sqrt(2 / n));
    expect(Math.abs(third)).toBeLessThan(4 * Math.sqrt((15 * expected ** 3) / n));
    for (const [read, light] of [
      [1, 396],
      [2, 1584],
    ] as const) {
      const change = difference(planes[read]!, planes[0]!);
      expect(change.every((value) => Math.abs(value - light) < 0.001)).toBe(true);
    }
  });

  it("has half the variance after a flushed reset", () => {
    const flushed = collectorOf({ ...few, pixel: { ...few.pixel, reset: "flushed" } });
    const { variance } = moments(expose(["resetNoise"], { seed: 5n, frame: 1 }, 300, flushed)[0]!);
    expect(Math.abs(variance - kTc(300) / 2)).toBeLessThan(2 * kTc(300) * Math.sqrt(2 / n));
  });
});

describe("independence, |r| < 4 / sqrt(n)", () => {
  const limit = 4 / Math.sqrt(n);
  const white = ["shotNoise", "resetNoise"] as const;
  const key = { seed: 77n, frame: 10 };

  it("of pixels", () => {
    const charge = expose(white, key)[0]!;
    for (const shift of [1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 14, 16, 17, 20, 24, 32, SIZE, SIZE + 8, 16 * SIZE]) {
      const r = correlation(charge.subarray(0, n - shift), charge.subarray(shift));
      expect(Math.abs(r)).toBeLessThan(4 / Math.sqrt(n - shift));
    }
  });

  it("of reads", () => {
    const [first, second, third] = expose(white, key);
    const steps = [first!, difference(second!, first!), difference(third!, second!)];
    expect(Math.abs(correlation(steps[0]!, steps[1]!))).toBeLessThan(limit);
    expect(Math.abs(correlation(steps[0]!, steps[2]!))).toBeLessThan(limit);
    expect(Math.abs(correlation(steps[1]!, steps[2]!))).toBeLessThan(limit);
  });

  it("of frames and seeds; the same key gives the same bits", () => {
    const base = expose(white, key)[0]!;
    const others = [
      { ...key, frame: 11 },
      { ...key, frame: 0x8000000a },
      { ...key, seed: 78n },
      { ...key, seed: 77n + (1n << 32n) },
    ];
    for (const other of others) {
      expect(Math.abs(correlation(base, expose(white, other)[0]!))).toBeLessThan(limit);
    }
    const again = expose(white, key)[0]!;
    expect(again.every((charge, at) => charge === base[at])).toBe(true);
  });

  it("of shot noise, reset noise and flicker", () => {
    const shot = expose(["shotNoise"], key);
    const reset = expose(["resetNoise"], key)[0]!;
    const flicker = expose(["flicker", "darkCurrent"], key);
    for (const read of [0, 1, 2]) {
      expect(Math.abs(correlation(shot[read]!, reset))).toBeLessThan(limit);
      expect(Math.abs(correlation(flicker[read]!, reset))).toBeLessThan(limit);
      expect(Math.abs(correlation(flicker[read]!, shot[read]!))).toBeLessThan(limit);
      // Pixels eight apart have their words from one counter.
      const neighbours = correlation(flicker[read]!.subarray(0, n - 8), shot[read]!.subarray(8));
      expect(Math.abs(neighbours)).toBeLessThan(4 / Math.sqrt(n - 8));
    }
  });
});
