import { expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { darkTemperatureFactor, referenceDarkRateEPerS } from "../../../sim/pixel/dark-current.ts";
import { devicePatterns } from "../../../sim/pixel/device-patterns.ts";
import { fillExposureMaps } from "../../../sim/pixel/exposure-maps.ts";
import { fullWellE, gainEPerDn, maxCode, resetNoiseE } from "../../../sim/pixel/noise-budget.ts";

const profile = loadLidarProfile("inas-lidar-320x240");

test("5e-8 A/cm2 on 3.6e-6 cm2 are 1.1235e6 electrons a second", () => {
  expect(referenceDarkRateEPerS(profile)).toBeCloseTo(1123471.6334029373, 4);
});

test("dark current follows exp(-Ea/k (1/T - 1/T_ref))", () => {
  expect(darkTemperatureFactor(profile, profile.detector.darkReferenceK)).toBe(1);
  // Ea = 0.35 eV, 300 -> 310 K: exp(0.35 / 8.617333e-5 * (1/300 - 1/310)) = 1.5476
  expect(darkTemperatureFactor(profile, 310)).toBeCloseTo(1.5476, 3);
  expect(darkTemperatureFactor(profile, 290) * darkTemperatureFactor(profile, 310.7142857142857)).toBeCloseTo(
    1,
    6,
  );
});

test("kTC noise: 40.2 e- at 10 fF and 300 K, half of the variance when flushed", () => {
  const hard = { ...profile, pixel: { ...profile.pixel, nodeCapacitanceFf: 10, reset: "hard" as const } };
  expect(resetNoiseE(hard, 300)).toBeCloseTo(40.169, 3);
  const flushed = { ...hard, pixel: { ...hard.pixel, reset: "flushed" as const } };
  expect(resetNoiseE(hard, 300) / resetNoiseE(flushed, 300)).toBeCloseTo(Math.SQRT2, 9);
  expect(resetNoiseE(hard, 330) / resetNoiseE(hard, 300)).toBeCloseTo(Math.sqrt(1.1), 9);
});

test("full well, gain and codes of the default profile", () => {
  expect(fullWellE(profile)).toBeCloseTo(202224.894, 2);
  expect(gainEPerDn(profile)).toBeCloseTo(50.5562, 3);
  expect(maxCode(profile)).toBe(4095);
});

const count = profile.array.widthPx * profile.array.heightPx;
const patterns = devicePatterns(profile, { firstPixel: 0, count });

function moments(values: ArrayLike<number>): { mean: number; deviation: number } {
  const list = Array.from(values);
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (list.length - 1);
  return { mean, deviation: Math.sqrt(variance) };
}

test("patterns have the profile's moments (n = 76800, 4 sigma)", () => {
  const good = patterns.darkFactor.filter((_, pixel) => patterns.defect[pixel] === 0);
  const dark = moments(good);
  const logs = moments(Array.from(good, Math.log));
  expect(Math.abs(dark.mean - 1)).toBeLessThan((4 * dark.deviation) / Math.sqrt(count));
  expect(Math.abs(logs.deviation / profile.detector.darkSpread - 1)).toBeLessThan(4 / Math.sqrt(2 * count));
  const response = moments(patterns.response);
  expect(Math.abs(response.mean - 1)).toBeLessThan((4 * response.deviation) / Math.sqrt(count));
  expect(Math.abs(response.deviation / profile.detector.responseSpread - 1)).toBeLessThan(
    4 / Math.sqrt(2 * count),
  );
});

test("the offset pattern has a pixel and a column part", () => {
  const { widthPx, heightPx } = profile.array;
  const columnMeans = Array.from({ length: widthPx }, (_, x) => {
    const column = Array.from({ length: heightPx }, (_unused, y) => patterns.offsetDn[y * widthPx + x]!);
    return moments(column).mean;
  });
  const columns = moments(columnMeans);
  // 320 columns: sigma of a standard deviation is 1 / sqrt(2 n) = 4 %.
  expect(Math.abs(columns.deviation / profile.pixel.columnOffsetSpreadDn - 1)).toBeLessThan(0.16);
  expect(Math.abs(columns.mean - profile.adc.pedestalDn)).toBeLessThan(
    4 * (columns.deviation / Math.sqrt(widthPx)),
  );
  const residue = moments(patterns.offsetDn.map((offset, i) => offset - columnMeans[i % widthPx]!));
  expect(Math.abs(residue.deviation / profile.pixel.offsetSpreadDn - 1)).toBeLessThan(0.02);
});

test("defects come in the profile's shares, and a band draws what the whole array draws", () => {
  const shares = [profile.defects.deadFraction, profile.defects.stuckFraction, profile.defects.hotFraction];
  shares.forEach((share, index) => {
    const found = patterns.defect.filter((kind) => kind === index + 1).length;
    expect(Math.abs(found - share * count)).toBeLessThan(4 * Math.sqrt(share * count));
  });
  const band = devicePatterns(profile, { firstPixel: 1000, count: 500 });
  expect(band.offsetDn).toEqual(patterns.offsetDn.subarray(1000, 1500));
  expect(band.defect).toEqual(patterns.defect.subarray(1000, 1500));
  expect(band.stuckCode).toEqual(patterns.stuckCode.subarray(1000, 1500));
});

test("another device seed gives another device", () => {
  const other = devicePatterns(
    { ...profile, deviceSeed: profile.deviceSeed + 1 },
    { firstPixel: 0, count: 100 },
  );
  expect(other.offsetDn).not.toEqual(patterns.offsetDn.subarray(0, 100));
});

test("maps of an exposure: pulses scale the signal, rows differ in their dark time", () => {
  const make = () => new Float32Array(count);
  const maps = { signalScaleE: make(), ambientScaleE: make(), darkE: make() };
  const settings = {
    pulsesPerGate: 500,
    ambientSun: 1,
    temperatureMk: profile.detector.darkReferenceK * 1000,
  };
  fillExposureMaps(profile, settings, { firstPixel: 0, count }, patterns, maps);
  const pixel = 5;
  const lastRow = 239 * profile.array.widthPx + 7;
  expect(maps.signalScaleE[pixel]! / patterns.response[pixel]!).toBeCloseTo(706555.29, -1);
  expect(maps.ambientScaleE[pixel]! / patterns.response[pixel]!).toBeCloseTo(
    1122295476.6 * (500 * (15e-9 + 0.002 * 985e-9) + 0.002 * 0.2e-6),
    1,
  );
  expect(maps.darkE[pixel]! / patterns.darkFactor[pixel]!).toBeCloseTo(1123471.63 * 500.2e-6, 2);
  expect(maps.darkE[lastRow]! / patterns.darkFactor[lastRow]!).toBeCloseTo(1123471.63 * 1116.16e-6, 2);
});
