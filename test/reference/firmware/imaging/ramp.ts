import * as Blocks from "../../../../hw-profiles/interface/memory-map.ts";
import { PIXEL_MISFIT, PIXEL_SATURATED } from "../../../../hw-profiles/interface/pixel-flags.ts";
import type { ReferenceParameters } from "../parameters.ts";
import { type DarkScales, flickerVariance, type ImagingConstants, linearDn } from "./constants.ts";
import type { PixelValue } from "./direct.ts";
import { type Elimination, eliminate, largestGain } from "./elimination.ts";

const fround = Math.fround;
const UNKNOWN = fround(1e30);

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => fround(total + value), 0);
}

function startRate(c: ImagingConstants, reads: readonly number[], usable: number): number {
  if (usable < 2) return 0;
  if (usable < reads.length) return fround(fround(reads[usable - 1]! - reads[0]!) / (usable - 1));
  const moments = reads.map((read, i) => fround((2 * i - c.intervals) * read));
  return fround(sum(moments) * c.slopeFactor);
}

/** The fit without the difference that gains most, or undefined if none gains enough. */
function withoutJump(
  c: ImagingConstants,
  reads: readonly number[],
  use: ReadonlySet<number>,
  fit: Elimination,
): { readonly use: ReadonlySet<number>; readonly fit: Elimination } | undefined {
  const suspect = largestGain(fit, use);
  if (suspect.index === 0 || suspect.gain <= c.screenLevel) return undefined;
  const others = new Set([...use].filter((i) => i !== suspect.index));
  const differences = [...others].map((i) => fround(reads[i]! - reads[i - 1]!));
  const rate = fround(sum(differences) / others.size);
  const again = largestGain(eliminate(c, reads, use, rate), use);
  if (again.index !== suspect.index || again.gain <= c.jumpLevel) return undefined;
  return { use: others, fit: eliminate(c, reads, others, rate) };
}

function rejectJumps(
  c: ImagingConstants,
  reads: readonly number[],
  use: ReadonlySet<number>,
  fit: Elimination,
): { readonly fit: Elimination; readonly jumped: boolean } {
  let best = { use, fit };
  for (let drops = 0; drops < 2 && best.use.size >= 3; drops++) {
    const next = withoutJump(c, reads, best.use, best.fit);
    if (next === undefined) break;
    best = next;
  }
  return { fit: best.fit, jumped: best.use !== use };
}

/** Value of a ramp. `codes` of the pixel's reads. */
export function rampValue(
  p: ReferenceParameters,
  c: ImagingConstants,
  codes: readonly number[],
  darkDn16: number,
  scales: DarkScales,
): PixelValue {
  const reads = codes.map((code) => linearDn(p, code));
  const end = codes.findIndex((code) => code >= p.saturationDn);
  const usable = end < 0 ? reads.length : end;
  const flags = end < 0 ? 0 : PIXEL_SATURATED;
  if (usable < 2) return { signal: UNKNOWN, variance: UNKNOWN, flags };
  const use = new Set(Array.from({ length: usable - 1 }, (_, i) => i + 1));
  const first = eliminate(c, reads, use, startRate(c, reads, usable));
  const look = (p.corrections & Blocks.CORRECT_JUMPS) !== 0 && usable >= 4 && first.misfit > c.screenLevel;
  const { fit, jumped } = look ? rejectJumps(c, reads, use, first) : { fit: first, jumped: false };
  const charge = fround(fit.slope * c.intervals);
  const flicker = flickerVariance(c, scales, darkDn16, Math.max(charge, 0));
  return {
    signal: fround(charge - fround(darkDn16 * scales.signal)),
    variance: fround(fround(c.rampVariance / fit.weight) + flicker),
    flags: flags | (jumped ? PIXEL_MISFIT : 0),
  };
}
