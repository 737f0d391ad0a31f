/**
 * Gaussian noise of the source follower at irregular read times: white plus 1/f as a sum of Ornstein-Uhlenbeck processes
 * of log-spaced corners. At N times the sum is a normal vector with the covariance
 *   C_ij = white^2 [i = j] + sum of v_k exp(-2 pi f_k |t_i - t_j|);
 * its Cholesky factor times N standard normals has exactly that law, so that no process is stepped and a frame of a single
 * read costs one normal. Every frame starts from the stationary law.
 *
 * Corners f_k have the ratio r (near 4) and equal variances, the two outermost 1 + 1/(r - 1) times as much: far away that is
 * what the missing corners beyond the edge would add. The variances sum up to rms^2 and f S(f) = rms^2 / ln(max / min), flat
 * to 3 % from 7 min to max / 7 and to 1 % from 15 min on; nearer to the edges it bends, below to white, above to 1/f^2, as no
 * such process ends at an edge. (Lorentzians S_k(f) = (2 v_k / pi) f_k / (f_k^2 + f^2), one-sided.)
 *
 * Not modelled: correlation between frames, the low-pass of the column while it settles.
 */
import type { EffectsProfile, PixelProfile } from "../../hw-profiles/sensor-profile.ts";
import { exp, log } from "../math/elementary.ts";

const TWO_PI = 2 * Math.PI;
const CORNER_RATIO = 4;
const HALVINGS = 60;
/** Pivots below this share of the variance are rounding: two reads at one time, without white noise. */
const SMALLEST_PIVOT = 1e-13;

export interface OuProcess {
  readonly cornerHz: number;
  /** In the square of the unit of rms. */
  readonly variance: number;
}

/** The processes of a 1/f noise between minHz and maxHz whose variances sum up to rms^2. */
export function flickerProcesses(rms: number, minHz: number, maxHz: number): OuProcess[] {
  const span = log(maxHz / minHz);
  const corners = Math.max(1, Math.floor(span / log(CORNER_RATIO) - 2 / (CORNER_RATIO - 1) + 0.5));
  const middleHz = minHz * exp(0.5 * span);
  if (corners === 1) return [{ cornerHz: middleHz, variance: rms * rms }];
  const ratio = ratioOf(span, corners);
  const step = log(ratio);
  const inner = (rms * rms * step) / span;
  const outer = inner * (1 + 1 / (ratio - 1));
  return Array.from({ length: corners }, (_, k) => ({
    cornerHz: middleHz * exp(step * (k - 0.5 * (corners - 1))),
    variance: k === 0 || k === corners - 1 ? outer : inner,
  }));
}

/** r with (K + 2 / (r - 1)) ln r = ln(max / min): then the variances sum up to rms^2. */
function ratioOf(span: number, corners: number): number {
  let low = 1.0001;
  let high = CORNER_RATIO * CORNER_RATIO * CORNER_RATIO;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = 0.5 * (low + high);
    if ((corners + 2 / (middle - 1)) * log(middle) < span) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

export interface FollowerNoise {
  readonly whiteVariance: number;
  readonly processes: readonly OuProcess[];
}

type NoiseEffects = Pick<EffectsProfile, "readNoise" | "followerFlicker">;

/** In electrons at the node. */
export function followerNoise(pixel: PixelProfile, effects: NoiseEffects): FollowerNoise {
  const { readNoise, followerFlicker } = effects;
  const { rmsE, minHz, maxHz } = followerFlicker;
  return {
    whiteVariance: readNoise.on ? pixel.readNoiseE * pixel.readNoiseE : 0,
    processes: followerFlicker.on && rmsE > 0 ? flickerProcesses(rmsE, minHz, maxHz) : [],
  };
}

/** Variance of one read. */
export function followerVariance({ whiteVariance, processes }: FollowerNoise): number {
  return processes.reduce((sum, { variance }) => sum + variance, whiteVariance);
}

/** Covariance of two reads `lagS` apart, lagS > 0. */
export function followerCovariance({ processes }: FollowerNoise, lagS: number): number {
  return processes.reduce(
    (sum, { cornerHz, variance }) => sum + variance * exp(-TWO_PI * cornerHz * lagS),
    0,
  );
}

/**
 * Lower Cholesky factor of the covariance at the given times.
 * @param sampleS read times, rising.
 * @returns f64 [read][read]; 0 above the diagonal.
 */
export function followerFactor(noise: FollowerNoise, sampleS: ArrayLike<number>): Float64Array {
  const reads = sampleS.length;
  const variance = followerVariance(noise);
  const factor = new Float64Array(reads * reads);
  for (let i = 0; i < reads; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = i === j ? variance : followerCovariance(noise, sampleS[i]! - sampleS[j]!);
      for (let k = 0; k < j; k++) rest -= factor[i * reads + k]! * factor[j * reads + k]!;
      factor[i * reads + j] = i === j ? pivot(rest, variance) : quotient(rest, factor[j * reads + j]!);
    }
  }
  return factor;
}

function pivot(rest: number, variance: number): number {
  return rest > SMALLEST_PIVOT * variance ? Math.sqrt(rest) : 0;
}

function quotient(rest: number, diagonal: number): number {
  return diagonal > 0 ? rest / diagonal : 0;
}
