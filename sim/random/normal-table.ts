import { BYTES_PER_SEGMENT, FIRST_EXPONENT, LAST_EXPONENT, SEGMENT_BITS } from "./normal-constants.ts";
import { upperQuantile } from "./normal-tail.ts";

const SEGMENTS_PER_OCTAVE = 1 << SEGMENT_BITS;
const COEFFICIENTS = BYTES_PER_SEGMENT / 4;
const TWO_TO_32 = 4294967296;

/** Chebyshev nodes of degree 4 on [-1/2, 1/2]: cos((2 i + 1) pi / 8) / 2. */
const OUTER_NODE = 0.461939766255643378;
const INNER_NODE = 0.191341716182544886;
const NODES = [-OUTER_NODE, -INNER_NODE, INNER_NODE, OUTER_NODE];

/** Monomial coefficients of the cubic through four points, by Newton's divided differences. */
function cubicThrough(x: readonly number[], y: readonly number[]): number[] {
  const differences = [...y];
  for (let order = 1; order < 4; order++) {
    for (let i = 3; i >= order; i--) {
      differences[i] = (differences[i]! - differences[i - 1]!) / (x[i]! - x[i - order]!);
    }
  }
  let polynomial = [differences[3]!, 0, 0, 0];
  for (let i = 2; i >= 0; i--) {
    const shifted = [0, polynomial[0]!, polynomial[1]!, polynomial[2]!];
    polynomial = shifted.map((value, power) => value - x[i]! * polynomial[power]!);
    polynomial[0]! += differences[i]!;
  }
  return polynomial;
}

/** Coefficients of the segment that starts at x = start and is `width` wide; position r runs from -1/2 to 1/2. */
function segment(start: number, width: number): number[] {
  const z = NODES.map((r) => -upperQuantile((start + (r + 0.5) * width) / TWO_TO_32));
  return cubicThrough(NODES, z);
}

/**
 * Cubic segments of the lower half of the standard normal quantile, f32 [octave][sub-segment][4].
 * Largest error of the quantile including f32 arithmetic: 1e-6 (tested). The last octave holds p = 1/2 alone and is 0.
 */
export function buildNormalTable(): Float32Array {
  const octaves = LAST_EXPONENT - FIRST_EXPONENT + 1;
  const table = new Float32Array(octaves * SEGMENTS_PER_OCTAVE * COEFFICIENTS);
  let octaveStart = 0.5;
  for (let octave = 0; octave < octaves - 1; octave++) {
    const width = octaveStart / SEGMENTS_PER_OCTAVE;
    for (let sub = 0; sub < SEGMENTS_PER_OCTAVE; sub++) {
      table.set(
        segment(octaveStart + sub * width, width),
        (octave * SEGMENTS_PER_OCTAVE + sub) * COEFFICIENTS,
      );
    }
    octaveStart *= 2;
  }
  return table;
}
