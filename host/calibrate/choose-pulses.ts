import { CalibrationError } from "./calibration-error.ts";
import type { TargetCamera } from "./target-capture.ts";

export interface PulseRequest {
  /** 1 where a pixel sees the target. */
  readonly isTarget: ArrayLike<number>;
  readonly saturationDn: number;
  readonly distanceM: number;
}

const MOST_TRIES = 8;
/** Aim of the brightest samples, as a share of the saturation level, and what is good enough. */
const AIM = 0.55;
const [LOW, HIGH] = [0.4, 0.75];
/** The brightest sample is that of this share of the pixels: defects are brighter. */
const BRIGHT_SHARE = 0.99;
/** Longest exposures, in multiples of the one that was set. */
const LONGEST = 16;

/**
 * Sets PulsesPerGate so that the target's brightest samples reach half of the range, from test frames of one.
 * @returns the pulses. @throws CalibrationError when a single pulse saturates.
 */
export async function choosePulses(camera: TargetCamera, request: PulseRequest): Promise<number> {
  const started = await camera.registers.readNumber("PulsesPerGate");
  let pulses = started;
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const level = await brightness(camera, request);
    const isLongest = pulses >= LONGEST * started;
    if (level <= HIGH && (level >= LOW || isLongest)) return pulses;
    if (level >= 1 && pulses === 1) break;
    const factor = level >= 1 ? 0.2 : AIM / Math.max(level, 0.05);
    const next = Math.min(LONGEST * started, Math.max(1, Math.round(pulses * factor)));
    if (next === pulses || !(await tryPulses(camera, next))) return unsaturated(level, request, pulses);
    pulses = next;
  }
  return unsaturated(await brightness(camera, request), request, pulses);
}

function unsaturated(level: number, { distanceM }: PulseRequest, pulses: number): number {
  if (level < 1) return pulses;
  throw new CalibrationError(
    `target at ${distanceM} m: found saturated samples at ${pulses} pulses a gate, expected an exposure below saturation; ` +
      "use a darker target or a filter",
  );
}

/** A device whose pulses are fixed keeps its own. */
async function tryPulses({ registers }: TargetCamera, pulses: number): Promise<boolean> {
  try {
    await registers.write("PulsesPerGate", pulses);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "CameraError") return false;
    throw error;
  }
}

/** Brightest samples of the target over the saturation level. */
async function brightness(camera: TargetCamera, { isTarget, saturationDn }: PulseRequest): Promise<number> {
  for await (const { gatesDn } of camera.depthFrames({ count: 1 })) {
    const pixels = isTarget.length;
    const peaks: number[] = [];
    for (let pixel = 0; pixel < pixels; pixel++) {
      if (isTarget[pixel] === 0) continue;
      let peak = 0;
      for (let at = pixel; at < gatesDn!.length; at += pixels) peak = Math.max(peak, gatesDn![at]!);
      peaks.push(peak);
    }
    peaks.sort((a, b) => a - b);
    return (peaks[Math.floor(BRIGHT_SHARE * (peaks.length - 1))] ?? 0) / saturationDn;
  }
  throw new CalibrationError(`${camera.name}: found no test frame, expected one; check the device`);
}
