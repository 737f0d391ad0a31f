import { exp } from "../math/exponential.ts";
import { log } from "../math/logarithm.ts";

const SQRT_2PI = 2.5066282746310002;
const SERIES_LIMIT = 2.5;

function density(z: number): number {
  return exp(-0.5 * z * z) / SQRT_2PI;
}

/** P(0 < Z < z) by the series z + z^3/3 + z^5/15 + …, times the density (Abramowitz & Stegun 26.2.11). */
function centralProbability(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 3; term > sum * 1e-18; n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return density(z) * sum;
}

/** P(Z > z) for z above SERIES_LIMIT by the continued fraction 1/(z + 1/(z + 2/(z + …))) (A&S 26.2.14). */
function tailFraction(z: number): number {
  let fraction = z;
  for (let n = 150; n > 0; n--) fraction = z + n / fraction;
  return density(z) / fraction;
}

/** P(Z > z) of a standard normal, z >= 0, relative error about 1e-15. */
export function upperTail(z: number): number {
  return z < SERIES_LIMIT ? 0.5 - centralProbability(z) : tailFraction(z);
}

/** z >= 0 with P(Z > z) = p, 0 < p <= 0.5: Newton on ln P, which is concave in z, so it converges from anywhere. */
export function upperQuantile(p: number): number {
  const target = log(p);
  let z = 0;
  for (let step = 0; step < 60; step++) {
    const tail = upperTail(z);
    const change = ((log(tail) - target) * tail) / density(z);
    z += change;
    if (change < 1e-15 && change > -1e-15) break;
  }
  return z;
}
