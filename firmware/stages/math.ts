// Elementary functions from + - * / alone, so that every machine and the TypeScript reference agree to the last bit.

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const LOG2_E: f64 = Math.LOG2E;
/** Terms of the Taylor series of exp on |r| <= ln2 / 2: the first one left out is below 1 ulp. */
const EXP_TERMS: i32 = 14;

/** base^exponent for a whole exponent >= 0, by squaring: exact while base is a power of two. */
export function wholePower(base: f64, exponent: i32): f64 {
  let result: f64 = 1;
  let factor = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if ((rest & 1) !== 0) result *= factor;
    factor *= factor;
  }
  return result;
}

/** e^x to 6e-9 of its value, for |x| <= 700: enough for f32, without a division. */
export function expShort(x: f64): f64 {
  const k = Math.floor(x * LOG2_E + 0.5);
  const r = x - k * Math.LN2;
  const high = 1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0 + r * (1.0 / 5040.0)));
  const sum = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * high)));
  return sum * reinterpret<f64>((i64(k) + 1023) << 52);
}

/** e^x for x <= 700; 0 below -700. */
export function exp(x: f64): f64 {
  if (x < -700.0) return 0;
  const k = Math.floor(x * LOG2_E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum: f64 = 1;
  for (let term = EXP_TERMS; term > 0; term--) sum = 1.0 + (r * sum) / f64(term);
  return k < 0.0 ? sum * wholePower(0.5, -i32(k)) : sum * wholePower(2.0, i32(k));
}
