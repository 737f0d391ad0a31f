// A sector: pages, and their hash kept up to date. Like a page it is replaced, never changed.
import { mix } from "./mix.ts";
import { aged, ERASED_PAGE, PAGE_BYTES, type Page } from "./page.ts";

export interface Sector {
  readonly pages: readonly Page[];
  readonly doubtful: boolean;
  readonly hash: readonly [number, number];
}

function term(page: Page, index: number, lane: 0 | 1): number {
  return page === ERASED_PAGE ? 0 : mix(page.hash[lane], index + 1);
}

export function makeSector(pages: readonly Page[]): Sector {
  let first = 0;
  let second = 0;
  pages.forEach((page, index) => {
    first ^= term(page, index, 0);
    second ^= term(page, index, 1);
  });
  return {
    pages,
    doubtful: pages.some(({ doubts }) => doubts.length > 0),
    hash: [first >>> 0, second >>> 0],
  };
}

export function erasedSector(bytes: number): Sector {
  return makeSector(new Array<Page>(bytes / PAGE_BYTES).fill(ERASED_PAGE));
}

/** The sector with one page replaced. */
export function withPage(sector: Sector, index: number, page: Page): Sector {
  const before = sector.pages[index]!;
  const pages = sector.pages.slice();
  pages[index] = page;
  const lane = (which: 0 | 1) =>
    (sector.hash[which] ^ term(before, index, which) ^ term(page, index, which)) >>> 0;
  const doubtful = sector.doubtful || page.doubts.length > 0;
  return { pages, doubtful, hash: [lane(0), lane(1)] };
}

/** The sector at the next power-up. */
export function agedSector(sector: Sector): Sector {
  return sector.doubtful ? makeSector(sector.pages.map(aged)) : sector;
}
