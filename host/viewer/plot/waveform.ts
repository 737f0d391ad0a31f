import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";

/** What decides the shape of a return: pulse, response and gates, all in ns. */
export interface WaveformShape {
  readonly pulseWidthNs: number;
  readonly periodNs: number;
  readonly tauNs: number;
  readonly tailFraction: number;
  readonly tailTauNs: number;
  readonly extinction: number;
  readonly gating: "film-bias" | "swept-reset";
}

const LN_9 = Math.log(9);

export function waveformShape(profile: LidarProfile): WaveformShape {
  const { detector, emitter, gates } = profile;
  return {
    pulseWidthNs: emitter.pulseWidthNs,
    periodNs: 1e9 / emitter.repetitionHz,
    // Single pole: 90-10 % fall time = tau ln 9.
    tauNs: detector.fallTimeNs / LN_9,
    tailFraction: detector.slowTailFraction,
    tailTauNs: Math.max(detector.slowTailTauNs, 1e-3),
    extinction: gates.extinction,
    gating: gates.gating,
  };
}

/**
 * Share of a return's charge that a gate collects which opens `delayNs` after the laser edge for `widthNs`, when the
 * light comes back after `t0Ns`. A rectangular pulse through one pole and a slow tail, repeated with the laser's
 * period; 0..1.
 */
export function gateResponse(shape: WaveformShape, delayNs: number, widthNs: number, t0Ns: number): number {
  const { periodNs, extinction } = shape;
  const isSwept = shape.gating === "swept-reset";
  const openNs = delayNs - t0Ns;
  const closeNs = isSwept ? periodNs - t0Ns : openNs + widthNs;
  if (isSwept) return collected(shape, closeNs) - collected(shape, openNs);
  const longestTauNs = Math.max(shape.tauNs, shape.tailFraction > 0 ? shape.tailTauNs : 0);
  const periods = Math.ceil((20 * longestTauNs) / periodNs) + 1;
  let gated = 0;
  for (let n = -1; n <= periods; n++) {
    gated += collected(shape, closeNs + n * periodNs) - collected(shape, openNs + n * periodNs);
  }
  return extinction + (1 - extinction) * gated;
}

/** Share of the charge that has come by `timeNs` after the light's arrival. */
function collected(shape: WaveformShape, timeNs: number): number {
  const { pulseWidthNs, tauNs, tailTauNs, tailFraction } = shape;
  const fast = ramp(timeNs, tauNs) - ramp(timeNs - pulseWidthNs, tauNs);
  const slow = ramp(timeNs, tailTauNs) - ramp(timeNs - pulseWidthNs, tailTauNs);
  return ((1 - tailFraction) * fast + tailFraction * slow) / pulseWidthNs;
}

/** Integral of 1 - exp(-t / tau) from 0. */
function ramp(timeNs: number, tauNs: number): number {
  return timeNs <= 0 ? 0 : timeNs + tauNs * Math.expm1(-timeNs / tauNs);
}
