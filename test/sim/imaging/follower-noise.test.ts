// Follower noise through the whole converter: moments and covariances at 4 standard deviations of the estimate. n = samples.
import { describe, expect, it } from "vitest";
import { flickerProcesses, followerFactor } from "../../../sim/pixel/follower-noise.ts";
import { rtsPixels } from "../../../sim/pixel/imaging-patterns.ts";
import { momentsOf, noiseProfile, productOf, runNoise, SIGMAS } from "./convert-statistics.ts";

/** n = 2^20 pixels. */
const SIDE = 1024;
const n = SIDE * SIDE;
/** Irregular read times, s. */
const TIMES = [2e-4, 2.03e-4, 1e-3, 0.04];

function plane(electrons: Float64Array, read: number): Float64Array {
  return electrons.subarray(read * n, (read + 1) * n);
}

/** Expects every two reads' covariance, and every read's mean and variance (with the converter's step^2 / 12). */
function expectCovariances(
  electrons: Float64Array,
  stepE: number,
  expected: (lagS: number, i: number, j: number) => number,
) {
  TIMES.forEach((timeS, i) => {
    const { mean, variance, meanError, varianceError } = momentsOf(plane(electrons, i));
    expect(Math.abs(mean)).toBeLessThan(SIGMAS * meanError);
    expect(Math.abs(variance - expected(0, i, i) - stepE ** 2 / 12)).toBeLessThan(SIGMAS * varianceError);
    for (let j = 0; j < i; j++) {
      const product = productOf(plane(electrons, i), plane(electrons, j));
      const wanted = expected(timeS - TIMES[j]!, i, j);
      expect(Math.abs(product.mean - wanted)).toBeLessThan(SIGMAS * product.error);
    }
  });
}

describe("white noise, n = 2^20 a read", () => {
  it("has the read noise's variance in every read and no covariance between reads", () => {
    const profile = noiseProfile(SIDE, SIDE, ["readNoise"]);
    const { electrons, stepE } = runNoise(profile, { sampleS: TIMES, analogGain: 100 });
    expectCovariances(electrons, stepE, (lagS) => (lagS === 0 ? 20 ** 2 : 0));
    const { variance } = momentsOf(plane(electrons, 0));
    let fourth = 0;
    for (let i = 0; i < n; i++) fourth += electrons[i]! ** 4;
    // Kurtosis of a normal: 3, standard deviation of the estimate sqrt(24 / n).
    expect(Math.abs(fourth / n / variance ** 2 - 3)).toBeLessThan(SIGMAS * Math.sqrt(24 / n));
  });
});

describe("1/f noise, n = 2^20 a read", () => {
  const settings = { rmsE: 6, minHz: 1, maxHz: 1e6 };
  const covariance = (lagS: number) =>
    flickerProcesses(settings.rmsE, settings.minHz, settings.maxHz).reduce(
      (sum, { cornerHz, variance }) => sum + variance * Math.exp(-2 * Math.PI * cornerHz * lagS),
      0,
    );
  const profile = noiseProfile(SIDE, SIDE, ["followerFlicker"], { followerFlicker: settings });

  it("has the rms^2 in a single read", () => {
    const { electrons, stepE } = runNoise(profile, { sampleS: [1e-3], analogGain: 200 });
    const { mean, variance, meanError, varianceError } = momentsOf(electrons);
    expect(Math.abs(mean)).toBeLessThan(SIGMAS * meanError);
    expect(Math.abs(variance - settings.rmsE ** 2 - stepE ** 2 / 12)).toBeLessThan(SIGMAS * varianceError);
  });

  it("has the sum of the processes' covariances at irregular read times", () => {
    const { electrons, stepE } = runNoise(profile, { sampleS: TIMES, analogGain: 200 });
    expectCovariances(electrons, stepE, covariance);
  });

  it.each([
    [1, 1e6],
    [0.01, 1e8],
    [100, 1e5],
  ])(
    "from %d Hz to %d Hz: f S(f) = rms^2 / ln(max / min), 3 %% from 7 min, 1 %% from 15 min",
    (minHz, maxHz) => {
      const processes = flickerProcesses(3, minHz, maxHz);
      expect(processes.reduce((sum, { variance }) => sum + variance, 0)).toBeCloseTo(9, 12);
      for (let f = 7 * minHz; f < maxHz / 7; f *= 1.05) {
        const density = processes.reduce(
          (sum, { cornerHz, variance }) =>
            sum + ((2 * variance) / Math.PI) * (cornerHz / (cornerHz ** 2 + f ** 2)),
          0,
        );
        const error = Math.abs((f * density) / (9 / Math.log(maxHz / minHz)) - 1);
        expect(error).toBeLessThan(f < 15 * minHz || f > maxHz / 15 ? 0.03 : 0.01);
      }
    },
  );

  // Independent of the code: K = round(ln(max / min) / ln 4 - 2/3), then r from (K + 2 / (r - 1)) ln r = ln(max / min) by
  // bisection in another program, 12 digits.
  it.each([
    [1, 1e6, 9, 4.201403246953],
    [0.01, 1e8, 16, 3.979563429255],
    [100, 100000, 4, 4.541683711616],
    [1, 50, 2, 4.637938065019],
  ])(
    "from %d Hz to %d Hz: %d corners in the ratio %f, even in the logarithm between the edges",
    (minHz, maxHz, count, ratio) => {
      const corners = flickerProcesses(1, minHz, maxHz).map(({ cornerHz }) => cornerHz);
      expect(corners.length).toBe(count);
      const first = minHz * ratio ** (0.5 + 1 / (ratio - 1));
      corners.forEach((cornerHz, k) => {
        expect(Math.abs(cornerHz / (first * ratio ** k) - 1)).toBeLessThan(1e-9);
        // As far from one edge as its mirror image from the other.
        expect(Math.abs((cornerHz * corners[count - 1 - k]!) / (minHz * maxHz) - 1)).toBeLessThan(1e-9);
      });
      const inner = Math.log(ratio) / Math.log(maxHz / minHz);
      flickerProcesses(1, minHz, maxHz).forEach(({ variance }, k) => {
        const isEdge = k === 0 || k === count - 1;
        expect(Math.abs(variance / (inner * (isEdge ? 1 + 1 / (ratio - 1) : 1)) - 1)).toBeLessThan(1e-9);
      });
    },
  );

  it("within less than two octaves is one process", () => {
    const [only, ...others] = flickerProcesses(2, 10, 30);
    expect(others).toEqual([]);
    expect(only!.variance).toBe(4);
    expect(only!.cornerHz).toBeCloseTo(Math.sqrt(300), 10);
  });

  it("two reads at one time are one draw", () => {
    const noise = { whiteVariance: 0, processes: flickerProcesses(1, 1, 1e6) };
    const factor = followerFactor(noise, [1, 1, 2]);
    expect(factor[0]).toBeCloseTo(1, 12);
    expect(factor[3]).toBeCloseTo(1, 12);
    expect(factor[4]).toBe(0);
    expect(factor[7]).toBe(0);
  });
});

describe("telegraph noise, n = 2^20 a read", () => {
  const settings = { pixelShare: 1, amplitudeE: 60, minHz: 10, maxHz: 1e5 };
  const profile = noiseProfile(SIDE, SIDE, ["rts"], { rts: settings });
  const pixels = rtsPixels(profile, profile.effects, { firstRow: 0, rows: SIDE });
  const ratePerS = Float64Array.from(pixels, ({ risePerS, fallPerS }) => risePerS + fallPerS);
  /** A^2 p (1 - p), e^2. */
  const varianceE2 = Float64Array.from(
    pixels,
    ({ amplitudeE, risePerS, fallPerS }, i) => (amplitudeE ** 2 * risePerS * fallPerS) / ratePerS[i]! ** 2,
  );

  it("is drawn once a device: exponential amplitudes, log-uniform rates", () => {
    expect(pixels.length).toBe(n);
    const amplitudes = momentsOf(Float64Array.from(pixels, ({ amplitudeE }) => amplitudeE));
    expect(Math.abs(amplitudes.mean - 60)).toBeLessThan(SIGMAS * amplitudes.meanError);
    expect(Math.abs(amplitudes.variance - 60 ** 2)).toBeLessThan(SIGMAS * amplitudes.varianceError);
    const span = Math.log(settings.maxHz / settings.minHz);
    for (const rate of ["risePerS", "fallPerS"] as const) {
      const place = momentsOf(
        Float64Array.from(pixels, (pixel) => Math.log(pixel[rate] / settings.minHz) / span),
      );
      expect(Math.abs(place.mean - 0.5)).toBeLessThan(SIGMAS * place.meanError);
      expect(Math.abs(place.variance - 1 / 12)).toBeLessThan(SIGMAS * place.varianceError);
    }
    const few = rtsPixels(
      profile,
      { rts: { ...profile.effects.rts, pixelShare: 0.02 } },
      { firstRow: 0, rows: SIDE },
    );
    expect(Math.abs(few.length - 0.02 * n)).toBeLessThan(SIGMAS * Math.sqrt(0.02 * 0.98 * n));
  });

  it("has mean 0, and the Markov chain's covariance at irregular read times", () => {
    const { electrons, stepE } = runNoise(profile, { sampleS: TIMES, analogGain: 20 });
    for (let i = 0; i < TIMES.length; i++) {
      const a = plane(electrons, i);
      expect(Math.abs(momentsOf(a).mean)).toBeLessThan(SIGMAS * momentsOf(a).meanError);
      for (let j = 0; j <= i; j++) {
        const b = plane(electrons, j);
        const lagS = TIMES[i]! - TIMES[j]!;
        const rest = momentsOf(
          a.map((x, at) => x * b[at]! - varianceE2[at]! * Math.exp(-ratePerS[at]! * lagS)),
        );
        const quantisation = i === j ? stepE ** 2 / 12 : 0;
        expect(Math.abs(rest.mean - quantisation)).toBeLessThan(SIGMAS * rest.meanError);
      }
    }
  });

  it("shows two levels a pixel, amplitudeE apart", () => {
    const { electrons, stepE } = runNoise(profile, { sampleS: TIMES, analogGain: 20 });
    const misfits = pixels.filter(({ amplitudeE, risePerS, fallPerS }, pixel) => {
      const share = risePerS / (risePerS + fallPerS);
      const found = electrons[pixel]!;
      const state = found > amplitudeE * (0.5 - share) ? 1 : 0;
      return Math.abs(found - amplitudeE * (state - share)) > 0.51 * stepE;
    });
    expect(misfits).toEqual([]);
  });
});
