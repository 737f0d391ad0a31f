import * as C from "./exp-constants.ts";
import { scaleByPowerOfTwo } from "./float-bits.ts";

/** Polynomial of exp(r) for |r| <= ln(2)/2, Horner. */
function expReduced(r: number): number {
  let tail = C.INV_FACTORIAL_13;
  tail = tail * r + C.INV_FACTORIAL_12;
  tail = tail * r + C.INV_FACTORIAL_11;
  tail = tail * r + C.INV_FACTORIAL_10;
  tail = tail * r + C.INV_FACTORIAL_9;
  tail = tail * r + C.INV_FACTORIAL_8;
  tail = tail * r + C.INV_FACTORIAL_7;
  tail = tail * r + C.INV_FACTORIAL_6;
  tail = tail * r + C.INV_FACTORIAL_5;
  tail = tail * r + C.INV_FACTORIAL_4;
  tail = tail * r + C.INV_FACTORIAL_3;
  tail = tail * r + C.INV_FACTORIAL_2;
  return 1 + (r + r * r * tail);
}

/** e to the x. Error below 1 ulp for normal results; overflows to Infinity, underflows gradually to 0. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.8) return Number.POSITIVE_INFINITY;
  if (x < -746) return 0;
  const k = Math.floor(x * C.LOG2_E + 0.5);
  const r = x - k * C.LN2_HIGH - k * C.LN2_LOW;
  return scaleByPowerOfTwo(expReduced(r), k);
}
