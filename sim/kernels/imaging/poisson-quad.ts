/**
 * Four Poisson counts at once by inversion. The counts are those of f64 sums, as f32 sums would leave out the upper tail;
 * sums in f32 come first, and where they cannot tell, about once in ten thousand times, the f64 ones decide.
 */
import * as C from "../../math/exp-constants.ts";
import { expMinusOne, LN2_HIGH, LN2_LOW, powerOfTwo } from "./collect-decay.ts";

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

/**
 * Bound of the error of a f32 sum for means up to 20: 3e-7 of e^-mean, 1.2e-7 a term in the terms' product, mean of them
 * counting, and half a unit in the last place of 1 for each of 60 additions; then 2^-24 that is cut off the word.
 */
const SUM_ERROR: f32 = 1e-5;
const TWO_TO_MINUS_24: f32 = 5.9604644775390625e-8;
/** Terms between two looks at whether all lanes are done. */
const TERMS: u32 = 4;
const MOST_TERMS: u32 = 64;

/** e^-mean, relative error below 3e-7; mean 0 to 20. */
function expQuad(mean: v128): v128 {
  const y = f32x4.neg(mean);
  const n = f32x4.nearest(f32x4.mul(y, f32x4.splat(<f32>C.LOG2_E)));
  const high = f32x4.sub(y, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const p = expMinusOne(f32x4.sub(high, f32x4.mul(n, f32x4.splat(LN2_LOW))));
  return f32x4.mul(powerOfTwo(n), f32x4.add(f32x4.splat(1), p));
}

/**
 * The smallest counts whose cumulative probability reaches (word + 0.5) / 2^32, as f32.
 * @param mean f32, 0 to 20.
 * @param reciprocals address of f64 1/0 (unused), 1/1, 1/2, … 1/127.
 */
export function poissonQuad(mean: v128, words: v128, reciprocals: usize): v128 {
  const uniform = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(TWO_TO_MINUS_24));
  const least = f32x4.sub(uniform, f32x4.splat(SUM_ERROR));
  const most = f32x4.add(uniform, f32x4.splat(SUM_ERROR));
  const one = f32x4.splat(1);
  let probability = expQuad(mean);
  let sum = probability;
  let n = one;
  let leastCount = i32x4.splat(0);
  let mostCount = leastCount;
  for (let term: u32 = 0; term < MOST_TERMS && v128.any_true(f32x4.gt(most, sum)); term += TERMS) {
    for (let i: u32 = 0; i < TERMS; i++) {
      // A mask is -1.
      leastCount = i32x4.sub(leastCount, f32x4.gt(least, sum));
      mostCount = i32x4.sub(mostCount, f32x4.gt(most, sum));
      probability = f32x4.mul(probability, f32x4.div(mean, n));
      sum = f32x4.add(sum, probability);
      n = f32x4.add(n, one);
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
