// Calibrates simulated chips that deviate, and measures what their ranges are wrong by before and after, at distances between
// those of the calibration. Everything goes the way of a user: raw frames, fit, registers, the board's own ranges.

import { applyCalibration } from "../../../host/calibrate/apply-calibration.ts";
import { captureTarget } from "../../../host/calibrate/capture-target.ts";
import { makeCalibration } from "../../../host/calibrate/make-calibration.ts";
import type { TargetCapture } from "../../../host/calibrate/target-capture.ts";
import { TargetGeometry } from "../../../host/calibrate/target-geometry.ts";
import type { TofCalibration } from "../../../host/calibrate/tof-calibration.ts";
import type { LidarInfo } from "../../../host/camera/camera-info.ts";
import { type ChipDeviation, openCamera } from "../../../host/open-camera.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";

export interface Campaign {
  readonly profile: LidarProfile;
  readonly deviation: Partial<ChipDeviation>;
  /** The chip when it is checked, if it has changed since. */
  readonly checkedDeviation?: Partial<ChipDeviation>;
  readonly distancesM: readonly number[];
  readonly checksM: readonly number[];
  readonly frames: number;
  readonly checkFrames: number;
  readonly threads: number;
  readonly seed: number;
}

/** Mean error of the board's ranges at one distance. */
export interface MeasuredBias {
  readonly distanceM: number;
  readonly biasM: number;
  readonly sigmaM: number;
}

export interface CampaignResult {
  readonly calibration: TofCalibration;
  /** Without calibration, at the distances of the calibration. */
  readonly before: readonly MeasuredBias[];
  /** With it, at the distances of the check. */
  readonly after: readonly MeasuredBias[];
}

export async function runCampaign(campaign: Campaign): Promise<CampaignResult> {
  const { checkFrames, checksM, distancesM, frames } = campaign;
  const captures: TargetCapture[] = [];
  let info: LidarInfo | undefined;
  for (const [i, distanceM] of distancesM.entries()) {
    const taken = await capture(campaign, distanceM, frames, i, undefined);
    captures.push(taken.capture);
    info = taken.info;
  }
  const calibration = makeCalibration(captures, campaign.profile, info!);
  const checked = { ...campaign, deviation: campaign.checkedDeviation ?? campaign.deviation };
  const after: MeasuredBias[] = [];
  for (const [i, distanceM] of checksM.entries()) {
    const taken = await capture(checked, distanceM, checkFrames, distancesM.length + i, calibration);
    after.push(biasOf(taken.capture));
  }
  return { calibration, before: captures.map(biasOf), after };
}

function biasOf({ deviceBiasM, deviceBiasSigmaM, distanceM }: TargetCapture): MeasuredBias {
  return { distanceM, biasM: deviceBiasM, sigmaM: deviceBiasSigmaM };
}

/** Every capture is a board of its own, with noise of its own. */
async function capture(
  { deviation, profile, seed, threads }: Campaign,
  distanceM: number,
  frames: number,
  index: number,
  calibration: TofCalibration | undefined,
): Promise<{ capture: TargetCapture; info: LidarInfo }> {
  const scene = `wall:range=${distanceM},rho=0.5`;
  const simulation = { profile, scene, seed: seed + index, threads, deviation };
  const { camera } = await openCamera("sim", { simulation });
  try {
    const info = await camera.info();
    if (info.mode !== "lidar") throw new Error(`${camera.name} is no LiDAR`);
    if (calibration !== undefined) await applyCalibration(camera, calibration);
    const geometry = new TargetGeometry(profile);
    const request = { distanceM, frames, geometry, saturationDn: info.saturationDn };
    return { capture: await captureTarget(camera, request), info };
  } finally {
    await camera.close();
  }
}

/** A fifth of the array behind a fifth of the focal length: the same angles and electrons a pixel, for quick runs. */
export function smallProfile(profile: LidarProfile): LidarProfile {
  const share = 5;
  const { array, optics } = profile;
  return {
    ...profile,
    array: { ...array, widthPx: array.widthPx / share, heightPx: array.heightPx / share },
    optics: {
      ...optics,
      fxPx: optics.fxPx / share,
      fyPx: optics.fyPx / share,
      cxPx: (optics.cxPx + 0.5) / share - 0.5,
      cyPx: (optics.cyPx + 0.5) / share - 0.5,
      focalLengthMm: optics.focalLengthMm / share,
    },
  };
}

/** The measured bias of the largest magnitude. */
export function worst(biases: readonly MeasuredBias[]): MeasuredBias {
  return biases.reduce((most, bias) => (Math.abs(bias.biasM) > Math.abs(most.biasM) ? bias : most));
}
