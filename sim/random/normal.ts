import { FIRST_EXPONENT, SEGMENT_BITS } from "./normal-constants.ts";
import { buildNormalTable } from "./normal-table.ts";

const table = buildNormalTable();
const floatView = new Float32Array(1);
const bitsView = new Uint32Array(floatView.buffer);

/** The table behind normalFromWord; the kernels get a copy in their memory. Do not write to it. */
export function normalTable(): Float32Array {
  return table;
}

/**
 * Standard normal deviate of one random u32, in f32 with + - * only: |error| < 1e-6, symmetric, tails to +-6.34.
 * The SIMD kernel gives the same bits.
 */
export function normalFromWord(word: number): number {
  const f = Math.fround;
  floatView[0] = f(f(word & 0x7fffffff) + 0.5);
  const bits = bitsView[0]!;
  const index = ((bits >>> (23 - SEGMENT_BITS)) - (FIRST_EXPONENT << SEGMENT_BITS)) * 4;
  bitsView[0] = ((bits << SEGMENT_BITS) & 0x7fffff) | 0x3f800000;
  const r = f(floatView[0]! - 1.5);
  let z = table[index + 3]!;
  z = f(f(z * r) + table[index + 2]!);
  z = f(f(z * r) + table[index + 1]!);
  z = f(f(z * r) + table[index]!);
  return word >>> 31 ? -z : z;
}
