import * as F from "../../../hw-profiles/interface/pixel-flags.ts";

export interface FlagName {
  readonly mask: number;
  readonly text: string;
  /** The only kind of frame that has it; left out: both. */
  readonly kind?: "depth" | "image";
}

export const FLAG_NAMES: readonly FlagName[] = [
  { mask: F.PIXEL_NO_RETURN, text: "no return" },
  { mask: F.PIXEL_LOW_SIGNAL, text: "low signal" },
  { mask: F.PIXEL_SATURATED, text: "saturated" },
  { mask: F.PIXEL_MISFIT, text: "misfit" },
  { mask: F.PIXEL_BAD, text: "bad pixel" },
  { mask: F.PIXEL_WINDOW, text: "at the end of the range window" },
  { mask: F.PIXEL_REPLACED, text: "replaced by its neighbours", kind: "image" },
  { mask: F.PIXEL_SEVERAL, text: "several surfaces", kind: "depth" },
  { mask: F.PIXEL_MISSING, text: "lost on the way" },
];

/** Flags of a pixel of such a frame in words; "none" for a clean one. */
export function flagsInWords(flags: number, frame: "depth" | "image"): string {
  const words = FLAG_NAMES.filter(({ kind = frame, mask }) => kind === frame && (flags & mask) !== 0).map(
    ({ text }) => text,
  );
  return words.length > 0 ? words.join(", ") : "none";
}
