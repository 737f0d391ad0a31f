// What is left of an operation that the power cut, or that the chip did not do.
import { mix } from "./mix.ts";
import { type Drift, ERASED_PAGE, leftBetween, makePage, type Page, programmed } from "./page.ts";
import { makeSector, type Sector, withPage } from "./sector.ts";

/**
 * before, after: between whole operations. frontHalf, backHalf: half of the bytes are done. subset: half of the bits, at
 * random. flicker, fading, emerging: the bits are left between two levels, see page.ts. All these end with the power gone.
 * noOp: the power stays, the chip reports success and has done nothing.
 */
export type Outcome =
  | "before"
  | "after"
  | "frontHalf"
  | "backHalf"
  | "subset"
  | "flicker"
  | "fading"
  | "emerging"
  | "noOp";

export const OUTCOMES: readonly Outcome[] = [
  "before",
  "after",
  "frontHalf",
  "backHalf",
  "subset",
  "flicker",
  "fading",
  "emerging",
  "noOp",
];

const DRIFTS: ReadonlySet<Outcome> = new Set<Outcome>(["flicker", "fading", "emerging"]);
const ALL = 0xff;

function isDrift(outcome: Outcome): outcome is Drift {
  return DRIFTS.has(outcome);
}

/** Bits that are left alone, of the byte `at` of `bytes`. */
function untouched(outcome: Outcome, at: number, bytes: number, seed: number): number {
  if (outcome === "frontHalf") return at < bytes / 2 ? 0 : ALL;
  if (outcome === "backHalf") return at < bytes / 2 ? ALL : 0;
  return mix(seed, at) & ALL;
}

/** A page after a torn program operation. */
function tornProgram(page: Page, start: number, data: Uint8Array, outcome: Outcome, seed: number): Page {
  if (outcome === "before" || outcome === "noOp") return page;
  if (outcome === "after") return programmed(page, start, data);
  if (isDrift(outcome)) return leftBetween(page, programmed(page, start, data).bytes, outcome);
  const done = data.map((value, at) => value | untouched(outcome, at, data.length, seed));
  return programmed(page, start, done);
}

/** A sector after a torn program operation within one page. The same arguments give the same bits. */
export function tornlyProgrammed(
  sector: Sector,
  index: number,
  start: number,
  data: Uint8Array,
  outcome: Outcome,
): Sector {
  const page = sector.pages[index]!;
  const torn = tornProgram(page, start, data, outcome, mix(index, start));
  return torn === page ? sector : withPage(sector, index, torn);
}

function tornErasePage(page: Page, index: number, pages: number, outcome: Outcome): Page {
  if (page === ERASED_PAGE) return page;
  if (isDrift(outcome)) return leftBetween(page, ERASED_PAGE.bytes, outcome);
  if (outcome !== "subset") return untouched(outcome, index, pages, 0) === 0 ? ERASED_PAGE : page;
  const bytes = page.bytes.map((value, at) => value | (mix(index, at) & ALL));
  return makePage(bytes, page.doubts);
}

/** A sector after a torn erase. */
export function tornlyErased(sector: Sector, outcome: Outcome): Sector {
  const count = sector.pages.length;
  if (outcome === "before" || outcome === "noOp") return sector;
  if (outcome === "after") return makeSector(new Array<Page>(count).fill(ERASED_PAGE));
  return makeSector(sector.pages.map((page, index) => tornErasePage(page, index, count, outcome)));
}
