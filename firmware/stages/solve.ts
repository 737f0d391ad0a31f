// The 3 x 3 normal equations of one scoring step, by cofactors, in f64.
import {
  SUM_F,
  SUM_FF,
  SUM_FG,
  SUM_FR,
  SUM_G,
  SUM_GG,
  SUM_GR,
  SUM_ONE,
  SUM_R,
  SUM_RR,
  sumOf,
} from "./evaluate.ts";

/** Below this a determinant is rounding error of f32 sums. */
export const DETERMINANT_SMALLEST: f64 = 1e-5;

/** Steps of amplitude, background and (amplitude x position), their variances, and chi-square after the step. */
@unmanaged
export class Solution {
  amplitudeStep: f64 = 0;
  backgroundStep: f64 = 0;
  momentStep: f64 = 0;
  amplitudeVariance: f64 = 0;
  momentVariance: f64 = 0;
  /** Covariance of amplitude and (amplitude x position). */
  amplitudeMomentCovariance: f64 = 0;
  chiSquare: f64 = 0;
}

export const solution = changetype<Solution>(memory.data(offsetof<Solution>()));

/**
 * Solves for one step from the sums of evaluate(). False when the three unknowns cannot be told apart: the determinant is
 * less than `smallest` of the product of its diagonal.
 */
export function solve(smallest: f64): bool {
  const ff = sumOf(SUM_FF);
  const f1 = sumOf(SUM_F);
  const fg = sumOf(SUM_FG);
  const one = sumOf(SUM_ONE);
  const g1 = sumOf(SUM_G);
  const gg = sumOf(SUM_GG);
  const c00 = one * gg - g1 * g1;
  const c01 = g1 * fg - f1 * gg;
  const c02 = f1 * g1 - one * fg;
  const determinant = ff * c00 + f1 * c01 + fg * c02;
  if (!(determinant > smallest * (ff * one * gg))) return false;
  const inverse = 1.0 / determinant;
  const c11 = ff * gg - fg * fg;
  const c12 = f1 * fg - ff * g1;
  const c22 = ff * one - f1 * f1;
  const fr = sumOf(SUM_FR);
  const r1 = sumOf(SUM_R);
  const gr = sumOf(SUM_GR);
  const a = (c00 * fr + c01 * r1 + c02 * gr) * inverse;
  const b = (c01 * fr + c11 * r1 + c12 * gr) * inverse;
  const p = (c02 * fr + c12 * r1 + c22 * gr) * inverse;
  solution.amplitudeStep = a;
  solution.backgroundStep = b;
  solution.momentStep = p;
  solution.amplitudeVariance = c00 * inverse;
  solution.momentVariance = c22 * inverse;
  solution.amplitudeMomentCovariance = c02 * inverse;
  solution.chiSquare = max(sumOf(SUM_RR) - (a * fr + b * r1 + p * gr), 0.0);
  return true;
}
