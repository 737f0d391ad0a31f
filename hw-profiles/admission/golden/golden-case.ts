/** A u32 or f32 field of the parameter block: PARAM_* and its value. */
export type GoldenField = readonly [offset: number, value: number];

/** Calibration maps of a frame, row by row; units as in LAYOUT_*. */
export interface GoldenMaps {
  readonly offsetDn16: Uint16Array;
  readonly darkDn16: Uint16Array;
  readonly bad: Uint8Array;
}

/** One frame that every module of a mode must be able to read out: what a sensor of that mode asks for at power-on. */
export interface GoldenCase {
  readonly name: "lidar" | "imaging";
  /** FEATURE_LIDAR or FEATURE_IMAGING: what a module has that accepts the parameters. */
  readonly feature: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** K or N. */
  readonly reads: number;
  /** Parameter block without its head and checksum. */
  readonly words: readonly GoldenField[];
  readonly reals: readonly GoldenField[];
  /** Codes, DN, u16 [read][row][column]. */
  readonly planes: Uint16Array;
  readonly maps: GoldenMaps;
  readonly temperatureMk: number;
}
