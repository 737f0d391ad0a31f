import { AnalysisError } from "./analysis-error.ts";
import { linearFit } from "./linear-fit.ts";
import { NEIGHBOUR_CORRELATION, type NoiseSpectrum } from "./welch.ts";

export interface DensityAtFrequency {
  /** unit squared per Hz. */
  readonly density: number;
  /** Relative. */
  readonly standardError: number;
}

/** Neighbours are not independent: the variance of a fit over many bins is larger by this. */
const CORRELATED_BINS = 1 + 2 * NEIGHBOUR_CORRELATION + 2 / 36;
/** Half an octave each side: wide enough for many bins, narrow enough for two terms to describe any slope. */
const BAND = Math.SQRT2;
const ROUNDS = 4;

/** Density at one frequency: a + b/f fitted to the octave around it. @throws AnalysisError when it holds too few bins. */
export function densityAt(spectrum: NoiseSpectrum, frequencyHz: number): DensityAtFrequency {
  const fit = fitWhiteAndFlicker(spectrum, frequencyHz / BAND, frequencyHz * BAND, 1);
  const bins = binsBetween(spectrum, frequencyHz / BAND, frequencyHz * BAND).length;
  return {
    density: fit.white * (1 + fit.cornerHz / frequencyHz),
    standardError: spectrum.binError * Math.sqrt(CORRELATED_BINS / bins),
  };
}

export interface WhiteAndFlicker {
  readonly white: number;
  readonly whiteError: number;
  /** Density is white (1 + (corner / f)^slope). */
  readonly cornerHz: number;
  readonly cornerError: number;
  /** 1: the power falls as 1/f; 2: the amplitude does. */
  readonly slope: 1 | 2;
  /** Weighted residual: which slope fits better. */
  readonly residualRms: number;
}

/** White noise with flicker of the slope that fits better. @throws AnalysisError when the band holds too few bins. */
export function fitNoise(spectrum: NoiseSpectrum, fromHz: number, toHz: number): WhiteAndFlicker {
  const one = fitWhiteAndFlicker(spectrum, fromHz, toHz, 1);
  const two = fitWhiteAndFlicker(spectrum, fromHz, toHz, 2);
  return two.residualRms < one.residualRms ? two : one;
}

/**
 * S(f) = white (1 + (corner / f)^slope) from `fromHz` to `toHz`. A bin scatters in proportion to its own density, so the
 * squares are weighted by the fit's density, not the bin's, which would favour bins that came out low.
 */
export function fitWhiteAndFlicker(
  spectrum: NoiseSpectrum,
  fromHz: number,
  toHz: number,
  slope: 1 | 2,
): WhiteAndFlicker {
  const bins = binsBetween(spectrum, fromHz, toHz);
  if (bins.length < 4)
    throw new AnalysisError(
      `found ${bins.length} bins from ${fromHz} to ${toHz} Hz, expected 4; take a longer record`,
    );
  const y = bins.map((i) => spectrum.density[i]!);
  const basis = [bins.map(() => 1), bins.map((i) => spectrum.frequenciesHz[i]! ** -slope)];
  const floor = Math.max(...y) * 1e-9;
  let fit = linearFit(basis, y);
  for (let round = 0; round < ROUNDS; round++) {
    const [white = 0, flicker = 0] = fit.parameters;
    const weights = bins.map((_, i) => Math.max(floor, white + flicker * basis[1]![i]!) ** -2);
    fit = linearFit(basis, y, weights);
  }
  const [white = 0, flicker = 0] = fit.parameters;
  const [whiteError = 0, flickerError = 0] = fit.standardErrors.map((e) => e * Math.sqrt(CORRELATED_BINS));
  const cornerHz = (flicker / white) ** (1 / slope);
  return {
    white,
    whiteError,
    cornerHz,
    cornerError: (cornerHz * Math.hypot(whiteError / white, flickerError / flicker)) / slope,
    slope,
    residualRms: fit.residualRms,
  };
}

function binsBetween(spectrum: NoiseSpectrum, fromHz: number, toHz: number): number[] {
  const bins: number[] = [];
  for (let i = 0; i < spectrum.frequenciesHz.length; i++) {
    const f = spectrum.frequenciesHz[i]!;
    if (f >= fromHz && f <= toHz) bins.push(i);
  }
  return bins;
}
