/**
 * Four Poisson counts at once by inversion. The counts are those of f64 sums, as f32 sums would leave out the upper tail;
 * sums in f32 come first, and where they cannot tell, about once in ten thousand times, the f64 ones decide.
 */
import * as C from "../../math/exp-constants.ts";
import { expNegativeQuad } from "./collect-decay.ts";

/** Far beyond any count that a mean of 20 reaches (P < 1e-50); ends the search if rounding leaves the sum below 1. */
const LARGEST_COUNT: u32 = 127;
const TWO_TO_MINUS_32: f64 = 2.3283064365386963e-10;

function step(tail: v128, r: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(tail, r), f64x2.splat(coefficient));
}

/** e to the x for two x from -700 to 0, the same bits as sim/math/exponential.ts. */
function expPair(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(C.LOG2_E)), f64x2.splat(0.5)));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(C.LN2_HIGH)));
  const r = f64x2.sub(high, f64x2.mul(k, f64x2.splat(C.LN2_LOW)));
  let tail = step(f64x2.splat(C.INV_FACTORIAL_13), r, C.INV_FACTORIAL_12);
  tail = step(tail, r, C.INV_FACTORIAL_11);
  tail = step(tail, r, C.INV_FACTORIAL_10);
  tail = step(tail, r, C.INV_FACTORIAL_9);
  tail = step(tail, r, C.INV_FACTORIAL_8);
  tail = step(tail, r, C.INV_FACTORIAL_7);
  tail = step(tail, r, C.INV_FACTORIAL_6);
  tail = step(tail, r, C.INV_FACTORIAL_5);
  tail = step(tail, r, C.INV_FACTORIAL_4);
  tail = step(tail, r, C.INV_FACTORIAL_3);
  tail = step(tail, r, C.INV_FACTORIAL_2);
  const bent = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), tail));
  const exponent = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  const power = i64x2.shl(i64x2.add(exponent, i64x2.splat(1023)), 52);
  return f64x2.mul(f64x2.add(f64x2.splat(1), bent), power);
}

function uniformPair(words: v128): v128 {
  const middle = f64x2.add(f64x2.convert_low_i32x4_u(words), f64x2.splat(0.5));
  return f64x2.mul(middle, f64x2.splat(TWO_TO_MINUS_32));
}

/** Terms between two looks at whether all lanes are done. */
const TERMS: u32 = 4;
const MOST_TERMS: u32 = 64;

/**
 * In f32: 2^-24; the bound of the error of a f32 sum for means up to 20 (3e-7 of e^-mean, 1.8e-7 a term in the terms'
 * product, mean of them counting, half a unit in the last place of 1 for each of 60 additions, and 2^-24 that is cut off
 * the word); and 1/1 to 1/64. A division takes longer than all the rest of a term.
 */
const FACTORS: usize = memory.data<f32>([
  5.9604644775390625e-8,
  1e-5,
  1.0 / 1.0,
  1.0 / 2.0,
  1.0 / 3.0,
  1.0 / 4.0,
  1.0 / 5.0,
  1.0 / 6.0,
  1.0 / 7.0,
  1.0 / 8.0,
  1.0 / 9.0,
  1.0 / 10.0,
  1.0 / 11.0,
  1.0 / 12.0,
  1.0 / 13.0,
  1.0 / 14.0,
  1.0 / 15.0,
  1.0 / 16.0,
  1.0 / 17.0,
  1.0 / 18.0,
  1.0 / 19.0,
  1.0 / 20.0,
  1.0 / 21.0,
  1.0 / 22.0,
  1.0 / 23.0,
  1.0 / 24.0,
  1.0 / 25.0,
  1.0 / 26.0,
  1.0 / 27.0,
  1.0 / 28.0,
  1.0 / 29.0,
  1.0 / 30.0,
  1.0 / 31.0,
  1.0 / 32.0,
  1.0 / 33.0,
  1.0 / 34.0,
  1.0 / 35.0,
  1.0 / 36.0,
  1.0 / 37.0,
  1.0 / 38.0,
  1.0 / 39.0,
  1.0 / 40.0,
  1.0 / 41.0,
  1.0 / 42.0,
  1.0 / 43.0,
  1.0 / 44.0,
  1.0 / 45.0,
  1.0 / 46.0,
  1.0 / 47.0,
  1.0 / 48.0,
  1.0 / 49.0,
  1.0 / 50.0,
  1.0 / 51.0,
  1.0 / 52.0,
  1.0 / 53.0,
  1.0 / 54.0,
  1.0 / 55.0,
  1.0 / 56.0,
  1.0 / 57.0,
  1.0 / 58.0,
  1.0 / 59.0,
  1.0 / 60.0,
  1.0 / 61.0,
  1.0 / 62.0,
  1.0 / 63.0,
  1.0 / 64.0,
]);
const SUM_ERROR: usize = 4;
const FIRST_RECIPROCAL: usize = 8;

/**
 * The smallest counts whose cumulative probability reaches (word + 0.5) / 2^32, as f32.
 * @param mean f32, 0 to 20.
 * @param reciprocals address of f64 1/0 (unused), 1/1, 1/2, … 1/127.
 */
export function poissonQuad(mean: v128, words: v128, reciprocals: usize): v128 {
  const whole = f32x4.convert_i32x4_s(i32x4.shr_u(words, 8));
  const uniform = f32x4.mul(whole, v128.load32_splat(FACTORS));
  const error = v128.load32_splat(FACTORS, SUM_ERROR);
  const least = f32x4.sub(uniform, error);
  const most = f32x4.add(uniform, error);
  let probability = expNegativeQuad(mean);
  let sum = probability;
  let leastCount = i32x4.splat(0);
  let mostCount = leastCount;
  let reciprocal = FACTORS + FIRST_RECIPROCAL;
  for (let term: u32 = 0; term < MOST_TERMS && i32x4.bitmask(f32x4.gt(most, sum)) != 0; term += TERMS) {
    for (let i: u32 = 0; i < TERMS; i++) {
      // A mask is -1.
      leastCount = i32x4.sub(leastCount, f32x4.gt(least, sum));
      mostCount = i32x4.sub(mostCount, f32x4.gt(most, sum));
      probability = f32x4.mul(probability, f32x4.mul(mean, v128.load32_splat(reciprocal)));
      sum = f32x4.add(sum, probability);
      reciprocal += 4;
    }
  }
  if (v128.any_true(v128.xor(leastCount, mostCount))) return exactPoisson(mean, words, reciprocals);
  return f32x4.convert_i32x4_s(leastCount);
}

function exactPoisson(mean: v128, words: v128, reciprocals: usize): v128 {
  const upperWords = v128.shuffle<i64>(words, words, 1, 1);
  const meanA = f64x2.promote_low_f32x4(mean);
  const meanB = f64x2.promote_low_f32x4(v128.shuffle<i64>(mean, mean, 1, 1));
  const uniformA = uniformPair(words);
  const uniformB = uniformPair(upperWords);
  let probabilityA = expPair(f64x2.neg(meanA));
  let probabilityB = expPair(f64x2.neg(meanB));
  let sumA = probabilityA;
  let sumB = probabilityB;
  const one = f64x2.splat(1);
  let countA = f64x2.splat(0);
  let countB = countA;
  const end = reciprocals + ((<usize>LARGEST_COUNT) << 3);
  for (let at = reciprocals + 8; at <= end; at += 8) {
    const beyondA = f64x2.gt(uniformA, sumA);
    const beyondB = f64x2.gt(uniformB, sumB);
    if (!v128.any_true(v128.or(beyondA, beyondB))) break;
    const reciprocal = v128.load64_splat(at);
    countA = f64x2.add(countA, v128.and(beyondA, one));
    countB = f64x2.add(countB, v128.and(beyondB, one));
    probabilityA = f64x2.mul(probabilityA, f64x2.mul(meanA, reciprocal));
    probabilityB = f64x2.mul(probabilityB, f64x2.mul(meanB, reciprocal));
    sumA = f64x2.add(sumA, probabilityA);
    sumB = f64x2.add(sumB, probabilityB);
  }
  const low = f32x4.demote_f64x2_zero(countA);
  return v128.shuffle<i64>(low, f32x4.demote_f64x2_zero(countB), 0, 2);
}
