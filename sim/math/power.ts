import { twoProduct } from "./double-double.ts";
import { exp } from "./exponential.ts";
import { logDoubleDouble } from "./logarithm.ts";

/** exp(high + low) with |low| tiny: exp(high) (1 + low). */
function expOfSum(high: number, low: number): number {
  const head = exp(high);
  return head === 0 || head === Number.POSITIVE_INFINITY ? head : head + head * low;
}

function powerOfPositive(x: number, y: number): number {
  if (x === Number.POSITIVE_INFINITY) return y > 0 ? x : 0;
  const logarithm = logDoubleDouble(x);
  const rough = y * logarithm.high;
  if (rough > 710) return Number.POSITIVE_INFINITY;
  if (rough < -746) return 0;
  const product = twoProduct(y, logarithm.high);
  return expOfSum(product.high, product.low + y * logarithm.low);
}

/**
 * x to the y for x >= 0 and finite y, error below 2 ulp for normal results. pow(x, 0) = 1; pow(0, y) is 0 or Infinity.
 * A negative x gives NaN: nothing here needs integer powers of negative numbers.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y) || x < 0) return Number.NaN;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return powerOfPositive(x, y);
}
