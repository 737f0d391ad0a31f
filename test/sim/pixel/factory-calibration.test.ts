import { expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { devicePatterns } from "../../../sim/pixel/device-patterns.ts";
import { darkMapAtExposure, factoryCalibration } from "../../../sim/pixel/factory-calibration.ts";
import { gainEPerDn, resetNoiseE } from "../../../sim/pixel/noise-budget.ts";
import { darkTimeS } from "../../../sim/roic/exposure-time.ts";
import { frameTiming } from "../../../sim/roic/frame-timing.ts";

const profile = loadLidarProfile("inas-lidar-320x240");
const { widthPx, heightPx } = profile.array;
const count = widthPx * heightPx;
const patterns = devicePatterns(profile, { firstPixel: 0, count });
const maps = factoryCalibration(profile, patterns);

test("the offset map misses the truth by the noise of its stack (n = 76800, 4 sigma)", () => {
  const errors = Array.from(maps.offsetDn16, (steps, pixel) => steps / 16 - patterns.offsetDn[pixel]!);
  const mean = errors.reduce((sum, error) => sum + error, 0) / count;
  const rms = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / count);
  const noiseE2 = resetNoiseE(profile, profile.detector.darkReferenceK) ** 2 + profile.pixel.readNoiseE ** 2;
  const frames = profile.readout.calibrationFrames;
  const expected = Math.sqrt((noiseE2 / gainEPerDn(profile) ** 2 + 1 / 12) / frames + 1 / 12 / 256);
  expect(Math.abs(mean)).toBeLessThan((4 * expected) / Math.sqrt(count));
  expect(Math.abs(rms / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * count));
});

test("offset and dark map together are right to the noise of one stack", () => {
  const timing = frameTiming(profile, profile.gates.pulsesPerGate);
  const squares = Array.from(maps.darkDn16, (steps, pixel) => {
    if (patterns.defect[pixel] !== 0) return 0;
    const darkTime = darkTimeS(timing, Math.floor(pixel / widthPx));
    const trueDn = (1123471.6334 * patterns.darkFactor[pixel]! * darkTime) / gainEPerDn(profile);
    return (steps / 16 + maps.offsetDn16[pixel]! / 16 - patterns.offsetDn[pixel]! - trueDn) ** 2;
  });
  const rms = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / count);
  // About 930 dark electrons: sqrt((930 + 1580) / 50.6^2 + 1/12) / 16 = 0.065 DN.
  expect(rms).toBeGreaterThan(0.05);
  expect(rms).toBeLessThan(0.08);
});

test("every defect is on the list and nothing else", () => {
  patterns.defect.forEach((kind, pixel) => {
    if ((kind !== 0) !== (maps.bad[pixel] !== 0))
      throw new Error(`pixel ${pixel}: kind ${kind}, bad ${maps.bad[pixel]}`);
  });
  expect(maps.bad.some((bad) => bad !== 0)).toBe(true);
});

test("at another exposure each row of the dark map scales with its own time", () => {
  const half = darkMapAtExposure(profile, maps, 250);
  const ratio = (row: number) => {
    const sum = (map: Uint16Array) =>
      map.subarray(row * widthPx, (row + 1) * widthPx).reduce((a, b) => a + b, 0);
    return sum(half) / sum(maps.darkDn16);
  };
  expect(ratio(0)).toBeCloseTo(250.2 / 500.2, 2);
  expect(ratio(239)).toBeCloseTo((250.2 + 615.96) / (500.2 + 615.96), 2);
  expect(darkMapAtExposure(profile, maps, 500)).toEqual(maps.darkDn16);
});
