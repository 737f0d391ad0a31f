import { captureTarget } from "../../../host/calibrate/capture-target.ts";
import { makeCalibration } from "../../../host/calibrate/make-calibration.ts";
import type { TargetCapture } from "../../../host/calibrate/target-capture.ts";
import { TargetGeometry } from "../../../host/calibrate/target-geometry.ts";
import type { TofCalibration } from "../../../host/calibrate/tof-calibration.ts";
import type { LidarInfo } from "../../../host/camera/camera-info.ts";
import { type ChipDeviation, openCamera } from "../../../host/open-camera.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

export const DEVICE = "sim:inas-lidar-64x48";
export const exampleProfile = loadLidarProfile("inas-lidar-64x48");

export interface Captured {
  readonly captures: readonly TargetCapture[];
  readonly info: LidarInfo;
}

/** One frame at each of these distances. */
export async function captured(
  deviation: Partial<ChipDeviation>,
  distancesM: readonly number[],
): Promise<Captured> {
  const geometry = new TargetGeometry(exampleProfile);
  const captures: TargetCapture[] = [];
  let info: LidarInfo | undefined;
  for (const [i, distanceM] of distancesM.entries()) {
    const scene = `wall:range=${distanceM}`;
    const { camera } = await openCamera(DEVICE, { simulation: { scene, seed: 50 + i, deviation } });
    const found = await camera.info();
    if (found.mode !== "lidar") throw new Error("expected a LiDAR");
    info = found;
    const request = { distanceM, frames: 1, geometry, saturationDn: found.saturationDn };
    captures.push(await captureTarget(camera, request));
    await camera.close();
  }
  return { captures, info: info! };
}

export async function exampleCalibration(deviation: Partial<ChipDeviation>): Promise<TofCalibration> {
  const { captures, info } = await captured(deviation, [1, 4, 8]);
  return makeCalibration(captures, exampleProfile, info);
}
