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
  const fit = fitWhiteAndFlicker(spectrum, frequencyHz / BAND, frequencyHz * BAND);
  const bins = binsBetween(spectrum, frequencyHz / BAND, frequencyHz * BAND).length;
  return {
    density: fit.white + fit.flickerAt1Hz / frequencyHz,
    standardError: spectrum.binError * Math.sqrt(CORRELATED_BINS / bins),
  };
}

export interface WhiteAndFlicker {
  readonly white: number;
  readonly whiteError: number;
  /** Density is white + flickerAt1Hz / f. */
  readonly flickerAt1Hz: number;
  /** Where both are equal. */
  readonly cornerHz: number;
  readonly cornerError: number;
}

/**
 * S(f) = white + flicker / f from `fromHz` to `toHz`. A bin scatters in proportion to its own density, so the squares are
 * weighted by the fit's density, not the bin's, which would favour bins that came out low.
 */
export function fitWhiteAndFlicker(spectrum: NoiseSpectrum, fromHz: number, toHz: number): WhiteAndFlicker {
  const bins = binsBetween(spectrum, fromHz, toHz);
  if (bins.length < 4)
    throw new AnalysisError(
      `found ${bins.length} bins from ${fromHz} to ${toHz} Hz, expected 4; take a longer record`,
    );
  const y = bins.map((i) => spectrum.density[i]!);
  const basis = [bins.map(() => 1), bins.map((i) => 1 / spectrum.frequenciesHz[i]!)];
  let weights = bins.map(() => 1);
  let fit = linearFit(basis, y, weights);
  const floor = Math.max(...y) * 1e-6;
  for (let round = 0; round < ROUNDS; round++) {
    const [white = 0, flicker = 0] = fit.parameters;
    weights = bins.map((_, i) => Math.max(floor, white + flicker * basis[1]![i]!) ** -2);
    fit = linearFit(basis, y, weights);
  }
  const [white = 0, flicker = 0] = fit.parameters;
  const [whiteError = 0, flickerError = 0] = fit.standardErrors.map((e) => e * Math.sqrt(CORRELATED_BINS));
  const cornerHz = flicker / white;
  return {
    white,
    whiteError,
    flickerAt1Hz: flicker,
    cornerHz,
    cornerError: cornerHz * Math.hypot(whiteError / white, flickerError / flicker),
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
