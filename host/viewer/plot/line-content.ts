import type { ValueRange } from "../colour/scale.ts";

/** One curve over equally spaced x, or bars. NaN leaves a gap. */
export interface LineCurve {
  readonly firstX: number;
  readonly stepX: number;
  readonly values: ArrayLike<number>;
  readonly colour: string;
  /** Told beside the title, in the curve's colour. */
  readonly name?: string;
  /** A vertical mark in the curve's colour. */
  readonly markX?: number;
}

export interface LinePlotContent {
  readonly title: string;
  readonly xUnit: string;
  readonly curves: readonly LineCurve[];
  /** Undefined: fitted to the values. */
  readonly yRange?: ValueRange | undefined;
  /** Filled down to the bottom. */
  readonly filled?: boolean;
}
