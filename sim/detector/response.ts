/**
 * How much of a returning pulse each gate collects, f_k(t0), per unit of total signal.
 *
 * Waveform of unit area: s = rect(Tp)/Tp convolved with (1 - phi) pole(tau) + phi pole(tauSlow). With the cumulative
 * C(y) = integral of s up to y after the arrival t0 (one pole; tau(1 - e^(-y/tau)) is the charge still on its way):
 *   0 <= y <= Tp: C = (y - tau (1 - e^(-y/tau))) / Tp;   y > Tp: C = 1 - tau/Tp (1 - e^(-Tp/tau)) e^(-(y-Tp)/tau).
 * film-bias: the laser repeats with period T, so tails of all earlier pulses add up (geometric series); outside the gate
 *   the film still collects the share e: f_k = e + (1 - e) * integral over [d_k, d_k + w_k].
 * swept-reset: one pulse; the node integrates from d_k to the end of the period: f_k = C(T - t0) - C(d_k - t0).
 *
 * Not modelled: a bias-dependent time constant, the missing tail before the first pulse of a burst.
 */
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { exp } from "../math/elementary.ts";

/** f_k(t0) on a grid of arrival times: values[row * gates + gate], t0 = t0MinNs + row * stepNs. */
export interface ResponseTable {
  readonly t0MinNs: number;
  readonly stepNs: number;
  readonly rows: number;
  readonly gates: number;
  /** Arrival times repeat with this period; 0: nothing is collected for arrivals outside the table. */
  readonly periodNs: number;
  readonly values: Float32Array;
}

/** What decides the response. All times in ns. */
export interface ResponseSpec {
  readonly pulseWidthNs: number;
  readonly periodNs: number;
  readonly tauNs: number;
  /** Share of the charge that comes with tauSlowNs, 0..1. */
  readonly slowFraction: number;
  readonly tauSlowNs: number;
  readonly gating: "film-bias" | "swept-reset";
  /** Share of light collected outside the gate (film-bias), 0..1. */
  readonly extinction: number;
  readonly delaysNs: readonly number[];
  readonly widthsNs: readonly number[];
}

/** Grid step; linear interpolation between rows is then good to 1e-6 of the signal at tau = 30 ns. */
export const RESPONSE_STEP_NS = 0.078125;
/** Most rows of a table: 1.28 us. With a longer pulse period, later arrivals are not collected. */
export const RESPONSE_MAX_ROWS = 16385;

/** ln 9: a pole falls from 90 % to 10 % in tau * ln 9. */
const LN_9 = 2.1972245773362196;

/** The response's numbers from a sensor profile. */
export function responseSpec(profile: LidarProfile): ResponseSpec {
  return {
    pulseWidthNs: profile.emitter.pulseWidthNs,
    periodNs: 1e9 / profile.emitter.repetitionHz,
    tauNs: profile.detector.fallTimeNs / LN_9,
    slowFraction: profile.detector.slowTailFraction,
    tauSlowNs: profile.detector.slowTailTauNs,
    gating: profile.gates.gating,
    extinction: profile.gates.extinction,
    delaysNs: profile.gates.delaysNs,
    widthsNs: profile.gates.widthsNs,
  };
}

/** One pole with what does not depend on time. */
interface Pole {
  readonly tauNs: number;
  readonly share: number;
  /** Charge still on its way when the pulse ends: tau/Tp (1 - e^(-Tp/tau)). */
  readonly lateAtPulseEnd: number;
  /** Charge from all earlier pulses that is still on its way when a pulse arrives. */
  readonly lateAtArrival: number;
}

function pole(spec: ResponseSpec, tauNs: number, share: number): Pole {
  const { pulseWidthNs, periodNs } = spec;
  const lateAtPulseEnd = (tauNs / pulseWidthNs) * (1 - exp(-pulseWidthNs / tauNs));
  const afterOnePeriod = lateAtPulseEnd * exp((pulseWidthNs - periodNs) / tauNs);
  return { tauNs, share, lateAtPulseEnd, lateAtArrival: afterOnePeriod / (1 - exp(-periodNs / tauNs)) };
}

function polesOf(spec: ResponseSpec): readonly Pole[] {
  const fast = pole(spec, spec.tauNs, 1 - spec.slowFraction);
  return spec.slowFraction > 0 ? [fast, pole(spec, spec.tauSlowNs, spec.slowFraction)] : [fast];
}

/** C(y) of one pulse through one pole. */
function cumulativeOnePole(y: number, pulseNs: number, { tauNs, lateAtPulseEnd }: Pole): number {
  if (y <= 0) return 0;
  if (y <= pulseNs) return (y - tauNs * (1 - exp(-y / tauNs))) / pulseNs;
  return 1 - lateAtPulseEnd * exp((pulseNs - y) / tauNs);
}

/** Integral of the waveform from the arrival to any time y, the waveform being of one kind. */
export type Cumulative = (yNs: number) => number;

/** C(y) of a single pulse. */
export function cumulativeSingle(spec: ResponseSpec): Cumulative {
  const poles = polesOf(spec);
  return (y) => {
    let sum = 0;
    for (const each of poles) sum += each.share * cumulativeOnePole(y, spec.pulseWidthNs, each);
    return sum;
  };
}

/** Integral from 0 to y of the endlessly repeated pulse; grows by 1 a period. */
export function cumulativePeriodic(spec: ResponseSpec): Cumulative {
  const poles = polesOf(spec);
  return (y) => {
    const periods = Math.floor(y / spec.periodNs);
    const r = y - periods * spec.periodNs;
    let sum = periods;
    for (const each of poles) {
      const tails = each.lateAtArrival * (1 - exp(-r / each.tauNs));
      sum += each.share * (cumulativeOnePole(r, spec.pulseWidthNs, each) + tails);
    }
    return sum;
  };
}

/** f_k(t0) per unit of total signal, as a function of gate and arrival time. */
export function gateResponse(spec: ResponseSpec): (gate: number, t0Ns: number) => number {
  if (spec.gating === "swept-reset") {
    const cumulative = cumulativeSingle(spec);
    return (gate, t0) => cumulative(spec.periodNs - t0) - cumulative(spec.delaysNs[gate]! - t0);
  }
  const cumulative = cumulativePeriodic(spec);
  return (gate, t0) => {
    const open = spec.delaysNs[gate]! - t0;
    const gated = cumulative(open + spec.widthsNs[gate]!) - cumulative(open);
    return spec.extinction + (1 - spec.extinction) * gated;
  };
}

function checkSpec(spec: ResponseSpec): void {
  const positive = { pulseWidthNs: spec.pulseWidthNs, periodNs: spec.periodNs, tauNs: spec.tauNs };
  for (const [name, value] of Object.entries(positive)) {
    if (!(value > 0)) throw new RangeError(`response: ${name} is ${value}, expected a positive time in ns`);
  }
  if (spec.slowFraction > 0 && !(spec.tauSlowNs > 0)) {
    throw new RangeError(
      `response: tauSlowNs is ${spec.tauSlowNs} with a slow share of ${spec.slowFraction}; expected > 0`,
    );
  }
  if (spec.pulseWidthNs > spec.periodNs) {
    throw new RangeError(
      `response: the pulse (${spec.pulseWidthNs} ns) is longer than its period (${spec.periodNs} ns)`,
    );
  }
  if (spec.delaysNs.length !== spec.widthsNs.length || spec.delaysNs.length === 0) {
    throw new RangeError(
      `response: ${spec.delaysNs.length} gate delays and ${spec.widthsNs.length} widths; expected the same number, at least 1`,
    );
  }
}

/**
 * The response table over arrival times from 0 to one pulse period (at most RESPONSE_MAX_ROWS rows), f64 rounded once
 * to f32. film-bias tables that hold a whole period are periodic: light of an earlier pulse is collected where it falls.
 */
export function buildResponseTable(spec: ResponseSpec): ResponseTable {
  checkSpec(spec);
  const gates = spec.delaysNs.length;
  const rowsOfPeriod = Math.ceil(spec.periodNs / RESPONSE_STEP_NS) + 1;
  const rows = Math.min(rowsOfPeriod, RESPONSE_MAX_ROWS);
  const values = new Float32Array(rows * gates);
  const response = gateResponse(spec);
  for (let row = 0; row < rows; row++) {
    for (let gate = 0; gate < gates; gate++) {
      values[row * gates + gate] = response(gate, row * RESPONSE_STEP_NS);
    }
  }
  const periodic = spec.gating === "film-bias" && rows === rowsOfPeriod;
  return {
    t0MinNs: 0,
    stepNs: RESPONSE_STEP_NS,
    rows,
    gates,
    periodNs: periodic ? spec.periodNs : 0,
    values,
  };
}
