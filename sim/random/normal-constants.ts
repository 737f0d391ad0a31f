/**
 * Shape of the normal-quantile table, read by asc and tsc. The lower 31 bits v of a word give x = f32(v) + 0.5 and the
 * tail probability x / 2^32; the float's exponent and upper mantissa bits select the segment, the rest is the position in it.
 */
export const SEGMENT_BITS = 3;
/** Exponent field of the smallest x, 0.5. */
export const FIRST_EXPONENT = 126;
/** Exponent field of the largest x, 2^31 (v rounds up). */
export const LAST_EXPONENT = 158;
/** Four f32 coefficients, constant first. */
export const BYTES_PER_SEGMENT = 16;
