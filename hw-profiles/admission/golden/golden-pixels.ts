import type { GoldenMaps } from "./golden-case.ts";

/** Numerical Recipes' generator: the same on every machine. */
const MULTIPLIER = 1664525;
const INCREMENT = 1013904223;

/** Whole numbers below `limit` (at most 65536), without end. */
export function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, MULTIPLIER) + INCREMENT) >>> 0;
    return ((state >>> 16) * limit) >>> 16;
  };
}

/** Maps with a spread, and one defect in 16 pixels. */
export function goldenMaps(pixels: number, next: (limit: number) => number): GoldenMaps {
  return {
    offsetDn16: Uint16Array.from({ length: pixels }, () => 1500 + next(100)),
    darkDn16: Uint16Array.from({ length: pixels }, () => next(400)),
    bad: Uint8Array.from({ length: pixels }, () => (next(16) === 0 ? 1 : 0)),
  };
}
