/** In-place radix-2 FFT; the length is a power of two. */
function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j]!, re[i]!];
    [im[i], im[j]] = [im[j]!, im[i]!];
  }
  for (let size = 2; size <= n; size *= 2) butterflies(re, im, size);
}

function butterflies(re: Float64Array, im: Float64Array, size: number): void {
  const half = size / 2;
  for (let k = 0; k < half; k++) {
    const c = Math.cos((-2 * Math.PI * k) / size);
    const s = Math.sin((-2 * Math.PI * k) / size);
    for (let a = k; a < re.length; a += size) {
      const b = a + half;
      const x = re[b]! * c - im[b]! * s;
      const y = re[b]! * s + im[b]! * c;
      re[b] = re[a]! - x;
      im[b] = im[a]! - y;
      re[a] = re[a]! + x;
      im[a] = im[a]! + y;
    }
  }
}

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
    transform(re, im);
    // Two real series in one transform: |Z(k)|^2 + |Z(-k)|^2 = 2 (|A|^2 + |B|^2).
    for (let k = 0; k < sums.length; k++) {
      const m = (reads - k) % reads;
      sums[k]! += 0.5 * (re[k]! ** 2 + im[k]! ** 2 + re[m]! ** 2 + im[m]! ** 2);
    }
  }
  return sums.map((sum) => (2 * dtS * sum) / (power * pixels));
}
