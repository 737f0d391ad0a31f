// Response of a gate to a return at t0 [physics.md 7]: a rectangular pulse through one pole plus a slow tail, unit area.
// With film bias the laser repeats with the pulse period and the tails of all earlier pulses add up (a geometric series);
// with swept reset there is one pulse an exposure.
// Not modelled: pulse shapes other than a rectangle, gate edges of finite slope.
import { GATING_SWEPT_RESET } from "../../hw-profiles/interface/memory-map.ts";
import { parameters } from "../views.ts";
import { exp } from "./math.ts";

/** Whether every exposure has a single pulse, and so no tail of an earlier one. */
function singlePulse(): bool {
  return parameters.gating === GATING_SWEPT_RESET;
}

/** Weight of the tails left by all earlier pulses, per unit of 1 - exp(-t/tau). */
function wrapWeight(tau: f64, pulse: f64): f64 {
  if (singlePulse()) return 0;
  const period = f64(parameters.pulsePeriodNs);
  const late = exp(-(period - pulse) / tau) - exp(-period / tau);
  return ((tau / pulse) * late) / (1.0 - exp(-period / tau));
}

/** Area under the one-pole response from 0 to t, for 0 <= t within the period. */
function poleArea(t: f64, tau: f64): f64 {
  const pulse = f64(parameters.pulseWidthNs);
  const decay = exp(-t / tau);
  const present =
    t < pulse ? (t - tau * (1.0 - decay)) / pulse : 1.0 - (tau / pulse) * (exp(-(t - pulse) / tau) - decay);
  return present + wrapWeight(tau, pulse) * (1.0 - decay);
}

/** The one-pole response at t, 1/ns, for 0 <= t within the period. */
function poleValue(t: f64, tau: f64): f64 {
  const pulse = f64(parameters.pulseWidthNs);
  const decay = exp(-t / tau);
  const present = t < pulse ? (1.0 - decay) / pulse : (exp(-(t - pulse) / tau) - decay) / pulse;
  return present + (wrapWeight(tau, pulse) / tau) * decay;
}

/** Whole periods before tNs. */
function turnsOf(tNs: f64): f64 {
  return singlePulse() ? 0 : Math.floor(tNs / f64(parameters.pulsePeriodNs));
}

/** Area of the whole response from 0 to tNs, for any tNs; in a train one more for every period. */
export function responseArea(tNs: f64): f64 {
  const turns = turnsOf(tNs);
  const phase = tNs - turns * f64(parameters.pulsePeriodNs);
  if (phase < 0.0) return 0;
  const tail = f64(parameters.tailFraction);
  const main = poleArea(phase, f64(parameters.responseTauNs));
  const slow = poleArea(phase, f64(parameters.tailTauNs));
  return turns + (1.0 - tail) * main + tail * slow;
}

/** The whole response at tNs, 1/ns. */
export function responseValue(tNs: f64): f64 {
  const phase = tNs - turnsOf(tNs) * f64(parameters.pulsePeriodNs);
  if (phase < 0.0) return 0;
  const tail = f64(parameters.tailFraction);
  const main = poleValue(phase, f64(parameters.responseTauNs));
  const slow = poleValue(phase, f64(parameters.tailTauNs));
  return (1.0 - tail) * main + tail * slow;
}

/** Share of a return's electrons that gate [delay, close] collects. With swept reset the gate stays open to the period's end. */
export function gateShare(delayNs: f64, widthNs: f64, t0Ns: f64): f64 {
  if (singlePulse()) {
    return responseArea(f64(parameters.pulsePeriodNs) - t0Ns) - responseArea(delayNs - t0Ns);
  }
  const leak = f64(parameters.extinction);
  const gated = responseArea(delayNs + widthNs - t0Ns) - responseArea(delayNs - t0Ns);
  return leak + (1.0 - leak) * gated;
}

/** Derivative of gateShare by t0Ns, 1/ns. */
export function gateSlope(delayNs: f64, widthNs: f64, t0Ns: f64): f64 {
  if (singlePulse()) {
    return responseValue(delayNs - t0Ns) - responseValue(f64(parameters.pulsePeriodNs) - t0Ns);
  }
  const open = responseValue(delayNs - t0Ns);
  const close = responseValue(delayNs + widthNs - t0Ns);
  return (1.0 - f64(parameters.extinction)) * (open - close);
}
