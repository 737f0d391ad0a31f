import { AnalysisError } from "./analysis-error.ts";
import { linearFit, lineFit } from "./linear-fit.ts";

/** Points each side of the crossing. */
const NEIGHBOURS = 6;

/**
 * Minutes until a luminance has fallen to half of its first level: a parabola in the logarithm through the points around.
 * @param initial luminance set at the start; a reading would carry its noise.
 */
export function halfLife(minutes: readonly number[], luminance: ArrayLike<number>, initial: number): number {
  const y = Array.from(luminance);
  const after = y.findIndex((value, i) => value < initial / 2 && (y[i + 1] ?? 0) < initial / 2);
  if (after < 1)
    throw new AnalysisError("found no fall to half of the initial luminance, expected a longer record");
  const from = Math.max(0, after - NEIGHBOURS);
  const origin = minutes[after]!;
  const u = minutes.slice(from, after + NEIGHBOURS).map((m) => m / origin - 1);
  const logs = y.slice(from, after + NEIGHBOURS).map((value) => Math.log(value / (initial / 2)));
  const [a = 0, b = 0, c = 0] = linearFit(
    [0, 1, 2].map((p) => u.map((v) => v ** p)),
    logs,
  ).parameters;
  let t = 0;
  for (let i = 0; i < 8; i++) t -= (a + b * t + c * t * t) / (b + 2 * c * t);
  return origin * (1 + t);
}

export interface AccelerationFit {
  /** n of L0^n T50 = const. */
  readonly exponent: number;
  readonly standardError: number;
  /** Minutes at 1 cd/m2. */
  readonly constant: number;
}

export function fitAcceleration(
  luminances: readonly number[],
  halfLivesMin: readonly number[],
): AccelerationFit {
  const line = lineFit(luminances.map(Math.log), halfLivesMin.map(Math.log));
  return { exponent: -line.slope, standardError: line.slopeError, constant: Math.exp(line.intercept) };
}
