// Chips that deviate, calibrated and measured by the board itself between the distances of the calibration. The long version, with
// all signs and whole arrays, is `npm run calibrate:verify`.
import { describe, expect, test } from "vitest";
import { loadLidarProfile } from "../../hw-profiles/load/load-profile.ts";
import { runCampaign, smallProfile, worst } from "../tools/calibrate/campaign.ts";

const DISTANCES_M = [1, 3, 5, 7, 9, 11, 13, 15];
const CHECKS_M = [2, 6, 10, 14];
const LIMIT_M = 0.002;
const CHIPS = [
  [1.1, 2, 0.2],
  [0.9, -2, 0.2],
  [1.1, -2, -0.2],
] as const;
const MATERIALS = [
  ["inas-lidar-320x240", 200],
  ["pbs-lidar-320x240", 600],
] as const;

describe.each(MATERIALS)("%s, 64 x 48", (name, tailTauNs) => {
  test.each(CHIPS)("tau x %d, pulse %d ns, gates %d ns, + 25 K", async (tauFactor, pulseNs, gateInlNs) => {
    const tail = tauFactor > 1 ? { tailFraction: 0.1, tailTauNs } : {};
    const { after, before, calibration } = await runCampaign({
      profile: smallProfile(loadLidarProfile(name)),
      deviation: { tauFactor, pulseNs, gateInlNs, gateStepNs: 0.02, temperatureK: 25, ...tail },
      distancesM: DISTANCES_M,
      checksM: CHECKS_M,
      frames: 16,
      checkFrames: 16,
      threads: 0,
      seed: 77,
    });
    expect(Math.abs(worst(before).biasM)).toBeGreaterThan(0.03);
    // 16 frames of 3060 pixels: a standard error of 0.03 mm at 2 m to 0.8 mm at 14 m (PbS). Chance alone may take 4 of them.
    for (const { biasM, distanceM, sigmaM } of after)
      expect(Math.abs(biasM), `at ${distanceM} m`).toBeLessThan(LIMIT_M + Math.max(0, 4 * sigmaM - 0.001));
    expect(calibration.fit.chiSquarePerDegree).toBeLessThan(1.1);
    expect(calibration.temperatureC).toBe(60);
  });
});

test("a calibration of the cold chip holds in the warm one, whose dark current alone is larger", async () => {
  const cold = { tauFactor: 1.1, pulseNs: 2, gateInlNs: 0.2, gateStepNs: 0.02 };
  const campaign = {
    profile: smallProfile(loadLidarProfile("inas-lidar-320x240")),
    distancesM: DISTANCES_M,
    checksM: CHECKS_M,
    frames: 16,
    checkFrames: 16,
    threads: 0,
    seed: 91,
  };
  const warm = { ...cold, temperatureK: 25 };
  const { after } = await runCampaign({ ...campaign, deviation: cold, checkedDeviation: warm });
  for (const { biasM, distanceM, sigmaM } of after)
    expect(Math.abs(biasM), `at ${distanceM} m`).toBeLessThan(LIMIT_M + Math.max(0, 4 * sigmaM - 0.001));
});
