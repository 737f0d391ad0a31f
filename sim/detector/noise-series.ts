/**
 * Noise of a given spectrum as a time series. White noise has a normal per sample; flicker has one per frequency of a band
 * from 1 / (twice the record or more) to half the sampling rate and is transformed back, so that its density is right at every
 * frequency of the record: no aliasing, no filter poles. Flicker below that band is not in the record.
 *
 * Not modelled: the Poisson character of shot noise below some hundred electrons a sample.
 */
import { normalFromWord } from "../random/normal.ts";
import { keyOfSeed, philox4x32 } from "../random/philox.ts";
import { STREAM_LAB_FLICKER, STREAM_LAB_WHITE } from "../random/streams.ts";
import type { NoiseSpectrum } from "./device-noise.ts";
import { realInverse } from "./fourier.ts";

/** Standard normals: number i belongs to (seed, stream, i) whatever the length. */
export function standardNormals(seed: bigint, stream: number, count: number): Float64Array {
  const key = keyOfSeed(seed);
  const normals = new Float64Array(count);
  for (let i = 0; i < count; i += 4) {
    const words = philox4x32([i / 4, 0, 0, stream], key.low, key.high);
    normals[i] = normalFromWord(words[0]);
    if (i + 1 < count) normals[i + 1] = normalFromWord(words[1]);
    if (i + 2 < count) normals[i + 2] = normalFromWord(words[2]);
    if (i + 3 < count) normals[i + 3] = normalFromWord(words[3]);
  }
  return normals;
}

/** Adds white noise of one-sided density `density`, sampled with a bandwidth of half the rate. */
export function addWhite(series: Float64Array, density: number, sampleRateHz: number, seed: bigint): void {
  if (density === 0) return;
  const sigma = Math.sqrt((density * sampleRateHz) / 2);
  const normals = standardNormals(seed, STREAM_LAB_WHITE, series.length);
  for (let i = 0; i < series.length; i++) series[i] = series[i]! + sigma * normals[i]!;
}

/** Half the length of the period in which flicker is drawn: a power of two, at least the record. */
function halfPeriod(samples: number): number {
  let half = 2;
  while (half < samples) half *= 2;
  return half;
}

/** Flicker of density flickerAtCorner (f_c / f)^slope. */
export function flickerSeries(
  { flickerAtCorner, cornerHz, slope }: NoiseSpectrum,
  sampleRateHz: number,
  samples: number,
  seed: bigint,
): Float64Array {
  const half = halfPeriod(samples);
  const stepHz = sampleRateHz / (2 * half);
  const normals = standardNormals(seed, STREAM_LAB_FLICKER, 2 * (half + 1));
  const re = new Float64Array(half + 1);
  const im = new Float64Array(half + 1);
  // A bin holds the power S df; half of it stands at -f, and each of the two quadratures takes half of that.
  const quadrature = Math.sqrt((flickerAtCorner * stepHz) / 4);
  for (let k = 1; k < half; k++) {
    const ratio = cornerHz / (k * stepHz);
    const amplitude = quadrature * (slope === 1 ? Math.sqrt(ratio) : ratio);
    re[k] = amplitude * normals[2 * k]!;
    im[k] = amplitude * normals[2 * k + 1]!;
  }
  return realInverse(re, im, samples);
}

/** Adds all of the spectrum's noise to a series sampled at `sampleRateHz`. */
export function addNoise(
  series: Float64Array,
  spectrum: NoiseSpectrum,
  sampleRateHz: number,
  seed: bigint,
): void {
  addWhite(series, spectrum.white, sampleRateHz, seed);
  if (spectrum.cornerHz === 0 || spectrum.flickerAtCorner === 0) return;
  const flicker = flickerSeries(spectrum, sampleRateHz, series.length, seed);
  for (let i = 0; i < series.length; i++) series[i] = series[i]! + flicker[i]!;
}
