import { AnalysisError } from "./analysis-error.ts";
import { fft } from "./fft.ts";
import { mean } from "./sampling.ts";

export interface NoiseSpectrum {
  /** Centre of each bin but the first two, which hold the mean and its window. */
  readonly frequenciesHz: Float64Array;
  /** One-sided power spectral density, unit squared per Hz. */
  readonly density: Float64Array;
  /** Relative standard error of one bin. */
  readonly binError: number;
  readonly segments: number;
}

/** Correlation (power) of Hann windows that overlap by half, and of neighbouring bins of one window. */
const OVERLAP_CORRELATION = (1 / 6) ** 2;
export const NEIGHBOUR_CORRELATION = (2 / 3) ** 2;

/**
 * Power spectral density by Welch's method: Hann window, half overlap, the record's mean subtracted
 * [Welch, IEEE Trans. Audio Electroacoust. 15 (1967) 70].
 * @param segmentLength a power of two, at most the record's length.
 */
export function welch(samples: Float64Array, sampleRateHz: number, segmentLength: number): NoiseSpectrum {
  if (samples.length < segmentLength)
    throw new AnalysisError(`found ${samples.length} samples, expected at least ${segmentLength}`);
  const window = Float64Array.from(
    { length: segmentLength },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / segmentLength),
  );
  const windowPower = window.reduce((sum, value) => sum + value * value, 0);
  const bins = segmentLength / 2;
  const sums = new Float64Array(bins);
  const average = mean(samples);
  const real = new Float64Array(segmentLength);
  const imaginary = new Float64Array(segmentLength);
  let segments = 0;
  for (let start = 0; start + segmentLength <= samples.length; start += bins, segments++) {
    for (let i = 0; i < segmentLength; i++) real[i] = (samples[start + i]! - average) * window[i]!;
    imaginary.fill(0);
    fft(real, imaginary);
    for (let bin = 0; bin < bins; bin++) sums[bin]! += real[bin]! ** 2 + imaginary[bin]! ** 2;
  }
  const scale = 2 / (segments * sampleRateHz * windowPower);
  return {
    frequenciesHz: Float64Array.from(
      { length: bins - 2 },
      (_, i) => ((i + 2) * sampleRateHz) / segmentLength,
    ),
    density: sums.subarray(2).map((value) => value * scale),
    binError: Math.sqrt((1 + 2 * OVERLAP_CORRELATION * (1 - 1 / segments)) / segments),
    segments,
  };
}
