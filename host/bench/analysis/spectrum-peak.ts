import { AnalysisError } from "./analysis-error.ts";
import { linearFit } from "./linear-fit.ts";

export interface SpectrumPeak {
  /** In the unit of x. */
  readonly position: number;
  readonly height: number;
  /** Full width at half maximum, in the unit of x; NaN when a side does not fall to half. */
  readonly fwhm: number;
  /** Half width of the side towards smaller x, and of that towards larger x. */
  readonly halfWidthBelow: number;
  readonly halfWidthAbove: number;
}

/** Share of the height down to which the top is described by a polynomial in the logarithm. */
const TOP_SHARE = 0.6;

/**
 * Peak of a sampled, noisy spectrum: a cubic through the logarithm of its top, whose apex is the peak (exact for a
 * Gaussian, and the cubic takes up a skew); the widths are where local lines cross half of the apex.
 * @param x rising, equally spaced. @param y of one peak above a level of about zero.
 */
export function spectrumPeak(x: readonly number[], y: ArrayLike<number>): SpectrumPeak {
  const values = Array.from(y);
  const top = smoothedMaximum(values);
  const level = TOP_SHARE * top.value;
  let from = top.index;
  let to = top.index;
  while (from > 0 && values[from - 1]! > level) from--;
  while (to < values.length - 1 && values[to + 1]! > level) to++;
  if (to - from < 4)
    throw new AnalysisError(`found ${to - from + 1} points on the peak, expected 5; take finer steps`);
  const { position, height } = apex(x, values, from, to);
  const below = halfCrossing(x, values, top.index, -1, height / 2);
  const above = halfCrossing(x, values, top.index, 1, height / 2);
  return {
    position,
    height,
    fwhm: above - below,
    halfWidthBelow: position - below,
    halfWidthAbove: above - position,
  };
}

/** Of means of three neighbours: less noise, and a line of a few points keeps its place. */
function smoothedMaximum(values: readonly number[]): { index: number; value: number } {
  let best = { index: 0, value: -Infinity };
  for (let i = 1; i < values.length - 1; i++) {
    const value = (values[i - 1]! + values[i]! + values[i + 1]!) / 3;
    if (value > best.value) best = { index: i, value };
  }
  return best;
}

function apex(
  x: readonly number[],
  y: readonly number[],
  from: number,
  to: number,
): { position: number; height: number } {
  const centre = (x[from]! + x[to]!) / 2;
  const half = (x[to]! - x[from]!) / 2;
  const u = x.slice(from, to + 1).map((value) => (value - centre) / half);
  const top = y.slice(from, to + 1);
  // d(ln y) = dy / y: weights y^2 for noise of one size over the peak.
  const fit = linearFit(
    [0, 1, 2, 3].map((power) => u.map((value) => value ** power)),
    top.map((value) => Math.log(value)),
    top.map((value) => value * value),
  );
  const [a = 0, b = 0, c = 0, d = 0] = fit.parameters;
  let t = -b / (2 * c);
  for (let i = 0; i < 6; i++) t -= (b + 2 * c * t + 3 * d * t * t) / (2 * c + 6 * d * t);
  if (!(Math.abs(t) < 1.5)) throw new AnalysisError("found no apex, expected one peak within the spectrum");
  return { position: centre + half * t, height: Math.exp(a + b * t + c * t * t + d * t ** 3) };
}

/** Half of the height by a line through the points between 35 and 65 % of it; NaN when it is not reached. */
function halfCrossing(
  x: readonly number[],
  y: readonly number[],
  start: number,
  step: 1 | -1,
  level: number,
): number {
  const points: number[] = [];
  for (let i = start; i >= 0 && i < y.length && y[i]! > 0.7 * level; i += step)
    if (y[i]! < 1.3 * level) points.push(i);
  if (points.length < 2 || !points.some((i) => y[i]! < level)) return Number.NaN;
  const origin = x[points[0]!]!;
  const u = points.map((i) => x[i]! - origin);
  const fit = linearFit(
    points.length > 4 ? [0, 1, 2].map((p) => u.map((v) => v ** p)) : [0, 1].map((p) => u.map((v) => v ** p)),
    points.map((i) => y[i]!),
  );
  const [a = 0, b = 0, c = 0] = fit.parameters;
  let t = u[Math.floor(u.length / 2)]!;
  for (let i = 0; i < 8; i++) t -= (a + b * t + c * t * t - level) / (b + 2 * c * t);
  return origin + t;
}
