// Standard errors of the figures of an EMVA 1288 data set, worked out from the sample's size and the noise in it. Noise is
// Gaussian and independent from pixel to pixel, but for the ramp's, which a row has in common.

import { type EmvaData, type EmvaResult, sensitivityPoints } from "./analyse.ts";
import type { PairStatistics, StackStatistics } from "./statistics.ts";

/** Relative: 0.001 = 0.1 %. */
export interface FigureErrors {
  readonly gain: number;
  readonly quantumEfficiency: number;
  readonly darkCurrentMean: number;
  readonly darkNoise: number;
  readonly dsnu: number;
  readonly prnu: number;
}

export interface Sample {
  readonly width: number;
  readonly height: number;
  /** Noise that the pixels of a row have in common, DN. */
  readonly rowNoiseDn: number;
}

const QUANTISATION_DN2 = 1 / 12;
const NS_PER_S = 1e9;

export function figureErrors(data: EmvaData, result: EmvaResult, sample: Sample): FigureErrors {
  const gain = gainError(data, sample) / result.gainDnPerE;
  const { bright, dark } = data;
  const darkSlopeDnPerNs = (result.darkCurrentMeanEPerS * result.gainDnPerE) / NS_PER_S;
  const darkDn2 = (result.darkNoiseE * result.gainDnPerE) ** 2 + QUANTISATION_DN2;
  const line = darkLineErrors(data, sample);
  const dark4 = patternVariance(dark, sample);
  const light4 = dark4 + patternVariance(bright, sample);
  return {
    gain,
    quantumEfficiency: Math.hypot(gain, responsivityError(data, sample) / result.responsivityDnPerPhoton),
    darkCurrentMean: Math.hypot(gain, line.slopeDnPerNs / darkSlopeDnPerNs),
    darkNoise: Math.hypot(gain, line.startDn2 / (2 * (darkDn2 - QUANTISATION_DN2))),
    dsnu: Math.hypot(gain, Math.sqrt(dark4) / (2 * dark.total)),
    prnu: Math.sqrt(light4) / (2 * (bright.total - dark.total)),
  };
}

/** Variance of a pair's variance, DN^4: chi-square with as many degrees of freedom as pixels; as rows, for the rows' part. */
function varianceOfVariance({ variance }: PairStatistics, { height, rowNoiseDn, width }: Sample): number {
  return (2 * variance ** 2) / (width * height) + (2 * rowNoiseDn ** 4) / height;
}

/** Variance of a pair's mean, DN^2. */
function varianceOfMean({ variance }: PairStatistics, { height, rowNoiseDn, width }: Sample): number {
  return variance / (2 * width * height) + rowNoiseDn ** 2 / (2 * height);
}

/** Of K, DN/e-: unweighted slope through zero. */
function gainError(data: EmvaData, sample: Sample): number {
  const used = data.sweep.slice(0, sensitivityPoints(data.sweep));
  const signal = used.map(({ bright, dark }) => bright.mean - dark.mean);
  const variance = used.map(
    ({ bright, dark }) => varianceOfVariance(bright, sample) + varianceOfVariance(dark, sample),
  );
  return slopeError(signal, variance);
}

/** Of R, DN/photon. */
function responsivityError(data: EmvaData, sample: Sample): number {
  const used = data.sweep.slice(0, sensitivityPoints(data.sweep));
  const photons = used.map((point) => point.photons);
  const variance = used.map(
    ({ bright, dark }) => varianceOfMean(bright, sample) + varianceOfMean(dark, sample),
  );
  return slopeError(photons, variance);
}

function slopeError(x: readonly number[], variance: readonly number[]): number {
  const squares = x.reduce((sum, one) => sum + one ** 2, 0);
  return Math.sqrt(x.reduce((sum, one, i) => sum + one ** 2 * variance[i]!, 0)) / squares;
}

/** Of the dark mean's slope over the exposure, and of the dark variance without exposure: unweighted lines. */
function darkLineErrors({ sweep }: EmvaData, sample: Sample) {
  const exposures = sweep.map(({ exposureNs }) => exposureNs);
  const mean = exposures.reduce((sum, exposure) => sum + exposure, 0) / exposures.length;
  const squares = exposures.reduce((sum, exposure) => sum + (exposure - mean) ** 2, 0);
  let slope = 0;
  let start = 0;
  for (const { dark, exposureNs } of sweep) {
    const away = (exposureNs - mean) / squares;
    slope += away ** 2 * varianceOfMean(dark, sample);
    start += (1 / sweep.length - mean * away) ** 2 * varianceOfVariance(dark, sample);
  }
  return { slopeDnPerNs: Math.sqrt(slope), startDn2: Math.sqrt(start) };
}

/** Variance of a stack's spatial variance, DN^4: the noise left in the mean image by itself and times the pattern. */
function patternVariance(stack: StackStatistics, { height, rowNoiseDn, width }: Sample): number {
  const pixel2 = stack.temporalVariance / stack.images;
  const row2 = rowNoiseDn ** 2 / stack.images;
  const ofPixels = (4 * stack.total * pixel2 + 2 * pixel2 ** 2) / (width * height);
  return ofPixels + (4 * Math.max(0, stack.row) * row2 + 2 * row2 ** 2) / height;
}
