import { describe, expect, it } from "vitest";
import type { NoiseSpectrum } from "../../../sim/detector/device-noise.ts";
import { addNoise, standardNormals } from "../../../sim/detector/noise-series.ts";
import { octaveRatios } from "../lab/octaves.ts";

const RATE = 1e5;

function densityAt({ white, flickerAtCorner, cornerHz, slope }: NoiseSpectrum, hz: number): number {
  return white + flickerAtCorner * (cornerHz / hz) ** slope;
}

function noise(spectrum: NoiseSpectrum, samples: number, seed: bigint, rate = RATE): Float64Array {
  const series = new Float64Array(samples);
  addNoise(series, spectrum, rate, seed);
  return series;
}

const white = { white: 4e-26, flickerAtCorner: 0, cornerHz: 0, slope: 1 } as const;

describe("noise series", () => {
  it("white: mean, variance, third and fourth moment of 1e6 samples within 4 sigma", () => {
    const n = 1e6;
    const normals = standardNormals(7n, 40, n);
    const moment = (power: number) => normals.reduce((sum, z) => sum + z ** power, 0) / n;
    // Standard errors of the moments of n standard normals: sqrt((m_2p - m_p^2) / n).
    for (const [power, expected, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const) {
      expect(Math.abs(moment(power) - expected)).toBeLessThan(4 * Math.sqrt(variance / n));
    }
  });

  it.each([100, 1e3, 1e6])("white: variance is S fs / 2 at %d Hz, 1e6 samples, 4 sigma", (rate) => {
    const n = 1e6;
    const series = noise(white, n, 3n, rate);
    const variance = series.reduce((sum, x) => sum + x * x, 0) / n;
    expect(Math.abs(variance / ((white.white * rate) / 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  });

  it("white: samples of one seed do not depend on the record's length", () => {
    expect(noise(white, 10, 5n)).toEqual(noise(white, 1000, 5n).slice(0, 10));
    expect(noise(white, 10, 5n)).not.toEqual(noise(white, 10, 6n));
  });

  // 4 records of 2^18 samples in segments of 4096; octaves from bin 32 hold at least 32 x 4 x 127 x (about 0.53) values:
  // sigma of an octave at most 1.1 % there, 0.8 % and less above.
  it.each([
    ["white", white],
    ["power 1/f", { white: 4e-26, flickerAtCorner: 4e-26, cornerHz: 1e4, slope: 1 }],
    ["amplitude 1/f", { white: 4e-26, flickerAtCorner: 4e-26, cornerHz: 1e4, slope: 2 }],
    ["1/f alone", { white: 0, flickerAtCorner: 1e-20, cornerHz: 1e3, slope: 1 }],
  ] as const)("%s: density within 3 %% in every octave", (_, spectrum) => {
    const records = [1n, 2n, 3n, 4n].map((seed) => noise(spectrum, 1 << 18, seed));
    for (const ratio of octaveRatios(records, RATE, (hz) => densityAt(spectrum, hz))) {
      expect(Math.abs(ratio - 1)).toBeLessThan(0.03);
    }
  });

  it("flicker scales with the rate: the same density where two sampling rates overlap", () => {
    const spectrum = { white: 0, flickerAtCorner: 1e-24, cornerHz: 1e3, slope: 1 } as const;
    for (const rate of [1e4, 3e6]) {
      const records = [11n, 12n, 13n, 14n].map((seed) => noise(spectrum, 1 << 18, seed, rate));
      for (const ratio of octaveRatios(records, rate, (hz) => densityAt(spectrum, hz))) {
        expect(Math.abs(ratio - 1)).toBeLessThan(0.03);
      }
    }
  });
});
