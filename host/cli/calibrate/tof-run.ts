import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { applyCalibration } from "../../calibrate/apply-calibration.ts";
import { biasSvg, type CheckedDistance } from "../../calibrate/bias-figure.ts";
import { CalibrationError } from "../../calibrate/calibration-error.ts";
import { calibrationText } from "../../calibrate/calibration-file.ts";
import { captureTarget } from "../../calibrate/capture-target.ts";
import { makeCalibration } from "../../calibrate/make-calibration.ts";
import { requireDistances } from "../../calibrate/require-captures.ts";
import type { TargetCapture } from "../../calibrate/target-capture.ts";
import { TargetGeometry } from "../../calibrate/target-geometry.ts";
import type { TofCalibration } from "../../calibrate/tof-calibration.ts";
import type { LidarInfo } from "../../camera/camera-info.ts";
import type { OpenedCamera } from "../../open-camera.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import type { DeviceOptions } from "../device/device-options.ts";
import type { IndexRange } from "../parse-value.ts";
import { openStage, type TargetStage } from "./target-stage.ts";

export interface TofOptions extends DeviceOptions {
  readonly distances: readonly number[];
  readonly check?: readonly number[];
  readonly frames: number;
  readonly rows?: IndexRange;
  readonly columns?: IndexRange;
  readonly prompt: boolean;
  readonly out: string;
  readonly plot?: string;
  readonly json?: true;
}

export interface TofOutcome {
  readonly calibration: TofCalibration;
  readonly checks: readonly CheckedDistance[];
  readonly files: readonly string[];
}

/** Hears of the progress: `done` of `total` frames. */
export type TofProgress = (done: number, total: number, what: string) => void;

/** Captures, fit, file, and what the device says with the calibration applied. */
export async function calibrateTof(options: TofOptions, onProgress: TofProgress): Promise<TofOutcome> {
  const { check = [], distances, frames, out, plot } = options;
  requireDistances(distances);
  const total = frames * (distances.length + check.length);
  const stage = openStage(options, options.prompt);
  const run = new TofRun(stage, options, (done, what) => onProgress(done, total, what));
  try {
    const captures: TargetCapture[] = [];
    for (const distanceM of distances) captures.push(await run.capture(distanceM, undefined));
    const calibration = run.calibration(captures);
    await writeFileAtomically(out, calibrationText(calibration));
    const checks: CheckedDistance[] = [];
    for (const distanceM of check) {
      const { deviceBiasM, deviceBiasSigmaM } = await run.capture(distanceM, calibration);
      checks.push({ distanceM, biasM: deviceBiasM, sigmaM: deviceBiasSigmaM });
    }
    if (plot !== undefined) await writeFileAtomically(plot, biasSvg(calibration, checks));
    return { calibration, checks, files: [out, ...(plot === undefined ? [] : [plot])] };
  } finally {
    await stage.close();
  }
}

interface Device {
  readonly profile: LidarProfile;
  readonly info: LidarInfo;
  readonly geometry: TargetGeometry;
}

class TofRun {
  readonly #stage: TargetStage;
  readonly #options: TofOptions;
  readonly #onFrame: (done: number, what: string) => void;
  #device: Device | undefined;
  #done = 0;

  constructor(stage: TargetStage, options: TofOptions, onFrame: (done: number, what: string) => void) {
    this.#stage = stage;
    this.#options = options;
    this.#onFrame = onFrame;
  }

  /** @param calibration applied first. */
  async capture(distanceM: number, calibration: TofCalibration | undefined): Promise<TargetCapture> {
    const { frames } = this.#options;
    const { camera } = await this.#stage.at(distanceM);
    this.#device ??= await openDevice(camera, this.#options);
    if (calibration !== undefined) await applyCalibration(camera, calibration);
    const { geometry, info } = this.#device;
    const onFrame = (frame: number) => this.#onFrame(this.#done + frame, `target at ${distanceM} m`);
    const { saturationDn } = info;
    const capture = await captureTarget(camera, { distanceM, frames, geometry, saturationDn, onFrame });
    this.#done += frames;
    return capture;
  }

  calibration(captures: readonly TargetCapture[]): TofCalibration {
    const { info, profile } = this.#device!;
    this.#onFrame(this.#done, "fit");
    return makeCalibration(captures, profile, info);
  }
}

async function openDevice(camera: OpenedCamera["camera"], { columns, rows }: TofOptions): Promise<Device> {
  const info = await camera.info();
  const profile = await camera.profile();
  if (info.mode !== "lidar" || profile.mode !== "lidar")
    throw new CalibrationError(
      `${camera.name}: found a camera that sends pictures, expected one that sends ranges`,
    );
  return { info, profile, geometry: new TargetGeometry(profile, { rows, columns }) };
}
