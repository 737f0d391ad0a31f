const LARGEST_POWER = 1023;
const SMALLEST_POWER = -1022;

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(LARGEST_POWER - SMALLEST_POWER + 1);
  let up = 1;
  for (let k = 0; k <= LARGEST_POWER; k++, up *= 2) powers[k - SMALLEST_POWER] = up;
  let down = 1;
  for (let k = 0; k >= SMALLEST_POWER; k--, down *= 0.5) powers[k - SMALLEST_POWER] = down;
  return powers;
}

const POWERS = powersOfTwo();

/** 2^k exactly, for -1022 <= k <= 1023. */
function powerOfTwo(k: number): number {
  return POWERS[k - SMALLEST_POWER]!;
}

/** x * 2^k with one rounding, for 0.5 <= |x| < 2 and |k| <= 1076. */
export function scaleByPowerOfTwo(x: number, k: number): number {
  if (k > LARGEST_POWER) return x * powerOfTwo(LARGEST_POWER) * powerOfTwo(k - LARGEST_POWER);
  if (k < SMALLEST_POWER) return x * powerOfTwo(k + 1000) * powerOfTwo(-1000);
  return x * powerOfTwo(k);
}

const view = new DataView(new ArrayBuffer(8));
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_TO_54 = 18014398509481984;
const SQRT_2 = 1.4142135623730951;

/** Splits a positive finite x into mantissa * 2^exponent with mantissa in [sqrt(1/2), sqrt(2)). */
export function splitFloat(x: number): { mantissa: number; exponent: number } {
  const subnormal = x < SMALLEST_NORMAL;
  view.setFloat64(0, subnormal ? x * TWO_TO_54 : x);
  const high = view.getInt32(0);
  const exponent = (high >> 20) - 1023 - (subnormal ? 54 : 0);
  view.setInt32(0, (high & 0xfffff) | 0x3ff00000);
  const mantissa = view.getFloat64(0);
  return mantissa >= SQRT_2 ? { mantissa: mantissa / 2, exponent: exponent + 1 } : { mantissa, exponent };
}
