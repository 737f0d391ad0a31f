import { describe, expect, it } from "vitest";
import { fitAcceleration, halfLife } from "../../../../host/bench/analysis/ageing.ts";
import { linearSpace, logSpace } from "../../../../host/bench/analysis/sampling.ts";
import { spectrumPeak } from "../../../../host/bench/analysis/spectrum-peak.ts";
import { fitThreshold } from "../../../../host/bench/analysis/threshold.ts";
import { normals, repeat } from "../support/noise.ts";

describe("spectrum", () => {
  const x = linearSpace(470, 570, 401);
  const gaussian = (v: number) => Math.exp(-4 * Math.LN2 * ((v - 517) / 16.1) ** 2);

  it("peak and width of a Gaussian line with Poisson noise, without bias", () => {
    const read = (noise: () => number) =>
      spectrumPeak(
        x,
        x.map((v) => 5000 * gaussian(v) + Math.sqrt(5000 * gaussian(v) + 4) * noise()),
      );
    const position = repeat(30, (noise) => read(noise).position);
    const width = repeat(30, (noise) => read(noise).fwhm);
    expect(Math.abs(position.mean - 517)).toBeLessThan(0.05);
    expect(position.spread).toBeLessThan(0.2);
    expect(Math.abs(width.mean / 16.1 - 1)).toBeLessThan(0.01);
    expect(width.spread / 16.1).toBeLessThan(0.02);
  });

  it("a line skewed by the change from energy to wavelength keeps its widths", () => {
    const ev = linearSpace(1.2, 1.5, 301);
    const y = ev.map((e) => 2 ** -(((e - 1.348) / (e < 1.348 ? 0.05 : 0.07)) ** 2));
    const peak = spectrumPeak(ev, y);
    expect(peak.fwhm).toBeCloseTo(0.12, 2);
    expect(peak.halfWidthBelow / peak.halfWidthAbove).toBeLessThan(0.85);
  });

  it("asks for finer steps where a peak has too few points", () => {
    expect(() => spectrumPeak([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 5, 0, 0, 0])).toThrow(/finer steps/);
  });
});

describe("threshold", () => {
  it("kink of a light-light curve with 1 % noise, without bias", () => {
    const pump = linearSpace(10, 160, 40);
    const { mean, spread } = repeat(
      30,
      (noise) =>
        fitThreshold(
          pump,
          pump.map((p) => (0.01 * p + (p > 70 ? 0.5 * (p - 70) : 0)) * (1 + 0.01 * noise())),
        ).threshold,
    );
    expect(Math.abs(mean / 70 - 1)).toBeLessThan(0.01);
    expect(spread / mean).toBeLessThan(0.02);
  });

  it("says so when there is none", () => {
    const pump = linearSpace(1, 20, 20);
    expect(() =>
      fitThreshold(
        pump,
        pump.map((p) => Math.sqrt(p)),
      ),
    ).toThrow(/found no kink/);
  });
});

describe("ageing", () => {
  const curve = (t50: number) => (t: number) => 10_000 * Math.exp((-Math.LN2 * t) / t50);

  it("half life from noisy luminance, without bias", () => {
    const minutes = linearSpace(0, 120, 121);
    const { mean, spread } = repeat(30, (noise) =>
      halfLife(
        minutes,
        minutes.map((t) => curve(54)(t) * (1 + 0.005 * noise())),
        10_000,
      ),
    );
    expect(Math.abs(mean / 54 - 1)).toBeLessThan(0.01);
    expect(spread / mean).toBeLessThan(0.02);
  });

  it("acceleration from half lives", () => {
    const noise = normals(2);
    const luminances = logSpace(1000, 10_000, 6);
    const lives = luminances.map((l) => 54 * (10_000 / l) ** 1.7 * (1 + 0.005 * noise()));
    const fit = fitAcceleration(luminances, lives);
    expect(Math.abs(fit.exponent - 1.7)).toBeLessThan(4 * fit.standardError);
    expect((fit.constant * 100 ** -fit.exponent) / 60).toBeGreaterThan(2000);
  });
});
