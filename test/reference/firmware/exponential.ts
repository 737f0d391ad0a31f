const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const TERMS = 14;

function powerOfTwo(exponent: number): number {
  let result = 1;
  for (let i = 0; i < Math.abs(exponent); i++) result *= exponent < 0 ? 0.5 : 2;
  return result;
}

/** e^x from + - * / alone: range reduction by ln 2, Taylor series, power of two. 0 below -700. */
export function exp(x: number): number {
  if (x < -700) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let term = TERMS; term > 0; term--) sum = 1 + (r * sum) / term;
  return sum * powerOfTwo(k);
}

/** e^x to 6e-9 of its value, without a division. */
export function expShort(x: number): number {
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * Math.LN2;
  let sum = 1 / 5040;
  for (const coefficient of [1 / 720, 1 / 120, 1 / 24, 1 / 6, 0.5, 1, 1]) sum = coefficient + r * sum;
  return sum * powerOfTwo(k);
}
