import { expNegative } from "./exp-f64.ts";

/** Far beyond any count that a mean below 20 reaches (P < 1e-50); ends the search if rounding leaves the sum below 1. */
const LARGEST_COUNT: f64 = 127;
const TWO_TO_MINUS_32: f64 = 2.3283064365386963e-10;

/**
 * Poisson count for the uniform (word + 0.5) / 2^32: the smallest n whose cumulative probability reaches it.
 * f64, as f32 sums would leave out the upper tail. For means from 0 to 20.
 */
export function poissonCount(mean: f64, word: u32): f64 {
  const uniform = (<f64>word + 0.5) * TWO_TO_MINUS_32;
  let probability = expNegative(-mean);
  let cumulative = probability;
  let n: f64 = 0;
  while (uniform > cumulative && n < LARGEST_COUNT) {
    n += 1;
    probability = probability * (mean / n);
    cumulative += probability;
  }
  return n;
}
