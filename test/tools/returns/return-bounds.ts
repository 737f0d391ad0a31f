// What no estimator and no test can beat with several returns in a pixel, from the means and variances of the gates alone;
// nothing here is shared with the firmware.
import { type BoundSetup, shares } from "../../firmware/support/bound.ts";
import { HALF_LIGHT_M_PER_NS } from "./trials.ts";

/** A return: electrons of one gate plane's pulses, and round-trip time. */
export interface TrueReturn {
  readonly amplitudeE: number;
  readonly t0Ns: number;
}

const STEP_NS = 1e-3;
/** False alarms and misses that a detection limit is given for, as quantiles of the normal distribution: 1 %, 95 %. */
const ALARM_SIGMA = 2.3263;
const DETECT_SIGMA = 1.6449;

/** Lower triangle of the factor L of a symmetric positive matrix, L L' = m. */
function cholesky(m: readonly (readonly number[])[]): number[][] {
  const factor = m.map((line) => line.map(() => 0));
  for (let i = 0; i < m.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = m[i]![j]!;
      for (let k = 0; k < j; k++) sum -= factor[i]![k]! * factor[j]![k]!;
      factor[i]![j] = i === j ? Math.sqrt(sum) : sum / factor[j]![j]!;
    }
  }
  return factor;
}

/** v' m^-1 v. */
function inverseForm(m: readonly (readonly number[])[], v: readonly number[]): number {
  const factor = cholesky(m);
  const x: number[] = [];
  for (let i = 0; i < v.length; i++) {
    let sum = v[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i]![k]! * x[k]!;
    x.push(sum / factor[i]![i]!);
  }
  return x.reduce((sum, value) => sum + value * value, 0);
}

function information(columns: readonly (readonly number[])[], variances: readonly number[]): number[][] {
  return columns.map((a) =>
    columns.map((b) => a.reduce((sum, value, k) => sum + (value * b[k]!) / variances[k]!, 0)),
  );
}

function variancesOf(returns: readonly TrueReturn[], backgroundE: number, setup: BoundSetup): number[] {
  const parts = returns.map(({ amplitudeE, t0Ns }) => shares(t0Ns, setup).map((f) => amplitudeE * f));
  return setup.delaysNs.map(
    (_, k) => parts.reduce((sum, part) => sum + part[k]!, backgroundE) + setup.noiseVariance,
  );
}

/** Derivatives of the gates by ln A and t0 of every return and by the background: all of like size. */
function derivatives(returns: readonly TrueReturn[], setup: BoundSetup): number[][] {
  const columns = returns.flatMap(({ amplitudeE, t0Ns }) => {
    const before = shares(t0Ns - STEP_NS, setup);
    const after = shares(t0Ns + STEP_NS, setup);
    return [
      shares(t0Ns, setup).map((f) => amplitudeE * f),
      before.map((f, k) => (amplitudeE * (after[k]! - f)) / (2 * STEP_NS)),
    ];
  });
  return [...columns, setup.delaysNs.map(() => 1)];
}

/** Cramer-Rao bound of the range of each return, m, with all amplitudes, times and the background unknown. */
export function rangeBoundsM(
  returns: readonly TrueReturn[],
  backgroundE: number,
  setup: BoundSetup,
): number[] {
  const fim = information(derivatives(returns, setup), variancesOf(returns, backgroundE, setup));
  return returns.map((_, i) => {
    const unit = fim.map((_line, j) => (j === 2 * i + 1 ? 1 : 0));
    return HALF_LIGHT_M_PER_NS * Math.sqrt(inverseForm(fim, unit));
  });
}

/** The bound of the separation of two returns, m: five unknowns. */
export function separationBoundM(
  returns: readonly [TrueReturn, TrueReturn],
  backgroundE: number,
  setup: BoundSetup,
): number {
  const fim = information(derivatives(returns, setup), variancesOf(returns, backgroundE, setup));
  return HALF_LIGHT_M_PER_NS * Math.sqrt(inverseForm(fim, [0, -1, 0, 1, 0]));
}

/**
 * By how many sigmas the gates of these returns differ from those of any single return: root of the chi-square that is
 * left after amplitude, time and background of one return are fitted to the means (Gauss-Newton from the middle).
 */
export function distinctness(returns: readonly TrueReturn[], backgroundE: number, setup: BoundSetup): number {
  const variances = variancesOf(returns, backgroundE, setup);
  const means = variances.map((variance) => variance - setup.noiseVariance);
  const total = returns.reduce((sum, { amplitudeE }) => sum + amplitudeE, 0);
  const middle = returns.reduce((sum, { amplitudeE, t0Ns }) => sum + amplitudeE * t0Ns, 0) / total;
  let single = { amplitudeE: total, t0Ns: middle };
  let background = backgroundE;
  for (let step = 0; ; step++) {
    const shape = shares(single.t0Ns, setup);
    const residual = means.map((mean, k) => mean - background - single.amplitudeE * shape[k]!);
    const columns = derivatives([single], setup);
    const fim = information(columns, variances);
    const gradient = columns.map((c) =>
      c.reduce((sum, value, k) => sum + (value * residual[k]!) / variances[k]!, 0),
    );
    const chi = residual.reduce((sum, value, k) => sum + value ** 2 / variances[k]!, 0);
    if (step === 12) return Math.sqrt(Math.max(0, chi - inverseForm(fim, gradient)));
    const [logA, t0, b] = solve(fim, gradient) as [number, number, number];
    single = { amplitudeE: single.amplitudeE * (1 + logA), t0Ns: single.t0Ns + t0 };
    background += b;
  }
}

function solve(m: readonly (readonly number[])[], v: readonly number[]): number[] {
  const factor = cholesky(m);
  const x = [...v];
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i]![k]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= factor[k]![i]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  return x;
}

/** Where `value(x)`, rising, reaches `wanted`, by bisection of the logarithm. */
function crossing(value: (x: number) => number, wanted: number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let i = 0; i < 14; i++) {
    const middle = Math.sqrt(from * to);
    if (!(value(middle) >= wanted)) from = middle;
    else to = middle;
  }
  return Math.sqrt(from * to);
}

/** Two equal returns around a middle, as a function of their separation. */
export interface EqualPair {
  readonly totalE: number;
  readonly middleNs: number;
  readonly backgroundE: number;
  readonly setup: BoundSetup;
}

function pairAt({ totalE, middleNs }: EqualPair, separationM: number): [TrueReturn, TrueReturn] {
  const half = separationM / 2 / HALF_LIGHT_M_PER_NS;
  return [
    { amplitudeE: totalE / 2, t0Ns: middleNs - half },
    { amplitudeE: totalE / 2, t0Ns: middleNs + half },
  ];
}

/** Separation, m, that is three times its own Cramer-Rao bound. */
export function resolutionBoundM(pair: EqualPair): number {
  const { backgroundE, setup } = pair;
  return crossing((x) => x / separationBoundM(pairAt(pair, x), backgroundE, setup), 3, 0.05, 6);
}

/**
 * Separation, m, from which a test at 1 % false alarms can find 95 % of the pairs: the limit of Neyman and Pearson for a
 * test that even knows the separation it looks for, one-sided in the one direction in which pair and single differ.
 */
export function detectionBoundM(pair: EqualPair): number {
  const { backgroundE, setup } = pair;
  const wanted = ALARM_SIGMA + DETECT_SIGMA;
  return crossing((x) => distinctness(pairAt(pair, x), backgroundE, setup), wanted, 0.05, 6);
}
