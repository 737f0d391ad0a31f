// The memory above the static data, handed out in order by configure().
import { MEMORY_PAGES } from "../hw-profiles/interface/abi.ts";

const PAGE_BYTES: usize = 65536;
const ALIGNMENT: usize = 16;

let cursor: usize = 0;

/** First address that configure() may use. */
export function arenaStart(): usize {
  return (__heap_base + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

export function startArena(): void {
  cursor = arenaStart();
}

/** Address of `bytes` of its own, aligned for vectors; what does not fit shows in arenaFits(). */
export function take(bytes: usize): usize {
  const address = cursor;
  cursor = (cursor + bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  return address;
}

/** First address after all that was taken. */
export function arenaEnd(): usize {
  return cursor;
}

/** Whether all that was taken lies in the module's memory. */
export function arenaFits(): bool {
  return cursor <= usize(MEMORY_PAGES) * PAGE_BYTES;
}
