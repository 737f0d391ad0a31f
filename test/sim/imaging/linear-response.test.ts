import { describe, expect, test } from "vitest";
import { loadImagingProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { EffectsProfile, ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { imagingProgram } from "../../../sim/board/imaging/imaging-program.ts";
import { initialImagingSettings } from "../../../sim/board/imaging/imaging-settings.ts";
import { biasDependence } from "../../../sim/detector/bias-dependence.ts";
import { calibrationTemperatureK } from "../../../sim/imaging/factory-conditions.ts";
import { LevelModel } from "../../../sim/imaging/level-model.ts";
import { linearDn, linearResponse } from "../../../sim/imaging/linear-response.ts";
import { fullWellE, gainEPerDn } from "../../../sim/pixel/noise-budget.ts";

const PROFILES = ["inas-imager-320x240", "imec-3t-768x512", "emberion-640x512", "hgte-1280x1024"];
const FILLS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

function responseOf(profile: ImagingProfile, analogGain = 1) {
  const { registers } = imagingProgram(profile, initialImagingSettings(profile));
  return linearResponse(profile, analogGain, registers);
}

/** Without dark current, and without the small nonlinearity and the columns' gains, of which a code says nothing. */
function bright(name: string, change: Partial<EffectsProfile> = {}): ImagingProfile {
  const profile = loadImagingProfile(name);
  const { columnGain, darkCurrent, inl } = profile.effects;
  const off = {
    columnGain: { ...columnGain, on: false },
    darkCurrent: { ...darkCurrent, on: false },
    inl: { ...inl, on: false },
  };
  return { ...profile, effects: { ...profile.effects, ...off, ...change } };
}

/** Light that would bring `fill` of the well by the closed form, as the response turns it into linear DN. */
function signalDn(profile: ImagingProfile, fill: number, analogGain: number): number {
  const response = responseOf(profile, analogGain);
  const { eqeFall } = biasDependence(profile, calibrationTemperatureK(profile));
  const fall = profile.effects.biasDependence.on ? eqeFall : 0;
  const charge = fall === 0 ? fill : (1 - Math.exp(-fill * fall)) / fall;
  const levels = new LevelModel(profile, { effects: profile.effects, analogGain });
  const pedestal = profile.adc.pedestalDn;
  const code = levels.signalDn(charge * fullWellE(profile)) + pedestal;
  return linearDn(response, code) - linearDn(response, pedestal);
}

describe.each(PROFILES)("%s", (name) => {
  const off: Partial<EffectsProfile> = { biasDependence: { on: false } };

  test.each([
    ["all that bends", {}],
    ["no bias dependence", off],
  ])("with %s, signals are in proportion to the light, to 0.03 %% of the range", (_, change) => {
    const profile = bright(name, change);
    const wellDn = fullWellE(profile) / gainEPerDn(profile);
    for (const fill of FILLS)
      expect(Math.abs(signalDn(profile, fill, 1) - fill * wellDn)).toBeLessThan(3e-4 * wellDn);
  });

  test("at twice the gain, to a tenth of a percent of the range, twice the signal", () => {
    const profile = bright(name);
    const wellDn = fullWellE(profile) / gainEPerDn(profile);
    for (const fill of FILLS.filter((share) => share <= 0.4))
      expect(Math.abs(signalDn(profile, fill, 2) - 2 * fill * wellDn)).toBeLessThan(1e-3 * wellDn);
  });

  test("what is switched off is not in the curve", () => {
    const profile = bright(name);
    const { followerNonlinearity, nodeCapacitance } = profile.effects;
    const straight = bright(name, {
      ...off,
      followerNonlinearity: { ...followerNonlinearity, on: false },
      nodeCapacitance: { ...nodeCapacitance, on: false },
    });
    expect(responseOf(straight)).toEqual({ coefficients: [1, 0, 0], shotBend: 0 });
    expect(responseOf(bright(name, off)).shotBend).toBe(0);
    const withInl = {
      ...straight,
      effects: { ...straight.effects, inl: loadImagingProfile(name).effects.inl },
    };
    expect(responseOf(withInl).coefficients).not.toEqual([1, 0, 0]);
  });

  test("dark current turns the fall of the EQE towards its own", () => {
    const profile = bright(name);
    const dark = { ...profile.effects.darkCurrent, on: true };
    const { darkFall, eqeFall } = biasDependence(profile, calibrationTemperatureK(profile));
    const bend = responseOf(bright(name, { darkCurrent: dark })).shotBend - responseOf(profile).shotBend;
    expect(Math.sign(bend)).toBe(Math.sign(darkFall - eqeFall));
  });
});
