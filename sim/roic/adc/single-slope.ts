// Column single-slope ADC (physics of docs/timing.md). Everything in codes (DN), so that an ideal ramp has step 1.
// Not modelled: kickback, comparator delay, noise of the ramp.

/** A ramp that rises by one step a counter clock. */
export interface RampSpec {
  readonly bits: number;
  /** Level at count 0, DN. Half a code rounds: the mean quantisation error is then zero. */
  readonly startDn: number;
  /** Slope, DN a clock: 1 + gain error of the column. */
  readonly stepDn: number;
  /** Integral nonlinearity, DN, at equal distances from count 0 to count 2^bits; linear between. Empty: none. */
  readonly inlDn: readonly number[];
}

export const IDEAL_START_DN = 0.5;
/** Share of the slope that the nonlinearity may take away: the ramp must rise at every clock. */
const STEEPEST_FALL = 0.5;

export function idealRamp(bits: number): RampSpec {
  return { bits, startDn: IDEAL_START_DN, stepDn: 1, inlDn: [] };
}

/** @throws RangeError for a ramp that does not rise at every clock, and for fewer than two nonlinearity points. */
export function checkRamp({ bits, stepDn, inlDn }: RampSpec): void {
  if (!Number.isInteger(bits) || bits < 1 || bits > 16) {
    throw new RangeError(`ramp: found ${bits} bits, expected a whole number from 1 to 16`);
  }
  if (!(stepDn > 0)) throw new RangeError(`ramp: found a slope of ${stepDn} DN a clock, expected above 0`);
  if (inlDn.length === 1)
    throw new RangeError("ramp: found 1 nonlinearity point, expected none or at least 2");
  const spacing = 2 ** bits / (inlDn.length - 1);
  for (let i = 1; i < inlDn.length; i++) {
    const fall = (inlDn[i - 1]! - inlDn[i]!) / spacing;
    if (fall <= STEEPEST_FALL * stepDn) continue;
    throw new RangeError(
      `ramp: found a nonlinearity that falls by ${fall} DN a clock after point ${i - 1}, ` +
        `expected at most half of the slope, ${STEEPEST_FALL * stepDn}`,
    );
  }
}

/** V_ramp(n), DN. */
export function rampDn(spec: RampSpec, count: number): number {
  const { bits, inlDn, startDn, stepDn } = spec;
  return startDn + count * stepDn + inlAt(inlDn, 2 ** bits / (inlDn.length - 1), count);
}

/** Nonlinearity at a count (any number of the code range), DN, of points `spacing` counts apart; 0 without points. */
export function inlAt(inlDn: readonly number[], spacing: number, count: number): number {
  if (inlDn.length === 0) return 0;
  const at = count / spacing;
  const i = Math.min(Math.floor(at), inlDn.length - 2);
  return inlDn[i]! + (at - i) * (inlDn[i + 1]! - inlDn[i]!);
}

/**
 * First counter clock n at which the ramp has passed the input, V_ramp(n) > V; 2^bits when there is none. A tie, which
 * voltages never have but rounded numbers do, waits for the next clock: an ideal ramp gives floor(V + 0.5), as the
 * exposure rounds. Solved in closed form on the piece between two nonlinearity points where the ramp crosses; the last
 * bit of the division is then checked on the ramp itself.
 * @param inputDn V_pixel + offset of the column + noise, DN.
 */
export function crossingCount(spec: RampSpec, inputDn: number): number {
  const counts = 2 ** spec.bits;
  if (rampDn(spec, 0) > inputDn) return 0;
  if (!(rampDn(spec, counts - 1) > inputDn)) return counts;
  const { fromCount, fromDn, slopeDn } = pieceAt(spec, inputDn);
  let count = clamp(Math.floor(fromCount + (inputDn - fromDn) / slopeDn), 0, counts - 1);
  while (count > 0 && rampDn(spec, count - 1) > inputDn) count--;
  while (!(rampDn(spec, count) > inputDn)) count++;
  return count;
}

/** The latched code: a ramp that ends below the input leaves the last one. */
export function latchedCode(spec: RampSpec, inputDn: number): number {
  return Math.min(crossingCount(spec, inputDn), 2 ** spec.bits - 1);
}

interface Piece {
  readonly fromCount: number;
  readonly fromDn: number;
  readonly slopeDn: number;
}

/** The linear piece of the ramp that crosses `inputDn`. */
function pieceAt({ bits, startDn, stepDn, inlDn }: RampSpec, inputDn: number): Piece {
  if (inlDn.length === 0) return { fromCount: 0, fromDn: startDn, slopeDn: stepDn };
  const spacing = 2 ** bits / (inlDn.length - 1);
  const knotDn = (i: number) => startDn + i * spacing * stepDn + inlDn[i]!;
  let i = 0;
  while (i < inlDn.length - 2 && knotDn(i + 1) <= inputDn) i++;
  return { fromCount: i * spacing, fromDn: knotDn(i), slopeDn: (knotDn(i + 1) - knotDn(i)) / spacing };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
