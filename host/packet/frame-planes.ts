/** Arrays that a frame's ranges and flags are decoded into; width x height each, row-major. */
export interface RangePlanes {
  readonly rangeM: Float32Array;
  readonly flags: Uint8Array;
}

/** Lends memory to frames of depth, which otherwise get arrays of their own: see geometry/frame-memory.ts. */
export interface FramePlanes {
  /** Planes of any content that no frame uses, or undefined when there are none of that size. */
  lend(width: number, height: number): RangePlanes | undefined;
  /** The frame that has this `rangeM` is used no longer; of arrays that were not lent nothing happens. */
  giveBack(rangeM: Float32Array): void;
  /** No frame is used any longer. */
  giveBackAll(): void;
}
