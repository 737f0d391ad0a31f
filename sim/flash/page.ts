// 256 bytes of cells. Pages are never changed, only replaced, so that snapshots of a flash share them. Cells are kept as
// if erased read 1: a part whose erased cells read 0 is the mirror image, see nor-flash.ts.
import { mix, mixBytes } from "./mix.ts";

/** A NOR flash programs within pages of this size. */
export const PAGE_BYTES = 256;
const ERASED_BYTE = 0xff;

/**
 * How cells that a cut left between two levels read, power session after power session:
 * flicker: differently at every read; fading: as finished at first, as before later; emerging: the other way round.
 */
export type Drift = "flicker" | "fading" | "emerging";

/** Cells between two levels. */
export interface Doubt {
  readonly drift: Drift;
  /** Power sessions since the cut, at most OLDEST. */
  readonly age: number;
  /** First byte in the page. */
  readonly start: number;
  /** Which bits are in doubt, and what they were before. */
  readonly bits: Uint8Array;
  readonly before: Uint8Array;
}

export interface Page {
  readonly bytes: Uint8Array;
  readonly doubts: readonly Doubt[];
  /** Two independent hashes of all of it. */
  readonly hash: readonly [number, number];
}

/** From this age on a doubt repeats what it did. */
const OLDEST = 2;
const SEEDS = [0x243f6a88, 0x85a308d3] as const;
const DRIFTS: readonly Drift[] = ["flicker", "fading", "emerging"];

function hashDoubt(hash: number, doubt: Doubt): number {
  let state = mix(hash, (doubt.start << 4) | (doubt.age << 2) | DRIFTS.indexOf(doubt.drift));
  doubt.bits.forEach((bits, at) => {
    state = mix(state, (bits << 8) | (doubt.before[at]! & bits));
  });
  return state;
}

export function makePage(bytes: Uint8Array, doubts: readonly Doubt[]): Page {
  const hashWith = (seed: number) => doubts.reduce(hashDoubt, mixBytes(seed, bytes));
  return { bytes, doubts, hash: [hashWith(SEEDS[0]), hashWith(SEEDS[1])] };
}

/** All pages that are erased and solid are this one. */
export const ERASED_PAGE: Page = makePage(new Uint8Array(PAGE_BYTES).fill(ERASED_BYTE), []);

function without(doubt: Doubt, start: number, data: Uint8Array): Doubt {
  const bits = doubt.bits.map((mask, at) => mask & (data[doubt.start + at - start] ?? ERASED_BYTE));
  return { ...doubt, bits };
}

function isDoubtful(doubt: Doubt): boolean {
  return doubt.bits.some((bits) => bits !== 0);
}

/** The page after `data` was programmed from `start` on: cells go to 0 and are solid then, none goes to 1. */
export function programmed(page: Page, start: number, data: Uint8Array): Page {
  const bytes = page.bytes.slice();
  for (let at = 0; at < data.length; at++) bytes[start + at]! &= data[at]!;
  if (page.doubts.length === 0) return makePage(bytes, page.doubts);
  const doubts = page.doubts.map((doubt) => without(doubt, start, data)).filter(isDoubtful);
  return makePage(bytes, doubts);
}

function cover(doubt: Doubt, newer: Doubt): Doubt {
  const bits = doubt.bits.map((mask, at) => mask & ~(newer.bits[doubt.start + at - newer.start] ?? 0));
  return { ...doubt, bits };
}

/** The page with the cells that would become those of `after` left between the levels. Each cell drifts in one way: the latest. */
export function leftBetween(page: Page, after: Uint8Array, drift: Drift): Page {
  const bits = page.bytes.map((value, at) => value ^ after[at]!);
  const start = bits.findIndex((mask) => mask !== 0);
  if (start < 0) return page;
  const end = bits.findLastIndex((mask) => mask !== 0) + 1;
  const doubt = { drift, age: 0, start, bits: bits.slice(start, end), before: page.bytes.slice(start, end) };
  const older = page.doubts.map((each) => cover(each, doubt)).filter(isDoubtful);
  return makePage(page.bytes, [...older, doubt]);
}

/** The page at the next power-up. */
export function aged(page: Page): Page {
  if (page.doubts.every(({ age }) => age === OLDEST)) return page;
  const doubts = page.doubts.map((doubt) => ({ ...doubt, age: Math.min(doubt.age + 1, OLDEST) }));
  return makePage(page.bytes, doubts);
}

/** Which of eight bits read as finished. */
function finishedBits({ drift, age }: Doubt, cell: number, reads: number): number {
  if (drift === "flicker") return mix(mix(cell, reads), age) & ERASED_BYTE;
  return (drift === "fading") === age <= 1 ? ERASED_BYTE : 0;
}

/** Puts what the doubtful cells of a page read over what stands in `into`, bytes `from` .. `to` of the page. */
export function readDoubts(page: Page, from: number, to: number, reads: number, into: Uint8Array): void {
  for (const doubt of page.doubts) {
    const last = Math.min(to, doubt.start + doubt.bits.length);
    for (let at = Math.max(from, doubt.start); at < last; at++) {
      const bits = doubt.bits[at - doubt.start]!;
      const value = doubt.before[at - doubt.start]! ^ finishedBits(doubt, at, reads);
      into[at - from] = (into[at - from]! & ~bits) | (value & bits);
    }
  }
}

/** Is any byte from `from` to `to` programmed, or in doubt? */
export function isUsed(page: Page, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (page.bytes[at] !== ERASED_BYTE) return true;
  }
  return page.doubts.some(({ start, bits }) =>
    bits.some((mask, at) => mask !== 0 && start + at >= from && start + at < to),
  );
}
