import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { sin } from "../math/elementary.ts";
import { Draws } from "../random/draws.ts";
import { STREAM_DELAY_INL, STREAM_DELAY_STEP } from "../random/streams.ts";
import { phaseStepNs } from "../roic/gate-edges.ts";
import type { ChipDeviation } from "./chip-deviation.ts";

const TWO_PI = 6.283185307179586;
/** Waves of the nonlinearity over the profile's span of delays; higher ones are weaker. */
const WAVES = 3;
const SPAN_CELLS = 256;

/** Error of a delay as a function of the delay that was asked for, ns; the same for every gate that asks for it. */
export type DelayError = (delayNs: number) => number;

/** Delay generator of this device: its nonlinearity and its steps follow from the device's seed. */
export function delayError(profile: LidarProfile, deviation: ChipDeviation): DelayError {
  const { gateInlNs, gateStepNs, offsetNs } = deviation;
  const inl = gateInlNs === 0 ? () => 0 : nonlinearity(profile);
  const steps = new Draws(profile.deviceSeed, STREAM_DELAY_STEP);
  const stepNs = phaseStepNs(profile);
  const stepError = (delayNs: number) =>
    gateStepNs === 0 ? 0 : gateStepNs * steps.normal(Math.round(delayNs / stepNs) >>> 0);
  return (delayNs) => offsetNs + gateInlNs * inl(delayNs) + stepError(delayNs);
}

/** Smooth, largest magnitude 1 over the profile's delays. */
function nonlinearity(profile: LidarProfile): DelayError {
  const { delaysNs } = profile.gates;
  const first = Math.min(...delaysNs);
  const span = Math.max(Math.max(...delaysNs) - first, 1);
  const draws = new Draws(profile.deviceSeed, STREAM_DELAY_INL);
  const wave = (delayNs: number) => {
    const turns = (delayNs - first) / span;
    let sum = 0;
    for (let n = 1; n <= WAVES; n++)
      sum += (draws.normal(n) / n) * sin(TWO_PI * (n * turns + draws.uniform(n, 1)));
    return sum;
  };
  let largest = 0;
  for (let cell = 0; cell <= SPAN_CELLS; cell++)
    largest = Math.max(largest, Math.abs(wave(first + (span * cell) / SPAN_CELLS)));
  return (delayNs) => wave(delayNs) / largest;
}
