import * as Blocks from "../../../../hw-profiles/interface/memory-map.ts";
import { PIXEL_SATURATED } from "../../../../hw-profiles/interface/pixel-flags.ts";
import type { ReferenceParameters } from "../parameters.ts";
import { type DarkScales, flickerVariance, type ImagingConstants, linearDn } from "./constants.ts";

const fround = Math.fround;

/** A pixel before it becomes codes: f32 signal in DN and variance in DN^2. */
export interface PixelValue {
  readonly signal: number;
  readonly variance: number;
  readonly flags: number;
}

/** Single or CDS value. `reads`: codes of the pixel; maps in 1/16 DN. */
export function directValue(
  p: ReferenceParameters,
  c: ImagingConstants,
  reads: readonly number[],
  offsetDn16: number,
  darkDn16: number,
  scales: DarkScales,
): PixelValue {
  const clipped = reads.map((code) => Math.min(code, p.saturationDn));
  const cds = p.readMode === Blocks.READ_CDS;
  const read = linearDn(p, clipped.at(-1)!);
  const level = cds ? linearDn(p, clipped[0]!) : offsetDn16 / 16;
  const dark = fround(darkDn16 * scales.signal);
  const shown = fround(read - (c.offsetShown ? 0 : level));
  const charge = Math.max(0, fround(read - level));
  const shot = fround(charge * fround(c.variancePerDn + fround(charge * c.shotBend)));
  return {
    signal: fround(shown - dark),
    variance: fround(fround(shot + c.fixedVariance) + flickerVariance(c, scales, darkDn16, charge)),
    flags: reads.some((code) => code >= p.saturationDn) ? PIXEL_SATURATED : 0,
  };
}
