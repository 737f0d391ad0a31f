/**
 * Constants of the exponential in f32: a constant in all lanes takes three instructions, loaded from memory one. Taylor
 * coefficients from 1/7! to 1/2!; log2(e); ln 2 in two parts, of which the first has 9 bits, so that its products with
 * small integers are exact; and 1.5 x 2^23 + 127: added to a whole n of few bits, it leaves n + 127 in the lowest bits (four
 * instructions less than a conversion, which minds what is no number).
 */
const FACTORS: usize = memory.data<f32>([
  1.0 / 5040.0,
  1.0 / 720.0,
  1.0 / 120.0,
  1.0 / 24.0,
  1.0 / 6.0,
  0.5,
  1.4426950216293335,
  0.693359375,
  -2.1219444005469057e-4,
  12583039,
  80,
  0.1156,
]);
const LOG2_E: usize = 24;
const LN2_HIGH: usize = 28;
const LN2_LOW: usize = 32;
const EXPONENT_BIAS: usize = 36;
/** Larger exponents count as this one. */
const LARGEST_EXPONENT: usize = 40;
/** Up to its root, 0.34, n is 0 below. */
const SHORT_RANGE_SQUARED: usize = 44;

/** In all lanes. */
function factor(at: usize): v128 {
  return v128.load32_splat(FACTORS + at);
}

/** exp(r) - 1, |r| <= ln(2)/2: Taylor polynomial of degree 7. */
function expMinusOne(r: v128): v128 {
  let tail = factor(0);
  for (let at: usize = 4; at <= 20; at += 4) tail = f32x4.add(f32x4.mul(tail, r), factor(at));
  return f32x4.add(r, f32x4.mul(f32x4.mul(r, r), tail));
}

/** n of exp(y) = 2^n exp(r). */
function wholePowers(y: v128): v128 {
  return f32x4.nearest(f32x4.mul(y, factor(LOG2_E)));
}

/** exp(r) - 1. */
function restMinusOne(y: v128, n: v128): v128 {
  const high = f32x4.sub(y, f32x4.mul(n, factor(LN2_HIGH)));
  return expMinusOne(f32x4.sub(high, f32x4.mul(n, factor(LN2_LOW))));
}

/** 2^n of whole n from -126 to 127. */
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(f32x4.add(n, factor(EXPONENT_BIAS)), 23);
}

/** exp(-x) of four x from 0 to 80, relative error below 3e-7. */
export function expNegativeQuad(x: v128): v128 {
  const y = f32x4.sub(f32x4.splat(0), x);
  const n = wholePowers(y);
  return f32x4.mul(powerOfTwo(n), f32x4.add(f32x4.splat(1), restMinusOne(y, n)));
}

/**
 * 1 - exp(-x) for four x from -80 up, none of them 0 (larger than 80 counts as 80). Relative error below 3e-7, also where x
 * is tiny: exp(-x) = 2^n (1 + p) with p = exp(r) - 1, |r| <= ln(2)/2. If n is 0 in all lanes, all but p is left out: same
 * bits.
 */
export function oneMinusExp(x: v128): v128 {
  const zero = f32x4.splat(0);
  const y = f32x4.sub(zero, f32x4.pmin(x, factor(LARGEST_EXPONENT)));
  const far = f32x4.gt(f32x4.mul(y, y), factor(SHORT_RANGE_SQUARED));
  if (i32x4.bitmask(far) == 0) return f32x4.sub(zero, expMinusOne(y));
  const n = wholePowers(y);
  const p = restMinusOne(y, n);
  const power = powerOfTwo(n);
  return f32x4.sub(f32x4.sub(f32x4.splat(1), power), f32x4.mul(power, p));
}
