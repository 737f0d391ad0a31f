import {
  INV_FACTORIAL_2,
  INV_FACTORIAL_3,
  INV_FACTORIAL_4,
  INV_FACTORIAL_5,
  INV_FACTORIAL_6,
  INV_FACTORIAL_7,
  INV_FACTORIAL_8,
  INV_FACTORIAL_9,
  INV_FACTORIAL_10,
  INV_FACTORIAL_11,
  INV_FACTORIAL_12,
  INV_FACTORIAL_13,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
} from "../../math/exp-constants.ts";

/** Below this the result would not be a normal number; exp gives 0. */
const SMALLEST_EXPONENT: f64 = -700;

/** e to the x in f64 for x <= 0, the same bits as sim/math/exponential.ts down to -700, 0 below. */
export function expNegative(x: f64): f64 {
  if (x < SMALLEST_EXPONENT) return 0;
  const k = Math.floor(x * LOG2_E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let tail = INV_FACTORIAL_13;
  tail = tail * r + INV_FACTORIAL_12;
  tail = tail * r + INV_FACTORIAL_11;
  tail = tail * r + INV_FACTORIAL_10;
  tail = tail * r + INV_FACTORIAL_9;
  tail = tail * r + INV_FACTORIAL_8;
  tail = tail * r + INV_FACTORIAL_7;
  tail = tail * r + INV_FACTORIAL_6;
  tail = tail * r + INV_FACTORIAL_5;
  tail = tail * r + INV_FACTORIAL_4;
  tail = tail * r + INV_FACTORIAL_3;
  tail = tail * r + INV_FACTORIAL_2;
  const power = reinterpret<f64>((<i64>k + 1023) << 52);
  return (1 + (r + r * r * tail)) * power;
}
