import { describe, expect, it } from "vitest";
import { fft } from "../../../../host/bench/analysis/fft.ts";
import { densityAt, fitNoise } from "../../../../host/bench/analysis/noise-fit.ts";
import { mean } from "../../../../host/bench/analysis/sampling.ts";
import { welch } from "../../../../host/bench/analysis/welch.ts";
import { normals, repeat, standardDeviation } from "../support/noise.ts";

const RATE_HZ = 1e5;

function white(noise: () => number, samples: number): Float64Array {
  return Float64Array.from({ length: samples }, noise);
}

/** White noise of density 1 plus flicker of density corner / f, shaped in the frequency domain. */
function flicker(noise: () => number, samples: number, cornerHz: number): Float64Array {
  const real = new Float64Array(samples);
  const imaginary = new Float64Array(samples);
  for (let k = 1; k < samples / 2; k++) {
    const density = 1 + cornerHz / ((k * RATE_HZ) / samples);
    const sigma = Math.sqrt((density * RATE_HZ) / samples) / 2;
    const [a, b] = [noise() * sigma, noise() * sigma];
    [real[k], imaginary[k]] = [a, b];
    [real[samples - k], imaginary[samples - k]] = [a, -b];
  }
  fft(real, imaginary);
  return real;
}

describe("welch", () => {
  it("finds the density of white noise, and states its scatter", () => {
    const spectrum = welch(white(normals(1), 1 << 16), RATE_HZ, 1 << 9);
    const densities = Array.from(spectrum.density.subarray(0, 250), (value) => (value * RATE_HZ) / 2);
    const level = densities.reduce((sum, value) => sum + value, 0) / densities.length;
    // 65 536 samples: the variance itself scatters by 0.55 %.
    expect(Math.abs(level - 1)).toBeLessThan(0.015);
    expect(standardDeviation(densities) / spectrum.binError).toBeGreaterThan(0.85);
    expect(standardDeviation(densities) / spectrum.binError).toBeLessThan(1.15);
    expect(spectrum.segments).toBe(255);
  });

  it("puts a sine into its bin with its power", () => {
    const samples = Float64Array.from(
      { length: 4096 },
      (_, i) => 3 + 2 * Math.sin((2 * Math.PI * 64 * i) / 1024),
    );
    const { frequenciesHz, density } = welch(samples, RATE_HZ, 1024);
    const power = density.reduce((sum, value) => sum + (value * RATE_HZ) / 1024, 0);
    expect(power).toBeCloseTo(2, 9);
    expect(frequenciesHz[density.indexOf(Math.max(...density))]).toBeCloseTo(64 * (RATE_HZ / 1024), 9);
  });

  it("refuses a record shorter than a segment", () => {
    expect(() => welch(new Float64Array(100), RATE_HZ, 128)).toThrow(
      /found 100 samples, expected at least 128/,
    );
  });
});

describe("noise fits", () => {
  it("white level, corner and the density at 1 kHz have no bias: 40 runs, 4 sigma", () => {
    const runs = 40;
    const spectra = Array.from({ length: runs }, (_, i) =>
      welch(flicker(normals(i + 1), 1 << 16, 10_000), RATE_HZ, 1 << 12),
    );
    const check = (values: readonly number[], expected: number, spread: number) => {
      const scatter = standardDeviation(values);
      expect(Math.abs(mean(values) - expected)).toBeLessThan((4 * scatter) / Math.sqrt(runs));
      expect(scatter / expected).toBeLessThan(spread);
    };
    const fits = spectra.map((spectrum) => fitNoise(spectrum, 200, 4e4));
    check(
      spectra.map((spectrum) => densityAt(spectrum, 1000).density),
      11,
      0.05,
    );
    check(
      fits.map((fit) => fit.cornerHz),
      10_000,
      0.05,
    );
    check(
      fits.map((fit) => fit.white),
      1,
      0.02,
    );
  });

  it("states the scatter it has", () => {
    const stated: number[] = [];
    const { mean, spread } = repeat(40, (noise) => {
      const found = densityAt(welch(flicker(noise, 1 << 15, 10_000), RATE_HZ, 1 << 11), 1000);
      stated.push(found.standardError);
      return found.density;
    });
    expect(spread / mean / stated[0]!).toBeGreaterThan(0.6);
    expect(spread / mean / stated[0]!).toBeLessThan(1.6);
  });

  it("refuses a band that holds no bins", () => {
    const spectrum = welch(white(normals(1), 4096), RATE_HZ, 1024);
    expect(() => densityAt(spectrum, 20)).toThrow(/found \d bins .* take a longer record/);
  });
});
