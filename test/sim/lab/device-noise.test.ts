import { describe, expect, it } from "vitest";
import { DeviceBench } from "../../../sim/lab/device-bench.ts";
import { inas, photoconductor, phototransistor } from "./devices.ts";
import { density } from "./octaves.ts";

const RATE = 1e5;
/** Hz; 1229 bins in 127 segments: sigma of the density 0.4 %. */
const FLOOR = [1e4, 4e4] as const;

/** Mean density between two frequencies, A^2/Hz, at 0 V in the dark. */
function bandDensity(
  profile: typeof inas,
  [low, high]: readonly [number, number],
  { temperatureK = 300, seeds = [1] } = {},
): number {
  const bench = new DeviceBench(profile);
  const records = seeds.map((seed) =>
    bench.record({ biasV: 0, temperatureK, sampleRateHz: RATE, samples: 1 << 18, seed }),
  );
  const { values, stepHz } = density(records, RATE);
  const band = values.slice(Math.ceil(low / stepHz), Math.floor(high / stepHz) + 1);
  return band.reduce((sum, value) => sum + value, 0) / band.length;
}

describe("noise of the InAs diode at 0 V", () => {
  // 508 segments overlapping by half, 33 bins around 1 kHz: sigma of the density 1.1 %, of the current 0.55 %.
  it("is 7.5e-14 A/rtHz at 1 kHz, D* 1.6e11 within 5 %", () => {
    const current = Math.sqrt(bandDensity(inas, [600, 1400], { seeds: [1, 2, 3, 4] }));
    // Mean of 1/f over the band, against 1 kHz: ln(1400/600) / 0.8 = 1.059.
    const atKilohertz = current * Math.sqrt(11 / (1 + 10 * 1.059));
    expect(Math.abs(atKilohertz / 7.5e-14 - 1)).toBeLessThan(0.03);
    const bench = new DeviceBench(inas);
    const light = { wavelengthNm: 930, powerW: 1e-6 };
    const responsivity = Math.abs(bench.current({ biasV: 0, light }) - bench.current({ biasV: 0 })) / 1e-6;
    const detectivity = (responsivity * Math.sqrt(inas.areaCm2)) / atKilohertz;
    expect(Math.abs(detectivity / 1.6e11 - 1)).toBeLessThan(0.05);
  });

  it("flattens at twice the shot noise of 4e-10 A", () => {
    const floor = bandDensity({ ...inas, noise: { ...inas.noise, cornerHz: 10 } }, FLOOR);
    expect(Math.abs(Math.sqrt(floor) / (2 * Math.sqrt(2 * 1.602176634e-19 * 4e-10)) - 1)).toBeLessThan(0.01);
  });

  // 5 bins in 127 segments each: sigma of the ratio 8 %.
  it("read as amplitude 1/f is sqrt(101 / 11) as large at 1 kHz", () => {
    const amplitude = { ...inas, noise: { ...inas.noise, slope: 2 as const } };
    const ratio = bandDensity(amplitude, [950, 1050]) / bandDensity(inas, [950, 1050]);
    expect(Math.abs(ratio / (101 / 11) - 1)).toBeLessThan(0.3);
  });

  it("grows with the area and with temperature as the dark current does", () => {
    const one = bandDensity(inas, FLOOR);
    const large = bandDensity({ ...inas, areaCm2: 4 * inas.areaCm2 }, FLOOR);
    expect(Math.abs(large / one / 4 - 1)).toBeLessThan(0.02);
    const warm = bandDensity({ ...inas, dark: { ...inas.dark, shuntShare: 0 } }, FLOOR, {
      temperatureK: 320,
    });
    const expected = Math.exp((-0.35 / 8.617333262e-5) * (1 / 320 - 1 / 300));
    expect(Math.abs(warm / one / expected - 1)).toBeLessThan(0.02);
  });
});

describe("noise in light", () => {
  it("adds the shot noise of the photocurrent, 1e6 samples", () => {
    const quiet = { ...inas, noise: { ...inas.noise, cornerHz: 0 } };
    const bench = new DeviceBench(quiet);
    const setting = { biasV: 0, sampleRateHz: 1e6, samples: 1e6, seed: 9 };
    const light = { wavelengthNm: 930, powerW: 1e-6 };
    const series = bench.record({ ...setting, light });
    const mean = series.reduce((sum, x) => sum + x, 0) / 1e6;
    const variance = series.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 1e6;
    const photo = Math.abs(mean);
    const expected = 1.602176634e-19 * (photo + 4 * 4e-10) * 1e6;
    expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / 1e6));
    expect(photo / (0.18 * 1e-6 * (930 / 1239.841984))).toBeCloseTo(1, 3);
  });

  it("has the gain in it, and recombination in a channel: 4 q G I, 1e6 samples", () => {
    const quiet = { ...photoconductor, noise: { ...photoconductor.noise, cornerHz: 0 } };
    const setting = { sampleRateHz: 1e6, samples: 1e6, seed: 4, light: { wavelengthNm: 930, powerW: 1e-4 } };
    const series = new DeviceBench(quiet).record(setting);
    const mean = series.reduce((sum, x) => sum + x, 0) / 1e6;
    const variance = series.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 1e6;
    const darkA = 1e-5 * 8e-3;
    const gain = (1e-6 * 0.1 * 60.5) / 25e-8;
    const density = 4 * 1.602176634e-19 * (gain * (mean - darkA) + 2 * darkA);
    expect(Math.abs(variance / (density * 5e5) - 1)).toBeLessThan(4 * Math.sqrt(2 / 1e6));
  });

  it("of a transistor follows its gate", () => {
    const bench = new DeviceBench(phototransistor);
    const spread = (gateV: number) => {
      const series = bench.record({ gateV, sampleRateHz: 1e4, samples: 1e5, seed: 2 });
      const mean = series.reduce((sum, x) => sum + x, 0) / series.length;
      return Math.sqrt(series.reduce((sum, x) => sum + (x - mean) ** 2, 0) / series.length);
    };
    expect(spread(-7.5) / spread(-15)).toBeCloseTo(Math.sqrt(0.1), 2);
  });
});
