/**
 * 1/f noise of the photodiode's current, S_I(f) = 2 q I_dark f_c / f from minHz on (one-sided). In electrons per second:
 * S(f) = 2 D f_c / f with the dark rate D, so the charge of an interval is sqrt(2 D f_c) times the integral of a Gaussian
 * process of spectrum 1/f. Those integrals over the intervals of a frame are a Gaussian vector; its covariance follows
 * from the variance V(t) of the integral over a time t:
 *   V(t) = integral over f > minHz of t^2 sinc^2(ft) / f
 *        = t^2 [(1 - cos a) / a^2 + sin(a) / a - Ci(a)],  a = 2 pi minHz t,
 * at any spacing of the reads, without an upper band limit. It grows as t^2: it does not average down.
 *
 * Not modelled: correlation between frames (every frame draws anew), change of the spectrum with the bias.
 */
import { cosineIntegral } from "../math/cosine-integral.ts";
import { cos, sin } from "../math/elementary.ts";

const TWO_PI = 6.283185307179586;
/** Shorter intervals have no charge; the formula has a limit there, but cannot take 0. */
const SMALLEST_TIME_S = 1e-15;

/** V(t) in s^2: variance of the integral over t seconds of a process with one-sided spectrum 1/f, f > minHz. */
export function flickerVarianceS2(timeS: number, minHz: number): number {
  if (timeS < SMALLEST_TIME_S) return 0;
  const a = TWO_PI * minHz * timeS;
  const half = 0.5 * a;
  const halfSine = sin(half) / half;
  const bracket = 0.5 * halfSine * halfSine + (halfSine * cos(half) - cosineIntegral(a));
  return timeS * timeS * bracket;
}

/** Covariance of the integrals over the intervals that end at `sampleS` (the first begins at 0), s^2: f64 [reads][reads]. */
export function flickerCovariance(sampleS: ArrayLike<number>, minHz: number): Float64Array {
  const reads = sampleS.length;
  const timeOf = (edge: number) => (edge === 0 ? 0 : sampleS[edge - 1]!);
  const edges = reads + 1;
  const variance = new Float64Array(edges * edges);
  for (let i = 0; i < edges; i++) {
    for (let j = 0; j < i; j++) {
      variance[i * edges + j] = flickerVarianceS2(timeOf(i) - timeOf(j), minHz);
      variance[j * edges + i] = variance[i * edges + j]!;
    }
  }
  const at = (i: number, j: number) => variance[i * edges + j]!;
  return Float64Array.from({ length: reads * reads }, (_, index) => {
    const i = Math.floor(index / reads);
    const j = index % reads;
    return 0.5 * (at(i + 1, j) + at(i, j + 1) - at(i, j) - at(i + 1, j + 1));
  });
}

/**
 * Lower triangular L with L L^T = covariance (Cholesky), row by row without the zeros. A pivot that rounding leaves at or
 * below 0 (an interval of no length, or one that the others determine) gives a column of zeros.
 */
export function lowerFactor(covariance: Float64Array, size: number): Float64Array {
  const factor = new Float64Array((size * (size + 1)) / 2);
  const rowAt = (row: number) => (row * (row + 1)) / 2;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = covariance[i * size + j]!;
      for (let k = 0; k < j; k++) rest -= factor[rowAt(i) + k]! * factor[rowAt(j) + k]!;
      const pivot = factor[rowAt(j) + j]!;
      if (i === j) factor[rowAt(i) + i] = rest > 0 ? Math.sqrt(rest) : 0;
      else factor[rowAt(i) + j] = pivot > 0 ? rest / pivot : 0;
    }
  }
  return factor;
}
