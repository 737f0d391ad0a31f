import {
  DEFAULT_BAND,
  type HeartBand,
  heartRate,
  type PulseQuality,
} from "../../applications/heart-rate/heart-rate.ts";
import { writeHeartRate } from "../../applications/heart-rate/heart-rate-files.ts";
import { recordLight } from "../../applications/heart-rate/record.ts";
import type { Camera } from "../../camera/camera.ts";
import type { Region } from "../capture/capture-options.ts";
import type { CaptureWatch } from "../capture/capture-watch.ts";
import type { DeviceOptions } from "../device/device-options.ts";

export interface HeartRateOptions extends DeviceOptions {
  readonly seconds: number;
  readonly band?: HeartBand;
  readonly frameRate?: number;
  readonly region?: Region;
  readonly out?: string;
  readonly json?: true;
}

/** What `cqd heart-rate --json` prints. */
export interface HeartRateSummary {
  readonly device: string;
  readonly profile: string;
  /** What a simulated device sees; null for a real one. */
  readonly scene: string | null;
  readonly seed: number;
  readonly rateBpm: number | null;
  readonly standardErrorBpm: number | null;
  readonly quality: PulseQuality;
  readonly snrDb: number;
  readonly falseAlarm: number;
  readonly beatRateBpm: number | null;
  readonly beatTimesS: readonly number[];
  readonly modulation: number;
  readonly lightDn: number;
  readonly frames: number;
  readonly lostFrames: number;
  readonly seconds: number;
  readonly frameRateHz: number;
  readonly frameRateWhy: string;
  readonly exposureNs: number;
  readonly region: Region;
  readonly pixels: number;
  readonly files: readonly string[];
  readonly interrupted: boolean;
}

export interface HeartRateRun {
  readonly summary: HeartRateSummary;
  /** Band-passed loss of light, one value a frame. */
  readonly pulse: Float64Array;
}

/** Record, analyse, write files. @throws ApplicationError, CameraError, errors of node:fs. */
export async function runHeartRate(
  camera: Camera,
  options: HeartRateOptions,
  watch: CaptureWatch,
): Promise<HeartRateRun> {
  const { band = DEFAULT_BAND, device, frameRate, out, region, scene, seconds, seed } = options;
  const record = await recordLight(camera, {
    seconds,
    band,
    frameRateHz: frameRate,
    region,
    onFrame: (done, total) => watch.onProgress(done, total, "frames"),
    isCancelled: () => watch.isCancelled(),
  });
  const analysis = heartRate(record.lightDn, record.frameRateHz, band);
  const files = out === undefined ? [] : await writeHeartRate(out, record, analysis);
  const { beats, falseAlarm, modulation, pulse, quality, rateBpm, snrDb, standardErrorBpm } = analysis;
  const { lightDn, ...facts } = record;
  const { name } = await camera.profile();
  const summary = {
    device,
    profile: name,
    scene: device.startsWith("sim") ? scene : null,
    seed,
    rateBpm: rateBpm ?? null,
    standardErrorBpm: standardErrorBpm ?? null,
    quality,
    snrDb,
    falseAlarm,
    beatRateBpm: beats.rateBpm ?? null,
    beatTimesS: beats.timesS,
    modulation,
    lightDn: lightDn.reduce((sum, value) => sum + value, 0) / lightDn.length,
    ...facts,
    seconds: lightDn.length / record.frameRateHz,
    files,
    interrupted: watch.isCancelled(),
  };
  return { summary, pulse };
}
