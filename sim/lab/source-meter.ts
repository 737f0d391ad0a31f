/** Reading of a source meter: 16 bits in the smallest decade range that holds the current. */

const CODES = 32768;
/** Smallest range, A. */
const SMALLEST_RANGE_A = 1e-13;

/** `current` rounded to the meter's resolution, A. */
export function meterReading(currentA: number): number {
  let range = SMALLEST_RANGE_A;
  while (range < Math.abs(currentA) && range < 1e6) range *= 10;
  const step = range / CODES;
  return Math.round(currentA / step) * step;
}
