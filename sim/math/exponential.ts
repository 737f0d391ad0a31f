import * as C from "./exp-constants.ts";
import { scaleByPowerOfTwo } from "./float-bits.ts";

/** Local copies: some module loaders turn every use of an import into a property access. */
const { LOG2_E, LN2_HIGH, LN2_LOW } = C;
const COEFFICIENTS: readonly number[] = [
  C.INV_FACTORIAL_12,
  C.INV_FACTORIAL_11,
  C.INV_FACTORIAL_10,
  C.INV_FACTORIAL_9,
  C.INV_FACTORIAL_8,
  C.INV_FACTORIAL_7,
  C.INV_FACTORIAL_6,
  C.INV_FACTORIAL_5,
  C.INV_FACTORIAL_4,
  C.INV_FACTORIAL_3,
  C.INV_FACTORIAL_2,
];
const HIGHEST_COEFFICIENT = C.INV_FACTORIAL_13;

/** Polynomial of exp(r) for |r| <= ln(2)/2, Horner. */
function expReduced(r: number): number {
  let tail = HIGHEST_COEFFICIENT;
  for (const coefficient of COEFFICIENTS) tail = tail * r + coefficient;
  return 1 + (r + r * r * tail);
}

/** e to the x. Error below 1 ulp for normal results; overflows to Infinity, underflows gradually to 0. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.8) return Number.POSITIVE_INFINITY;
  if (x < -746) return 0;
  const k = Math.floor(x * LOG2_E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  return scaleByPowerOfTwo(expReduced(r), k);
}
