import { expect, test } from "vitest";
import { frameTimes } from "../../../host/design/frame-times.ts";
import { defaultPowerAssumptions, powerBudget } from "../../../host/design/power.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

const profile = loadLidarProfile("inas-lidar-320x240");
const times = frameTimes(profile);
const assumed = defaultPowerAssumptions();

test("laser, gate, converters and link by hand", () => {
  const power = powerBudget(profile, times, assumed);
  const pulsesPerS = 32 * 500 * times.frameRateHz;
  expect(power.laserLightW).toBeCloseTo(300 * 39e-9 * pulsesPerS, 8);
  expect(power.laserW).toBeCloseTo(power.laserLightW / 0.35, 8);
  const filmF = (8.8541878128e-12 * 10 * 6.4e-3 * 4.8e-3) / 280e-9;
  expect(power.gateW / (filmF * pulsesPerS)).toBeCloseTo(1, 8);
  const samplesPerS = 320 * 240 * 32 * times.frameRateHz;
  expect(power.convertersW / (samplesPerS * 4096 * 0.15e-12)).toBeCloseTo(1, 8);
  expect(power.linkW / (samplesPerS * 12 * 5e-12)).toBeCloseTo(1, 8);
  const { laserW, gateW, convertersW, linkW, idleW, totalW } = power;
  expect(totalW).toBeCloseTo(laserW + gateW + convertersW + linkW + idleW, 10);
});

test("a gate that is never driven costs nothing, an assumption can be changed", () => {
  const swept = loadLidarProfile("inas-lidar-64x48-swept");
  expect(powerBudget(swept, frameTimes(swept)).gateW).toBe(0);
  const better = powerBudget(profile, times, { ...assumed, laserEfficiency: 0.7 });
  expect(powerBudget(profile, times, assumed).laserW / better.laserW).toBeCloseTo(2, 10);
});
