import { describe, expect, it } from "vitest";
import { bandwidth3dB } from "../../../../host/bench/analysis/bandwidth.ts";
import { fitDecay } from "../../../../host/bench/analysis/decay.ts";
import { lockIn } from "../../../../host/bench/analysis/lock-in.ts";
import { linearSpace, logSpace } from "../../../../host/bench/analysis/sampling.ts";
import { fallTime, riseTime } from "../../../../host/bench/analysis/transition.ts";
import { normals, repeat } from "../support/noise.ts";

/** Answer of one pole to a pulse, with noise; sign and offset as of a reverse-biased diode. */
function pulse(
  tauNs: number,
  widthNs: number,
  periodNs: number,
  stepNs: number,
  sigma: number,
  noise: () => number,
) {
  return Float64Array.from({ length: Math.round(periodNs / stepNs) }, (_, i) => {
    const t = i * stepNs;
    const top = 1 - Math.exp(-widthNs / tauNs);
    const signal = t < widthNs ? 1 - Math.exp(-t / tauNs) : top * Math.exp(-(t - widthNs) / tauNs);
    return -0.3 - signal + sigma * noise();
  });
}

describe("fall time", () => {
  it.each([
    [65, 39, 1000, 1, 0.005],
    [250, 39, 1400, 1, 0.003],
    [65, 39, 1000, 0.5, 0],
  ])("%i ns after a %i ns pulse, without bias", (fallNs, widthNs, periodNs, stepNs, sigma) => {
    const tau = fallNs / Math.log(9);
    const { mean, spread } = repeat(30, (noise) => {
      const samples = pulse(tau, widthNs, periodNs, stepNs, sigma, noise);
      return fallTime(samples, 1e9 / stepNs, widthNs * 1e-9).timeS * 1e9;
    });
    expect(Math.abs(mean / fallNs - 1)).toBeLessThan(0.01);
    expect(spread / fallNs).toBeLessThan(0.03);
  });

  it("two poles: the crossings of the curve itself", () => {
    const step = 0.5;
    const curve = (t: number) => 0.8 * Math.exp(-t / 20) + 0.2 * Math.exp(-t / 90);
    const samples = Float64Array.from({ length: 4000 }, (_, i) =>
      i * step < 500 ? 1 : curve(i * step - 500),
    );
    let [t90, t10] = [0, 0];
    for (let t = 0; t < 800; t += 0.001) {
      if (curve(t) >= 0.9) t90 = t;
      if (curve(t) >= 0.1) t10 = t;
    }
    expect(Math.abs(fallTime(samples, 2e9, 500e-9).timeS * 1e9 - (t10 - t90))).toBeLessThan(1);
  });

  it("says so when the waveform does not fall far enough", () => {
    const samples = pulse(500, 39, 600, 1, 0, () => 0);
    expect(() => fallTime(samples, 1e9, 39e-9)).toThrow(/has not come to rest/);
  });
});

it("rise time of one pole to a plateau", () => {
  const noise = normals(3);
  const samples = Float64Array.from({ length: 2000 }, (_, i) => -(1 - Math.exp(-i / 100)) + 0.002 * noise());
  expect(Math.abs(riseTime(samples, 1).timeS / (100 * Math.log(9)) - 1)).toBeLessThan(0.02);
});

it("rise time counts from darkness, not from zero current", () => {
  const samples = Float64Array.from({ length: 2000 }, (_, i) => 5 + (1 - Math.exp(-i / 100)));
  expect(Math.abs(riseTime(samples, 1, 5).timeS / (100 * Math.log(9)) - 1)).toBeLessThan(0.02);
});

describe("lock-in and bandwidth", () => {
  it("amplitude, phase and error of a buried sine with broken periods", () => {
    const noise = normals(8);
    const samples = Float64Array.from(
      { length: 5000 },
      (_, i) => 7 + 0.5 * Math.cos(0.0371 * i + 0.4) + noise(),
    );
    const reading = lockIn(samples, 2 * Math.PI, 0.0371);
    expect(Math.abs(reading.amplitude - 0.5)).toBeLessThan(4 * reading.standardError);
    expect(reading.standardError).toBeCloseTo(Math.sqrt(2 / 5000), 3);
    expect(reading.phaseRad).toBeCloseTo(0.4, 0);
  });

  it("3 dB of one pole, with 0.5 % noise, without bias", () => {
    const frequencies = logSpace(1e4, 1e8, 33);
    const { mean, spread } = repeat(
      40,
      (noise) =>
        bandwidth3dB(
          frequencies,
          frequencies.map((f) => (1 + 0.005 * noise()) / Math.hypot(1, f / 5.38e6)),
        ).hz,
    );
    expect(Math.abs(mean / 5.38e6 - 1)).toBeLessThan(0.01);
    expect(spread / mean).toBeLessThan(0.02);
  });

  it("says so when the sweep ends too early", () => {
    expect(() => bandwidth3dB([1, 2, 3, 4], [1, 1, 0.99, 0.98])).toThrow(/expected a wider sweep/);
  });
});

describe("decay", () => {
  it("lifetime of Poisson counts on a background, without bias", () => {
    const times = linearSpace(0, 200, 401);
    const { mean, spread } = repeat(30, (noise) => {
      const counts = times.map((t) => {
        const expected = 800 * Math.exp(-t / 25.75) + 6;
        return Math.max(0, Math.round(expected + Math.sqrt(expected) * noise()));
      });
      return fitDecay(times, counts).lifetime;
    });
    expect(Math.abs(mean / 25.75 - 1)).toBeLessThan(0.01);
    expect(spread / mean).toBeLessThan(0.02);
  });
});
