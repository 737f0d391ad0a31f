import { describe, expect, it } from "vitest";
import { flickerCovariance, flickerVarianceS2, lowerFactor } from "../../../sim/detector/flicker.ts";
import { COARSE_NORMAL_SIGMA } from "../../../sim/imaging/charge-tables.ts";
import { cosineIntegral } from "../../../sim/math/cosine-integral.ts";
import { normalFromWord } from "../../../sim/random/normal.ts";
import { collectorOf, conditionsWith, covariance, moments, scheduleOf, sized } from "./collect-fixture.ts";

const SIZE = 1024;
/** Samples of one exposure; every bound below is 4 sigma of the estimate from n samples. */
const n = SIZE * SIZE;
const profile = sized(SIZE, SIZE);
const READS = [0.0005, 0.002, 0.003, 0.02];
const collector = collectorOf({ ...profile, roic: { ...profile.roic, maxReads: READS.length } });
const DARK_E_PER_S = (2e-8 * 20e-4 ** 2 * 0.9) / 1.602176634e-19;
const CORNER_HZ = 10;
const MIN_HZ = 0.01;

/**
 * Covariance of the integrals over [a, b] and [c, d] of a process with one-sided spectrum 1/f from minHz on, s^2: the
 * integral over f of S(f) Re{H1(f) H2*(f)}, by the trapezoid rule in ln f. Each product of sines is H of one interval.
 */
function spectralCovariance([a, b]: number[], [c, d]: number[], minHz: number): number {
  const [halfA, halfB] = [(b! - a!) / 2, (d! - c!) / 2];
  const shift = (c! + d! - a! - b!) / 2;
  const steps = 400_000;
  const top = Math.log(3e6 / minHz);
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const f = minHz * Math.exp((top * i) / steps);
    const w = 2 * Math.PI * f;
    const product = (4 * Math.sin(w * halfA) * Math.sin(w * halfB) * Math.cos(w * shift)) / (w * w);
    // S(f) df = (1 / f) f dlnf
    sum += product * (i === 0 || i === steps ? 0.5 : 1);
  }
  return (sum * top) / steps;
}

describe("covariance of 1/f noise over intervals", () => {
  it.each([0.01, 3, 500])("is the integral of the spectrum from %d Hz on", (minHz) => {
    const found = flickerCovariance(READS, minHz);
    const intervals = READS.map((end, i) => [READS[i - 1] ?? 0, end]);
    intervals.forEach((first, i) => {
      intervals.forEach((second, j) => {
        const scale = Math.sqrt(found[i * 4 + i]! * found[j * 4 + j]!);
        const expected = spectralCovariance(first, second, minHz);
        expect(Math.abs(found[i * 4 + j]! - expected)).toBeLessThan(2e-5 * scale);
      });
    });
  });

  it("grows nearly as the square of the time: it does not average down", () => {
    expect(flickerVarianceS2(0.02, 0.01) / flickerVarianceS2(0.01, 0.01)).toBeGreaterThan(3.6);
    expect(flickerVarianceS2(0, 0.01)).toBe(0);
  });

  it("has a lower triangular factor, also where an interval has no length", () => {
    const covarianceS2 = flickerCovariance([0.001, 0.001, 0.004], 0.1);
    const factor = lowerFactor(covarianceS2, 3);
    const rows = [factor.subarray(0, 1), factor.subarray(1, 3), factor.subarray(3, 6)];
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const product = rows[i]!.reduce((sum, value, k) => sum + value * (rows[j]![k] ?? 0), 0);
        expect(product).toBeCloseTo(covarianceS2[i * 3 + j]!, 15);
      }
    }
  });

  // Abramowitz & Stegun, table 5.1.
  it.each([
    [0.5, -0.1777840788],
    [1, 0.3374039229],
    [2, 0.4229808288],
    [5, -0.1900297497],
    [10, -0.045456433],
  ])("Ci(%d) = %d", (x, expected) => {
    expect(cosineIntegral(x)).toBeCloseTo(expected, 10);
  });

  it("Ci is the same from both of its formulas, and small far out", () => {
    expect(cosineIntegral(2)).toBeCloseTo(cosineIntegral(2 + 1e-12), 11);
    expect(Math.abs(cosineIntegral(1e4))).toBeLessThan(1e-4);
  });
});

describe("flicker of the dark current", () => {
  it("has the variances and covariances of its spectrum at irregular reads", () => {
    collector.photonsPerS.fill(0);
    collector.setLight(conditionsWith(["flicker", "darkCurrent"]));
    collector.collect(scheduleOf(SIZE, READS), { seed: 8n, frame: 0 });
    const planes = READS.map((_, read) => collector.charge.slice(read * n, (read + 1) * n));
    const scale = 2 * DARK_E_PER_S * CORNER_HZ;
    const expected = (i: number, j: number) =>
      scale * spectralCovariance([0, READS[i]!], [0, READS[j]!], MIN_HZ);
    planes.forEach((plane, i) => {
      const { mean } = moments(plane);
      const variance = expected(i, i);
      expect(Math.abs(mean - DARK_E_PER_S * READS[i]!)).toBeLessThan(4 * Math.sqrt(variance / n) + 0.01);
      for (let j = 0; j <= i; j++) {
        const between = expected(i, j);
        const bound = 4 * Math.sqrt((variance * expected(j, j) + between ** 2) / n) + 1e-4 * variance;
        expect(Math.abs(covariance(plane, planes[j]!) - between)).toBeLessThan(bound);
      }
    });
  });

  it("is off without dark current, and grows as its root with the temperature", () => {
    collector.photonsPerS.fill(1e5);
    collector.setLight(conditionsWith(["flicker"]));
    collector.collect(scheduleOf(SIZE, READS), { seed: 8n, frame: 0 });
    expect(new Set(collector.charge.subarray(0, n)).size).toBe(1);
    const sigmaAt = (temperatureK: number) => {
      collector.setLight(conditionsWith(["flicker", "darkCurrent"], {}, temperatureK));
      collector.collect(scheduleOf(SIZE, [0.01]), { seed: 8n, frame: 0 });
      return Math.sqrt(moments(collector.charge, 0, n).variance);
    };
    const factor = Math.exp((-0.4 / 8.617333262e-5) * (1 / 320 - 1 / 300));
    expect(sigmaAt(320) / sigmaAt(300)).toBeCloseTo(Math.sqrt(factor), 3);
  });

  it("normals of 16 bits have the standard deviation that is taken off", () => {
    let squares = 0;
    for (let half = 0; half < 65536; half++) squares += normalFromWord(((half << 16) | 0x8000) >>> 0) ** 2;
    expect(Math.sqrt(squares / 65536)).toBeCloseTo(COARSE_NORMAL_SIGMA, 12);
  });
});
