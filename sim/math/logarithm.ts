import * as DD from "./double-double.ts";
import { LN2_HIGH, LN2_LOW } from "./exp-constants.ts";
import { splitFloat } from "./float-bits.ts";

/** 1/5, 1/7, … of atanh's series, highest first; |s| <= 0.1716, so the first term left out is below 2^-70. */
const ATANH_TAIL = [25, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5].map((n) => 1 / n);
const THIRD: DD.DoubleDouble = DD.divide(1, 3);

/**
 * ln(x) as an unevaluated sum of two f64 (relative error about 2^-64), for finite x > 0:
 * x = m * 2^e, ln m = 2 atanh(s) with s = (m - 1)/(m + 1). pow needs the extra bits.
 */
export function logDoubleDouble(x: number): DD.DoubleDouble {
  const { mantissa, exponent } = splitFloat(x);
  const denominator = DD.twoSum(mantissa, 1);
  const numerator = mantissa - 1;
  const rough = DD.divide(numerator, denominator.high);
  const s = DD.fastTwoSum(rough.high, rough.low - (rough.high * denominator.low) / denominator.high);
  const s2 = DD.multiply(s, s);
  let tail = 0;
  for (const coefficient of ATANH_TAIL) tail = tail * s2.high + coefficient;
  const inner = DD.add(THIRD, { high: tail * s2.high, low: 0 });
  const atanh = DD.add(s, DD.multiply(DD.multiply(s, s2), inner));
  const scaled = { high: 2 * atanh.high, low: 2 * atanh.low };
  return DD.add(DD.add({ high: exponent * LN2_HIGH, low: 0 }, DD.twoProduct(exponent, LN2_LOW)), scaled);
}

/** Natural logarithm, error below 1 ulp. 0 gives -Infinity, a negative number NaN. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  const value = logDoubleDouble(x);
  return value.high + value.low;
}
