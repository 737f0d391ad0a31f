import * as F from "../../hw-profiles/interface/pixel-flags.ts";
import type { FrameCounters } from "../camera/frame.ts";
import type { Trailer } from "./trailer.ts";

export function countersOf(trailer: Trailer): FrameCounters {
  const { validPixels, noReturn, lowSignal, saturated, misfit, bad, window } = trailer;
  return { validPixels, noReturn, lowSignal, saturated, misfit, bad, window };
}

/** What a trailer would have said, from the flags of the pixels that arrived. */
export function countFlags(flags: Uint8Array): FrameCounters {
  const pixelsByFlags = new Uint32Array(256);
  for (const value of flags) pixelsByFlags[value]!++;
  const count = (mask: number, set: boolean): number =>
    pixelsByFlags.reduce((sum, pixels, value) => sum + (((value & mask) !== 0) === set ? pixels : 0), 0);
  return {
    validPixels: count(F.PIXEL_INVALID, false),
    noReturn: count(F.PIXEL_NO_RETURN, true),
    lowSignal: count(F.PIXEL_LOW_SIGNAL, true),
    saturated: count(F.PIXEL_SATURATED, true),
    misfit: count(F.PIXEL_MISFIT, true),
    bad: count(F.PIXEL_BAD, true),
    window: count(F.PIXEL_WINDOW, true),
  };
}
