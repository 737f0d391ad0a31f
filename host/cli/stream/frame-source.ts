import { type AdaptiveFrame, adaptiveGating } from "../../adaptive/adaptive-gating.ts";
import { autoExposure, type ExposedFrame } from "../../adaptive/auto-exposure.ts";
import type { FramePlanned } from "../../adaptive/gate-planner.ts";
import type { Camera } from "../../camera/camera.ts";
import type { CameraFrame } from "../../camera/frame.ts";
import { usageError } from "../command-error.ts";

/** What follows the frames. */
export interface ControlOptions {
  readonly frames?: number;
  readonly adaptive?: true;
  /** m. */
  readonly targetSigma?: number;
  readonly autoExposure?: true;
  readonly minFps?: number;
}

/** A frame and what it was taken with, where that is chosen from frame to frame. */
export interface TakenFrame {
  readonly frame: CameraFrame;
  readonly plan?: AdaptiveFrame["plan"];
  readonly exposure?: Pick<ExposedFrame, "present" | "next">;
}

/** In the JSON of a frame. */
export interface PlanRecord {
  readonly scanGates: number;
  readonly gateDelaysNs: readonly number[];
  readonly gateWidthNs: number;
  readonly pulsesPerGate: number;
  readonly pulseLimit: string;
  /** Of sigma, over uniform gates: root mean square of the pixels, and of the class of pixels that gains least. */
  readonly expectedGain: number;
  readonly expectedLeastGain: number;
  readonly expectedMedianSigmaM: number;
  readonly reason: string;
}

export interface ExposureRecord {
  readonly exposureNs: number;
  readonly gain: number;
  /** Brightest pixels over the saturation level. */
  readonly level: number;
  readonly next: { readonly exposureNs: number; readonly gain: number; readonly limit: string };
}

export interface ControlRecord {
  readonly plan?: PlanRecord;
  readonly exposure?: ExposureRecord;
}

/** @throws CommandError for options that do not go together. */
export function requireControl(options: ControlOptions): void {
  const { adaptive, autoExposure: exposes, minFps, targetSigma } = options;
  if (adaptive && exposes)
    throw usageError(
      "--adaptive and --auto-exposure: found both, expected one: gates of a LiDAR or exposure of an imager",
    );
  if (targetSigma !== undefined && !adaptive)
    throw usageError("--target-sigma: found without --adaptive, expected both: add --adaptive");
  if (minFps !== undefined && !adaptive && !exposes)
    throw usageError("--min-fps: found alone, expected --adaptive or --auto-exposure with it");
}

/** Frames as the options ask for them; `frames` left out: until the caller breaks off. */
export async function* framesOf(
  camera: Camera,
  options: ControlOptions,
): AsyncGenerator<TakenFrame, void, undefined> {
  const { adaptive, autoExposure: exposes, frames, minFps, targetSigma } = options;
  const count = frames === undefined ? {} : { count: frames };
  const rate = minFps === undefined ? {} : { minFrameRateHz: minFps };
  if (adaptive) {
    const target = targetSigma === undefined ? {} : { targetSigmaM: targetSigma };
    const hasBudget = targetSigma !== undefined || minFps !== undefined;
    const budget = hasBudget ? { budget: { ...target, ...rate } } : {};
    yield* adaptiveGating(camera, { ...count, ...budget, lockStep: true });
  } else if (exposes) {
    for await (const { frame, next, present } of autoExposure(camera, { ...count, ...rate }))
      yield { frame, exposure: { present, next } };
  } else for await (const frame of camera.frames(count)) yield { frame };
}

export function controlRecord({ exposure, plan }: TakenFrame): ControlRecord {
  return { ...(plan && { plan: planRecord(plan) }), ...(exposure && { exposure: exposureRecord(exposure) }) };
}

function planRecord(plan: FramePlanned): PlanRecord {
  return {
    scanGates: plan.scanGates,
    gateDelaysNs: plan.delaysNs,
    gateWidthNs: plan.widthNs,
    pulsesPerGate: plan.pulsesPerGate,
    pulseLimit: plan.pulseLimit,
    expectedGain: plan.gain,
    expectedLeastGain: plan.leastGain,
    expectedMedianSigmaM: plan.medianSigmaM,
    reason: plan.reason,
  };
}

function exposureRecord({ next, present }: Pick<ExposedFrame, "present" | "next">): ExposureRecord {
  const { exposureNs, gain, level, limit } = next;
  return { ...present, level, next: { exposureNs, gain, limit } };
}

/** For people; "" where nothing is chosen. */
export function controlText({ exposure, plan }: ControlRecord): string {
  if (plan) {
    const gates =
      plan.scanGates === plan.gateDelaysNs.length
        ? "uniform"
        : `${plan.scanGates} scan, gain ${plan.expectedGain.toFixed(2)}`;
    const pulses = `${plan.pulsesPerGate} pulses (${plan.pulseLimit})`;
    return `  gates ${gates}, ${plan.gateWidthNs.toFixed(1)} ns, ${pulses}`;
  }
  if (!exposure) return "";
  const { gain, level, next } = exposure;
  return `  gain ${gain.toFixed(2)}, level ${(100 * level).toFixed(0)} %, then ${(next.exposureNs / 1e6).toFixed(3)} ms x ${next.gain.toFixed(2)} (${next.limit})`;
}
