// The prediction has formulas of its own. Here they are held against the simulator's, which nothing else of the design tool knows.

import { describe, expect, test } from "vitest";
import { collectionTimes, frameTimes } from "../../../host/design/frame-times.ts";
import { ambientRateEPerS, darkRateEPerS, signalPerPulseE } from "../../../host/design/light-budget.ts";
import { listProfiles, loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { ambientElectronsPerSecond, signalElectronsPerPulse } from "../../../sim/light/link-budget.ts";
import { darkTemperatureFactor, referenceDarkRateEPerS } from "../../../sim/pixel/dark-current.ts";
import { ambientTimeS, darkTimeS } from "../../../sim/roic/exposure-time.ts";
import { frameRateHz, frameTiming } from "../../../sim/roic/frame-timing.ts";

const sensors = listProfiles()
  .filter(({ mode }) => mode === "lidar")
  .map(({ name }) => name);

describe.each(sensors)("%s as the simulator has it", (name) => {
  const profile = loadLidarProfile(name);

  test("electrons of a pulse, through haze too", () => {
    const hazy = { ...profile, environment: { ...profile.environment, extinctionPerM: 0.01 } };
    const expected = ((signalElectronsPerPulse(profile) * 0.3) / 49) * Math.exp(-2 * 0.01 * 7);
    expect(signalPerPulseE(hazy, { rangeM: 7, reflectance: 0.3 }) / expected).toBeCloseTo(1, 8);
  });

  test("sunlight and dark current", () => {
    const ambient = 0.4 * ambientElectronsPerSecond(profile, 0.7);
    expect(ambientRateEPerS(profile, 0.4, 0.7) / ambient).toBeCloseTo(1, 8);
    const kelvin = profile.environment.temperatureC + 273.15;
    const dark = referenceDarkRateEPerS(profile) * darkTemperatureFactor(profile, kelvin);
    expect(darkRateEPerS(profile) / dark).toBeCloseTo(1, 8);
  });

  test("frame rate, and the time that the first and the last row collect", () => {
    const times = frameTimes(profile);
    const timing = frameTiming(profile, profile.gates.pulsesPerGate);
    expect(times.frameRateHz / frameRateHz(timing)).toBeCloseTo(1, 10);
    for (const row of [0, profile.array.heightPx - 1]) {
      const group = Math.floor(row / profile.roic.adcBanks);
      const { ambientS, darkS } = collectionTimes(profile, times, group);
      expect(ambientS / ambientTimeS(profile, timing, row)).toBeCloseTo(1, 8);
      expect(darkS / darkTimeS(timing, row)).toBeCloseTo(1, 8);
    }
  });
});

test("chips that do not pipeline take as long as the simulator says", () => {
  const base = loadLidarProfile("inas-lidar-64x48");
  const profile = { ...base, roic: { ...base.roic, pipelined: false, adcBanks: 5 } };
  const expected = frameRateHz(frameTiming(profile, profile.gates.pulsesPerGate));
  expect(frameTimes(profile).frameRateHz / expected).toBeCloseTo(1, 10);
});
