import type { Camera } from "../camera/camera.ts";
import { CameraError } from "../camera/camera-error.ts";
import type { ImagingFrame } from "../camera/frame.ts";
import {
  type Exposure,
  type ExposureChoice,
  ExposureChooser,
  type ExposureGoal,
  type ExposureLimits,
} from "./exposure-chooser.ts";

export interface AutoExposureOptions extends ExposureGoal {
  /** End after this many pictures; default: until the caller breaks off. */
  readonly count?: number;
  /** Pictures per second that shall be left; default: the present rate. */
  readonly minFrameRateHz?: number;
  /** Default: the profile's largest. */
  readonly maxGain?: number;
}

/** A picture, what it was taken with, and what was chosen from it for the next one. */
export interface ExposedFrame {
  readonly frame: ImagingFrame;
  readonly present: Exposure;
  readonly next: ExposureChoice;
}

/**
 * Pictures of an imager whose exposure and gain follow the brightest pixels. Every picture is an acquisition of its own,
 * so that it has what was chosen from the one before. Exposure and gain stay where they are at the end.
 * @throws CameraError for a sensor that sends ranges.
 */
export async function* autoExposure(
  camera: Camera,
  options: AutoExposureOptions = {},
): AsyncGenerator<ExposedFrame, void, undefined> {
  const { count = Infinity } = options;
  const chooser = new ExposureChooser(await limitsOf(camera, options), options);
  for (let taken = 0; taken < count; taken++) {
    for await (const frame of camera.imageFrames({ count: 1 })) {
      const gain = await camera.registers.readNumber("Gain");
      const present = { exposureNs: frame.exposureNs, gain };
      const next = await write(camera, present, chooser.next(frame, present));
      yield { frame, present, next };
    }
  }
}

/** The period of the frames less what a frame takes beside its exposure. */
async function limitsOf(
  camera: Camera,
  { maxGain = Infinity, minFrameRateHz }: AutoExposureOptions,
): Promise<ExposureLimits> {
  const profile = await camera.profile();
  if (minFrameRateHz !== undefined && profile.mode === "imaging")
    await camera.registers.write("AcquisitionFrameRate", Math.round(1000 * minFrameRateHz));
  const info = await camera.info();
  if (profile.mode !== "imaging" || info.mode !== "imaging")
    throw new CameraError("state", `${camera.name}: found a LiDAR, expected an imager; its light is pulses`);
  const isPlain = info.shutter === "rolling" && info.readMode !== "ramp";
  const besideNs = isPlain ? 2 * info.rowTimeNs : info.minFrameTimeNs - info.exposureNs;
  return {
    minNs: info.rowTimeNs,
    maxNs: Math.max(info.rowTimeNs, info.frameTimeNs - besideNs),
    maxGain: Math.min(maxGain, profile.roic.maxAnalogGain),
    saturationDn: profile.adc.saturationDn - profile.adc.pedestalDn,
  };
}

/** @returns the choice; where the device refuses it (a ramp has a shortest exposure of its own), what it keeps. */
async function write(camera: Camera, present: Exposure, next: ExposureChoice): Promise<ExposureChoice> {
  if (next.exposureNs === present.exposureNs && next.gain === present.gain) return next;
  const { registers } = camera;
  await registers.write("SettingsHold", 1);
  try {
    await registers.write("ExposureTime", next.exposureNs);
    await registers.write("Gain", next.gain);
    return next;
  } catch (error) {
    if (!(error instanceof CameraError && error.code === "status")) throw error;
    return { ...present, level: next.level, limit: "shortest exposure" };
  } finally {
    await registers.write("SettingsHold", 0);
  }
}
