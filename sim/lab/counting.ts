/** What detectors of spectrometers and meters add to a clean reading: counts, and relative or absolute scatter. */
import { standardNormals } from "../detector/noise-series.ts";
import { exp } from "../math/elementary.ts";
import { normalFromWord } from "../random/normal.ts";
import { keyOfSeed, philox4x32 } from "../random/philox.ts";
import { STREAM_LAB_COUNTS, STREAM_LAB_SCATTER } from "../random/streams.ts";

const TWO_TO_MINUS_32 = 2.3283064365386963e-10;
/** From here on a normal with the Poisson law's skew is good to 1e-3 of a standard deviation. */
const MANY = 30;

/** Smallest n with P(N <= n) >= u. */
function invertPoisson(mean: number, u: number): number {
  let term = exp(-mean);
  let sum = term;
  let n = 0;
  while (sum < u && n < 200) {
    n++;
    term *= mean / n;
    sum += term;
  }
  return n;
}

function poisson(mean: number, word: number): number {
  if (mean < MANY) return invertPoisson(mean, (word + 0.5) * TWO_TO_MINUS_32);
  const z = normalFromWord(word);
  // The skew term has a variance of 1/18, rounding one of 1/12.
  return Math.round(mean + Math.sqrt(mean - 5 / 36) * z + (z * z - 1) / 6);
}

/** Poisson counts of the given means. */
export function counted(means: ArrayLike<number>, seed: bigint): Float64Array {
  const { low, high } = keyOfSeed(seed);
  return Float64Array.from(means, (mean, i) =>
    poisson(mean, philox4x32([i, 0, 0, STREAM_LAB_COUNTS], low, high)[0]),
  );
}

/** Readings with normal scatter of standard deviation `absolute` + `relative` x reading. */
export function scattered(
  values: ArrayLike<number>,
  spread: { readonly relative?: number; readonly absolute?: number },
  seed: bigint,
): Float64Array {
  const { relative = 0, absolute = 0 } = spread;
  const normals = standardNormals(seed, STREAM_LAB_SCATTER, values.length);
  return Float64Array.from(
    values,
    (value, i) => value + (absolute + relative * Math.abs(value)) * normals[i]!,
  );
}
