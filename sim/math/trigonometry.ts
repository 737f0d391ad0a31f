/**
 * sin and cos of f64 from + - * alone: reduction by pi/2 in three parts (Cody-Waite), then Taylor polynomials on |r| <= pi/4.
 */
const TWO_OVER_PI = 0.6366197723675814;
/** pi/2 in pieces of 33 bits, so that k times a piece is exact for |k| < 2^20. */
const HALF_PI_1 = 1.57079632673412561417;
const HALF_PI_2 = 6.0771005063039659766e-11;
const HALF_PI_3 = 2.0222662487111664558e-21;
const HALF_PI_4 = 8.47842766036889956997e-32;
/** Largest argument for which the reduction keeps its accuracy. */
const LARGEST_ARGUMENT = 1e6;

const SIN_TERMS = [19, 17, 15, 13, 11, 9, 7, 5, 3];
const COS_TERMS = [20, 18, 16, 14, 12, 10, 8, 6, 4];

function signedInverseFactorial(n: number): number {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return ((n >> 1) & 1 ? -1 : 1) / factorial;
}

const SIN_COEFFICIENTS = SIN_TERMS.map(signedInverseFactorial);
const COS_COEFFICIENTS = COS_TERMS.map(signedInverseFactorial);

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** sin(r + low), |r| <= pi/4. */
function sinReduced(r: number, low: number): number {
  const square = r * r;
  return r + (r * square * horner(SIN_COEFFICIENTS, square) + low * (1 - 0.5 * square));
}

/** cos(r + low), |r| <= pi/4: 1 - r^2/2 is kept with what its rounding lost. */
function cosReduced(r: number, low: number): number {
  const square = r * r;
  const half = 0.5 * square;
  const head = 1 - half;
  return head + (1 - head - half + (square * square * horner(COS_COEFFICIENTS, square) - r * low));
}

interface Reduced {
  readonly quadrant: number;
  readonly r: number;
  readonly low: number;
}

/** x - k pi/2 as r + low. */
function reduce(x: number): Reduced {
  if (!(x >= -LARGEST_ARGUMENT && x <= LARGEST_ARGUMENT)) {
    throw new RangeError(
      `angle ${x} is outside +-${LARGEST_ARGUMENT} rad: reduce it before calling sin or cos`,
    );
  }
  const k = Math.floor(x * TWO_OVER_PI + 0.5);
  const first = x - k * HALF_PI_1;
  const secondPart = k * HALF_PI_2;
  const second = first - secondPart;
  const lostBySecond = first - second - secondPart;
  const correction = k * HALF_PI_3 - lostBySecond + k * HALF_PI_4;
  const r = second - correction;
  return { quadrant: k & 3, r, low: second - r - correction };
}

/** Sine of x in rad, |x| <= 1e6, error below 1 ulp (2 ulp next to a multiple of pi). Throws RangeError beyond. */
export function sin(x: number): number {
  const { quadrant, r, low } = reduce(x);
  const value = quadrant & 1 ? cosReduced(r, low) : sinReduced(r, low);
  return quadrant & 2 ? -value : value;
}

/** Cosine of x in rad, |x| <= 1e6, error below 1 ulp (2 ulp next to an odd multiple of pi/2). Throws RangeError beyond. */
export function cos(x: number): number {
  const { quadrant, r, low } = reduce(x);
  const value = quadrant & 1 ? sinReduced(r, low) : cosReduced(r, low);
  return (quadrant + 1) & 2 ? -value : value;
}
