import { LOG2_E } from "../../math/exp-constants.ts";

/** ln 2 in two parts; the first has 9 bits, so its products with small integers are exact. */
export const LN2_HIGH: f32 = 0.693359375;
export const LN2_LOW: f32 = -2.1219444005469057e-4;
const LARGEST_EXPONENT: f32 = 80;

/**
 * 1.5 x 2^23 + 127: added to a whole n of few bits, it leaves n + 127 in the lowest bits. Four instructions less than a
 * conversion, which minds what is no number.
 */
const EXPONENT_BIAS: f32 = 12583039;

/** Up to here n is 0 below. */
const SHORT_RANGE: f32 = 0.34;

/** exp(r) - 1, |r| <= ln(2)/2: Taylor polynomial of degree 7. */
export function expMinusOne(r: v128): v128 {
  let tail = f32x4.splat(<f32>(1.0 / 5040.0));
  tail = f32x4.add(f32x4.mul(tail, r), f32x4.splat(<f32>(1.0 / 720.0)));
  tail = f32x4.add(f32x4.mul(tail, r), f32x4.splat(<f32>(1.0 / 120.0)));
  tail = f32x4.add(f32x4.mul(tail, r), f32x4.splat(<f32>(1.0 / 24.0)));
  tail = f32x4.add(f32x4.mul(tail, r), f32x4.splat(<f32>(1.0 / 6.0)));
  tail = f32x4.add(f32x4.mul(tail, r), f32x4.splat(0.5));
  return f32x4.add(r, f32x4.mul(f32x4.mul(r, r), tail));
}

/** 2^n of whole n from -126 to 127. */
export function powerOfTwo(n: v128): v128 {
  return i32x4.shl(f32x4.add(n, f32x4.splat(EXPONENT_BIAS)), 23);
}

/**
 * 1 - exp(-x) for four x from -80 up (larger than 80 counts as 80). Relative error below 3e-7, also where x is tiny:
 * exp(-x) = 2^n (1 + p) with p = exp(r) - 1, |r| <= ln(2)/2. If n is 0 in all lanes, all but p is left out: same bits.
 */
export function oneMinusExp(x: v128): v128 {
  const y = f32x4.neg(f32x4.pmin(x, f32x4.splat(LARGEST_EXPONENT)));
  if (!v128.any_true(f32x4.gt(f32x4.abs(y), f32x4.splat(SHORT_RANGE)))) return f32x4.neg(expMinusOne(y));
  const n = f32x4.nearest(f32x4.mul(y, f32x4.splat(<f32>LOG2_E)));
  const high = f32x4.sub(y, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const p = expMinusOne(f32x4.sub(high, f32x4.mul(n, f32x4.splat(LN2_LOW))));
  const power = powerOfTwo(n);
  return f32x4.sub(f32x4.sub(f32x4.splat(1), power), f32x4.mul(power, p));
}
