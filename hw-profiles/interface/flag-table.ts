// Name and meaning of every pixel flag. docs/registers.md is generated from this table.

import * as Flags from "./pixel-flags.ts";

export interface PixelFlagEntry {
  readonly mask: number;
  /** As in JSON output and file headers. */
  readonly key: string;
  readonly title: string;
  /** A pixel with this flag has no range. */
  readonly invalid: boolean;
  readonly doc: string;
  /** The mode that it belongs to; left out: both. */
  readonly mode?: "lidar" | "imaging";
}

function entry(mask: number, key: string, title: string, doc: string): PixelFlagEntry {
  return { mask, key, title, doc, invalid: (mask & Flags.PIXEL_INVALID) !== 0 };
}

/** The flags that pixels of this kind of frame can have. */
export function pixelFlagsOf(kind: "depth" | "image"): readonly PixelFlagEntry[] {
  const other = kind === "depth" ? "imaging" : "lidar";
  return PIXEL_FLAG_TABLE.filter(({ mode }) => mode !== other);
}

/** Every pixel flag, by bit. */
export const PIXEL_FLAG_TABLE: readonly PixelFlagEntry[] = [
  entry(Flags.PIXEL_NO_RETURN, "noReturn", "no return", "The amplitude stays below DetectionThreshold."),
  entry(Flags.PIXEL_LOW_SIGNAL, "lowSignal", "low signal", "The amplitude stays below LowSignalThreshold."),
  entry(
    Flags.PIXEL_SATURATED,
    "saturated",
    "saturated",
    "A sample reaches the saturation level: at least so much in the fit (LiDAR), the end of the ramp (imaging).",
  ),
  entry(
    Flags.PIXEL_MISFIT,
    "misfit",
    "misfit",
    "Chi-square of the fit exceeds MisfitThreshold: several returns, or the model does not hold. Imaging: a jump was left out of the ramp.",
  ),
  entry(Flags.PIXEL_BAD, "bad", "bad pixel", "Listed in the defect map of the device."),
  entry(Flags.PIXEL_WINDOW, "window", "window", "The estimate ran into the end of the range window."),
  {
    ...entry(
      Flags.PIXEL_REPLACED,
      "replaced",
      "replaced",
      "Imaging: a bad pixel whose value was made from its neighbours; stands beside bad.",
    ),
    mode: "imaging",
  },
  {
    ...entry(
      Flags.PIXEL_SEVERAL,
      "several",
      "several surfaces",
      "LiDAR: more than one surface, told apart by the waveform (further returns) or by the neighbours (set by the host).",
    ),
    mode: "lidar",
  },
  entry(Flags.PIXEL_MISSING, "missing", "missing", "Its bytes were lost on the way; set by the host."),
];
