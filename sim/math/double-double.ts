/** Sum or product of two f64 without error: `high` is the rounded result, `low` what the rounding lost (Dekker 1971). */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

/** a + b exactly; |a| >= |b| is required. */
export function fastTwoSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  return { high, low: b - (high - a) };
}

/** a + b exactly, any order (Knuth). */
export function twoSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const bRounded = high - a;
  return { high, low: a - (high - bRounded) + (b - bRounded) };
}

/** Upper 26 bits of a (Veltkamp); |a| < 1e290. */
function upperHalf(a: number): number {
  const c = 134217729 * a;
  return c - (c - a);
}

/** a * b exactly, for |a|, |b| < 1e140. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const high = a * b;
  const aHigh = upperHalf(a);
  const aLow = a - aHigh;
  const bHigh = upperHalf(b);
  const bLow = b - bHigh;
  return { high, low: aLow * bLow - (high - aHigh * bHigh - aLow * bHigh - aHigh * bLow) };
}

/** Product of two double-doubles, relative error about 2^-102. */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const p = twoProduct(a.high, b.high);
  return fastTwoSum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

/** Sum of two double-doubles. */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const s = twoSum(a.high, b.high);
  return fastTwoSum(s.high, s.low + a.low + b.low);
}

/** a / b for plain numbers as a double-double. */
export function divide(a: number, b: number): DoubleDouble {
  const high = a / b;
  const p = twoProduct(high, b);
  return { high, low: (a - p.high - p.low) / b };
}
