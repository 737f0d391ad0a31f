import { fft } from "../../../host/bench/analysis/fft.ts";

/** Of the Hann window's main lobe: the power that a bin gets from the one before, itself, and the one after. */
export const HANN_POWER = [1 / 6, 2 / 3, 1 / 6] as const;

/**
 * One-sided power spectral density, averaged over all pixels, Hann window.
 * @param values [read][pixel], reads dtS apart; an even number of pixels.
 * @returns one density a bin k = 0 .. reads / 2, at k / (reads dtS).
 */
export function meanSpectrum(values: Float64Array, reads: number, dtS: number): Float64Array {
  const pixels = values.length / reads;
  const window = Float64Array.from({ length: reads }, (_, i) => 1 - Math.cos((2 * Math.PI * i) / reads));
  const power = window.reduce((sum, w) => sum + w * w, 0);
  const sums = new Float64Array(reads / 2 + 1);
  const re = new Float64Array(reads);
  const im = new Float64Array(reads);
  for (let pixel = 0; pixel < pixels; pixel += 2) {
    for (let read = 0; read < reads; read++) {
      re[read] = values[read * pixels + pixel]! * window[read]!;
      im[read] = values[read * pixels + pixel + 1]! * window[read]!;
    }
    fft(re, im);
    // Two real series in one transform: |Z(k)|^2 + |Z(-k)|^2 = 2 (|A|^2 + |B|^2).
    for (let k = 0; k < sums.length; k++) {
      const m = (reads - k) % reads;
      sums[k]! += 0.5 * (re[k]! ** 2 + im[k]! ** 2 + re[m]! ** 2 + im[m]! ** 2);
    }
  }
  return sums.map((sum) => (2 * dtS * sum) / (power * pixels));
}
