// Response of a gate to a pulse train that returns after t0 [physics.md 7]: a rectangular pulse through one pole plus
// a slow tail, periodic with the pulse period (the tails of all earlier pulses as a geometric series). Unit area.
// Not modelled: pulse shapes other than a rectangle, gate edges of finite slope.
import { GATING_SWEPT_RESET } from "../../hw-profiles/interface/memory-map.ts";
import { parameters } from "../views.ts";
import { exp } from "./math.ts";

/** Weight of the tails left by all earlier pulses, per unit of 1 - exp(-t/tau). */
function wrapWeight(tau: f64, pulse: f64, period: f64): f64 {
  const late = exp(-(period - pulse) / tau) - exp(-period / tau);
  return ((tau / pulse) * late) / (1.0 - exp(-period / tau));
}

/** Area under the one-pole response from 0 to t, t in [0, period). */
function poleArea(t: f64, tau: f64, pulse: f64, period: f64): f64 {
  const decay = exp(-t / tau);
  const present =
    t < pulse ? (t - tau * (1.0 - decay)) / pulse : 1.0 - (tau / pulse) * (exp(-(t - pulse) / tau) - decay);
  return present + wrapWeight(tau, pulse, period) * (1.0 - decay);
}

/** The one-pole response at t, 1/ns, t in [0, period). */
function poleValue(t: f64, tau: f64, pulse: f64, period: f64): f64 {
  const decay = exp(-t / tau);
  const present = t < pulse ? (1.0 - decay) / pulse : (exp(-(t - pulse) / tau) - decay) / pulse;
  return present + (wrapWeight(tau, pulse, period) / tau) * decay;
}

/** Area of the whole response from 0 to tNs, for any tNs: one more for every period. */
export function responseArea(tNs: f64): f64 {
  const pulse = f64(parameters.pulseWidthNs);
  const period = f64(parameters.pulsePeriodNs);
  const tail = f64(parameters.tailFraction);
  const turns = Math.floor(tNs / period);
  const phase = tNs - turns * period;
  const main = poleArea(phase, f64(parameters.responseTauNs), pulse, period);
  const slow = poleArea(phase, f64(parameters.tailTauNs), pulse, period);
  return turns + (1.0 - tail) * main + tail * slow;
}

/** The whole response at tNs, 1/ns. */
export function responseValue(tNs: f64): f64 {
  const pulse = f64(parameters.pulseWidthNs);
  const period = f64(parameters.pulsePeriodNs);
  const tail = f64(parameters.tailFraction);
  const phase = tNs - Math.floor(tNs / period) * period;
  const main = poleValue(phase, f64(parameters.responseTauNs), pulse, period);
  const slow = poleValue(phase, f64(parameters.tailTauNs), pulse, period);
  return (1.0 - tail) * main + tail * slow;
}

/** Share of a return's electrons that gate [delay, close] collects. With swept reset the gate stays open to the period's end. */
export function gateShare(delayNs: f64, widthNs: f64, t0Ns: f64): f64 {
  if (parameters.gating === GATING_SWEPT_RESET) {
    return responseArea(f64(parameters.pulsePeriodNs) - t0Ns) - responseArea(delayNs - t0Ns);
  }
  const leak = f64(parameters.extinction);
  const gated = responseArea(delayNs + widthNs - t0Ns) - responseArea(delayNs - t0Ns);
  return leak + (1.0 - leak) * gated;
}

/** Derivative of gateShare by t0Ns, 1/ns. */
export function gateSlope(delayNs: f64, widthNs: f64, t0Ns: f64): f64 {
  if (parameters.gating === GATING_SWEPT_RESET) {
    return responseValue(delayNs - t0Ns) - responseValue(f64(parameters.pulsePeriodNs) - t0Ns);
  }
  const open = responseValue(delayNs - t0Ns);
  const close = responseValue(delayNs + widthNs - t0Ns);
  return (1.0 - f64(parameters.extinction)) * (open - close);
}
