import { PIXEL_INVALID, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import type { CalibratedProfile } from "../analysis/gate-correction.ts";
import { GateModel } from "../analysis/gate-model.ts";
import { gainEPerDn } from "../analysis/noise-model.ts";
import type { DepthFrame } from "../camera/frame.ts";
import { frameTimes } from "../design/frame-times.ts";
import { saturatedShare } from "./depth-classes.ts";
import type { GateLight } from "./gate-terms.ts";

export interface PulseBudgetOptions {
  /** Expected sigma of the median pixel that is enough, m; left out: as good as the other limits allow. */
  readonly targetSigmaM?: number;
  /** Frames per second that shall be left; default 5. */
  readonly minFrameRateHz?: number;
}

/** What holds the number of pulses back. */
export type PulseLimit = "target sigma" | "saturation" | "frame rate" | "register";

export interface PulseBudget {
  readonly pulsesPerGate: number;
  readonly limit: PulseLimit;
}

const DEFAULT_FRAME_RATE_HZ = 5;
/** Of the register PulsesPerGate. */
const MAX_PULSES = 100_000;
/** So much of the saturation level is used by all pixels but this share. */
const LEVEL_SHARE = 0.8;
const BRIGHT_SHARE = 0.005;
/** Delays at which the largest share of a return that a gate can collect is looked for, ns. */
const LOOK_STEP_NS = 2.5;

/** Most pulses that saturation and frame rate allow for gates of this width, for what a frame has seen under `seen`. */
export function mostPulses(
  profile: CalibratedProfile,
  frame: DepthFrame,
  seen: GateLight,
  widthNs: number,
  { minFrameRateHz = DEFAULT_FRAME_RATE_HZ }: PulseBudgetOptions,
): PulseBudget {
  const level = levelShare(profile, frame, seen, widthNs);
  // What is saturated says no more than that: half of the light, and look again.
  const isOver = saturatedShare(frame) > BRIGHT_SHARE;
  const unsaturated =
    seen.pulsesPerGate * Math.min(level > 0 ? LEVEL_SHARE / level : Infinity, isOver ? 0.5 : Infinity);
  const inTime = pulsesInTime(profile, minFrameRateHz);
  const limits: readonly (readonly [number, PulseLimit])[] = [
    [unsaturated, "saturation"],
    [inTime, "frame rate"],
    [MAX_PULSES, "register"],
  ];
  const [pulses, limit] = limits.reduce((least, one) => (one[0] < least[0] ? one : least));
  return { pulsesPerGate: Math.max(1, Math.floor(pulses)), limit };
}

/** Brightest sample of all but BRIGHT_SHARE of the pixels, with gates of another width, over the saturation level. */
function levelShare(profile: CalibratedProfile, frame: DepthFrame, seen: GateLight, widthNs: number): number {
  const levels: number[] = [];
  const share = largestShare(profile, widthNs);
  const wider = widthNs / seen.widthNs;
  for (let i = 0; i < frame.flags.length; i++) {
    const hasRange = (frame.flags[i]! & (PIXEL_INVALID & ~PIXEL_SATURATED)) === 0;
    levels.push((hasRange ? frame.amplitudeE[i]! * share : 0) + Math.max(0, frame.ambientE[i]!) * wider);
  }
  levels.sort((a, b) => b - a);
  const { adc } = profile;
  const limitE = (adc.saturationDn - adc.pedestalDn) * gainEPerDn(profile);
  return levels[Math.floor(BRIGHT_SHARE * levels.length)]! / limitE;
}

/** Largest share of a return that a gate of this width can collect. */
function largestShare(profile: CalibratedProfile, widthNs: number): number {
  const spanNs = profile.emitter.pulseWidthNs + widthNs;
  const delaysNs = Array.from(
    { length: Math.ceil((2 * spanNs) / LOOK_STEP_NS) },
    (_, i) => i * LOOK_STEP_NS - widthNs,
  );
  const model = new GateModel(profile, {
    gateDelaysNs: delaysNs,
    gateWidthsNs: delaysNs.map(() => widthNs),
  });
  const shares = new Float64Array(model.gates);
  model.evaluate(0, shares, new Float64Array(model.gates));
  return Math.max(...shares);
}

/** frame = K (reset + M T + read) [docs/timing.md], solved for M. */
function pulsesInTime(profile: CalibratedProfile, frameRateHz: number): number {
  const { clockHz } = profile.adc;
  const one = frameTimes({ ...profile, gates: { ...profile.gates, pulsesPerGate: 1 } });
  const periodS = Math.round(clockHz / profile.emitter.repetitionHz) / clockHz;
  return 1 + (1 / frameRateHz - one.frameS) / profile.gates.delaysNs.length / periodS;
}

/** Fewest pulses of at most `most` for which `sigmaM` of them is not above the target; `most` where none is. */
export function pulsesForTarget(
  most: PulseBudget,
  targetSigmaM: number,
  sigmaM: (pulsesPerGate: number) => number,
): PulseBudget {
  if (sigmaM(most.pulsesPerGate) > targetSigmaM) return most;
  let enough = most.pulsesPerGate;
  let few = 0;
  while (enough - few > 1) {
    const middle = Math.floor((enough + few) / 2);
    if (sigmaM(middle) <= targetSigmaM) enough = middle;
    else few = middle;
  }
  return { pulsesPerGate: enough, limit: "target sigma" };
}
