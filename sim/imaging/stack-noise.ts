// What noise is left in the means of the factory's stacks of dark frames.

import type { LevelModel } from "./level-model.ts";

const QUANTISATION_DN2 = 1 / 12;

/** Dark times of a line, s: to its first read (0 if the frame has only one) and to its last. */
export interface DarkTimes {
  readonly firstS: number;
  readonly lastS: number;
}

export interface StackSize {
  /** Frames of a stack. */
  readonly frames: number;
  /** Reads of a frame. */
  readonly reads: number;
  /** Pixels of a bin. */
  readonly pixels: number;
}

/** Standard deviations of the means of stacks, DN. */
export class StackNoise {
  /** Of one read without exposure. */
  readonly zeroDn: number;
  readonly #levels: LevelModel;
  readonly #size: StackSize;
  readonly #slopeDnPerE: number;
  readonly #readDn2: number;
  readonly #resetDn2: number;

  constructor(levels: LevelModel, resetE: number, size: StackSize) {
    const { frames, pixels } = size;
    const slope = levels.slopeDnPerE(0);
    this.#levels = levels;
    this.#size = size;
    this.#slopeDnPerE = slope;
    this.#readDn2 = levels.readVarianceDn2() / pixels + QUANTISATION_DN2;
    this.#resetDn2 = (resetE * resetE * slope * slope) / pixels;
    this.zeroDn = Math.sqrt((this.#readDn2 + this.#resetDn2) / frames);
  }

  /** Variance, DN^2, of what a dark frame of a line measures, without shot noise. */
  fixedDn2({ firstS, lastS }: DarkTimes): number {
    const { pixels, reads } = this.#size;
    if (reads === 1) return this.#readDn2 + this.#resetDn2;
    return 2 * (this.#readDn2 - this.#levels.readCovarianceDn2(lastS - firstS) / pixels);
  }

  /** Of what the dark stack measures, where `darkE` electrons come between first and last read. */
  darkDn(fixedDn2: number, darkE: number): number {
    const { frames, pixels } = this.#size;
    const slope = this.#slopeDnPerE;
    const shotDn2 = (Math.max(0, darkE) * slope * slope) / pixels;
    return Math.sqrt((fixedDn2 + shotDn2) / frames);
  }
}
