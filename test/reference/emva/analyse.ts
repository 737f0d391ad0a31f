// EMVA 1288 Release 4 Linear as its reference implementation computes it; equations in docs/capture.md.

import { fitLine, slopeThroughZero } from "./fits.ts";
import type { PairStatistics, StackStatistics } from "./statistics.ts";

/** One exposure of the sweep. */
export interface SweepPoint {
  readonly exposureNs: number;
  readonly photons: number;
  readonly bright: PairStatistics;
  readonly dark: PairStatistics;
}

export interface EmvaData {
  /** By rising exposure. */
  readonly sweep: readonly SweepPoint[];
  readonly bright: StackStatistics;
  readonly dark: StackStatistics;
}

/** One figure, with its parts by pixel, row and column; NaN where the noise is larger than the pattern. */
export interface Nonuniformity {
  readonly total: number;
  readonly pixel: number;
  readonly row: number;
  readonly column: number;
}

export interface EmvaResult {
  /** K, DN/e-. */
  readonly gainDnPerE: number;
  /** R, DN/photon. */
  readonly responsivityDnPerPhoton: number;
  /** eta of the whole pixel area, 0..1. */
  readonly quantumEfficiency: number;
  /** sigma_d, e-. */
  readonly darkNoiseE: number;
  readonly thresholdPhotons: number;
  readonly saturationPhotons: number;
  readonly saturationE: number;
  readonly snrMax: number;
  readonly dynamicRange: number;
  /** Largest deviations from the line, %. */
  readonly linearityErrorMinPercent: number;
  readonly linearityErrorMaxPercent: number;
  /** By the mean of the dark images, e-/s. */
  readonly darkCurrentMeanEPerS: number;
  /** By their variance, e-/s. */
  readonly darkCurrentVarianceEPerS: number;
  /** DSNU1288, e-. */
  readonly dsnuE: Nonuniformity;
  /** PRNU1288, %. */
  readonly prnuPercent: Nonuniformity;
}

const QUANTISATION_DN2 = 1 / 12;
/** Below, quantisation hides the noise: the standard sets the variance to this. */
const MIN_DARK_VARIANCE_DN2 = 0.24;
const NS_PER_S = 1e9;
const SENSITIVITY_SHARE = 0.7;
const LINEARITY_FROM = 0.05;
const LINEARITY_TO = 0.95;
/** So many exposures are not enough for a line. */
const FEW_EXPOSURES = 2;

export function analyseEmva({ sweep, bright, dark }: EmvaData): EmvaResult {
  const signalDn = sweep.map((point) => point.bright.mean - point.dark.mean);
  const shotVariance = sweep.map((point) => point.bright.variance - point.dark.variance);
  const photons = sweep.map((point) => point.photons);
  const saturated = saturationIndex(sweep.map((point) => point.bright.variance));
  const saturationDn = signalDn[saturated]!;
  const used = sensitivityPoints(sweep);
  const gainDnPerE = slopeThroughZero(signalDn.slice(0, used), shotVariance.slice(0, used));
  const responsivity = slopeThroughZero(photons.slice(0, used), signalDn.slice(0, used));
  const eta = responsivity / gainDnPerE;
  const darkDeviationDn = Math.sqrt(darkVariance(sweep));
  const thresholdPhotons = (darkDeviationDn / gainDnPerE + 0.5) / eta;
  const saturationPhotons = photons[saturated]!;
  const deviations = linearityErrors(photons, signalDn, saturationDn);
  const { mean, variance } = darkCurrents(sweep);
  return {
    gainDnPerE,
    responsivityDnPerPhoton: responsivity,
    quantumEfficiency: eta,
    darkNoiseE: Math.sqrt(darkDeviationDn ** 2 - QUANTISATION_DN2) / gainDnPerE,
    thresholdPhotons,
    saturationPhotons,
    saturationE: eta * saturationPhotons,
    snrMax: Math.sqrt(eta * saturationPhotons),
    dynamicRange: saturationPhotons / thresholdPhotons,
    linearityErrorMinPercent: Math.min(...deviations),
    linearityErrorMaxPercent: Math.max(...deviations),
    darkCurrentMeanEPerS: (mean * NS_PER_S) / gainDnPerE,
    darkCurrentVarianceEPerS: variance < 0 ? Number.NaN : (variance * NS_PER_S) / gainDnPerE ** 2,
    dsnuE: parts((part) => Math.sqrt(dark[part]) / gainDnPerE),
    prnuPercent: parts((part) => (100 * Math.sqrt(bright[part] - dark[part])) / (bright.mean - dark.mean)),
  };
}

function parts(figure: (part: keyof Nonuniformity) => number): Nonuniformity {
  return { total: figure("total"), pixel: figure("pixel"), row: figure("row"), column: figure("column") };
}

/** Points from the first one that K and R are fitted to: up to 70 % of saturation. */
export function sensitivityPoints(sweep: readonly SweepPoint[]): number {
  const signalDn = sweep.map(({ bright, dark }) => bright.mean - dark.mean);
  const limitDn = SENSITIVITY_SHARE * signalDn[saturationIndex(sweep.map(({ bright }) => bright.variance))]!;
  return lastIndex(signalDn, (dn) => dn <= limitDn) + 1;
}

/**
 * Where the variance of the bright images is largest, searched from the brightest point down; a single point that lies
 * lower does not end the search.
 */
export function saturationIndex(variance: readonly number[]): number {
  let largest = 0;
  let place = 0;
  for (let i = variance.length - 1; i >= 0; i--) {
    const isLower = variance[i]! < largest && variance[Math.abs(i - 1)]! < largest;
    if (isLower) break;
    largest = variance[i]!;
    place = i;
  }
  return place;
}

function lastIndex(values: readonly number[], accept: (value: number) => boolean): number {
  return values.findLastIndex(accept);
}

/** Variance of dark images at no exposure: where the line over the exposures starts. */
function darkVariance(sweep: readonly SweepPoint[]): number {
  const exposures = sweep.map((point) => point.exposureNs);
  const variance =
    new Set(exposures).size > FEW_EXPOSURES
      ? fitLine(
          exposures,
          sweep.map((point) => point.dark.variance),
        ).offset
      : sweep[0]!.dark.variance;
  return Math.max(variance, MIN_DARK_VARIANCE_DN2);
}

/** Slopes over the exposure of mean (DN/ns) and variance (DN^2/ns) of the dark images. */
function darkCurrents(sweep: readonly SweepPoint[]): { mean: number; variance: number } {
  const exposures = sweep.map((point) => point.exposureNs);
  if (new Set(exposures).size <= FEW_EXPOSURES) return { mean: Number.NaN, variance: Number.NaN };
  const slope = (of: (dark: PairStatistics) => number) =>
    fitLine(
      exposures,
      sweep.map((point) => of(point.dark)),
    ).slope;
  return { mean: slope((dark) => dark.mean), variance: slope((dark) => dark.variance) };
}

/** Deviation in % from the line with weights 1/y^2 over 5 to 95 % of saturation. */
function linearityErrors(photons: readonly number[], signalDn: readonly number[], saturationDn: number) {
  const from = signalDn.findIndex((dn) => dn >= LINEARITY_FROM * saturationDn);
  const to = lastIndex(signalDn, (dn) => dn <= LINEARITY_TO * saturationDn) + 1;
  const x = photons.slice(from, to);
  const y = signalDn.slice(from, to);
  const { slope, offset } = fitLine(
    x,
    y,
    y.map((dn) => 1 / dn ** 2),
  );
  return y.map((dn, i) => (100 * (dn - (slope * x[i]! + offset))) / (slope * x[i]! + offset));
}
