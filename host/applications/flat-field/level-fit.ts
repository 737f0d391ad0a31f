// The lamp's level without the response curve of the pixels: exposures are stepped around the one that gives the same
// code at all times; that exposure goes as one over the light, whatever the curve between light and code is.

import type { LampSample } from "./lamp-session.ts";

/** ln(code) = level + slope ln(exposure / mean exposure) + drift (time - mean time), by least squares. */
export interface LevelFit {
  readonly level: number;
  readonly slope: number;
  readonly driftPerS: number;
  readonly meanTimeNs: number;
  readonly meanLogExposure: number;
  /** Sum of squares of ln(exposure) about its mean. */
  readonly spread: number;
  readonly frames: number;
  /** Sum of squares that the fit leaves, and its degrees of freedom. */
  readonly residual: number;
  readonly freedom: number;
}

const PARAMETERS = 3;

/** Exposures and times must not go along with each other: take them as A B B A. */
export function fitLevel(samples: readonly LampSample[]): LevelFit {
  const frames = samples.length;
  const mean = (of: (sample: LampSample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / frames;
  const meanTimeNs = mean(({ timeNs }) => timeNs);
  const meanLogExposure = mean(({ exposureNs }) => Math.log(exposureNs));
  const level = mean(({ fieldDn }) => Math.log(fieldDn));
  const x = samples.map(({ exposureNs }) => Math.log(exposureNs) - meanLogExposure);
  const t = samples.map(({ timeNs }) => (timeNs - meanTimeNs) / 1e9);
  const y = samples.map(({ fieldDn }) => Math.log(fieldDn) - level);
  const [xx, tt, xt, xy, ty] = [dot(x, x), dot(t, t), dot(x, t), dot(x, y), dot(t, y)];
  const determinant = xx * tt - xt * xt;
  const slope = (xy * tt - ty * xt) / determinant;
  const driftPerS = (ty * xx - xy * xt) / determinant;
  const residual = y.reduce((sum, value, i) => sum + (value - slope * x[i]! - driftPerS * t[i]!) ** 2, 0);
  return {
    level,
    slope,
    driftPerS,
    meanTimeNs,
    meanLogExposure,
    spread: xx,
    frames,
    residual,
    freedom: frames - PARAMETERS,
  };
}

/** ln of the exposure that gives `targetDn`, and its standard error when ln(code) of a frame has `sigma`. */
export function nullExposure(
  { frames, level, meanLogExposure, slope, spread }: LevelFit,
  targetDn: number,
  sigma: number,
): { readonly logExposure: number; readonly sigma: number } {
  const distance = (Math.log(targetDn) - level) / slope;
  return {
    logExposure: meanLogExposure + distance,
    sigma: (sigma / slope) * Math.sqrt(1 / frames + (distance * distance) / spread),
  };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
