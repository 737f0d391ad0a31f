import { PIXEL_INVALID } from "../../../hw-profiles/interface/pixel-flags.ts";
import type { Captured } from "./capture.ts";

/** none: no range, nothing hit, or a surface beyond the sensor's window. */
export type PixelKind = "mixed" | "good" | "none";

/** The simulator's arithmetic leaves rounding in the share of a pixel with one surface. */
const UNMIXED_SHARE = 1e-6;

/** What each pixel is by the truth: mixed if its rays fall into surfaces with a gap of more than 0.10 m, however few they are. */
export function classify({ farthestM, frame, truth }: Captured): PixelKind[] {
  return Array.from(frame.flags, (flags, i) => {
    const sigmaM = frame.sigmaM[i]!;
    const hasRange = (flags & PIXEL_INVALID) === 0 && sigmaM > 0 && sigmaM < Infinity;
    const isInReach = Math.max(truth.rangeM[i]!, truth.secondRangeM[i]!) < farthestM;
    if (!hasRange || !(truth.rangeM[i]! > 0) || !isInReach) return "none";
    return truth.secondFraction[i]! > UNMIXED_SHARE ? "mixed" : "good";
  });
}
