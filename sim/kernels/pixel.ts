/**
 * The simulator's inner loops over pixels: signal of each gate, noise and codes. Called by sim/pixel/pixel-kernels.ts,
 * which owns the memory; held bit for bit against test/reference/kernels.
 */
import { expose, setExposure } from "./pixel/expose.ts";
import { gatherSignal } from "./pixel/gather.ts";
import { setHits, setMaps, setResults, setShape, setWork } from "./pixel/memory.ts";
import { normalQuad } from "./pixel/normal.ts";
import { philoxPair } from "./pixel/philox.ts";
import { setResponse } from "./pixel/response.ts";

export {
  expose,
  gatherSignal,
  philoxPair,
  setExposure,
  setHits,
  setMaps,
  setResponse,
  setResults,
  setShape,
  setWork,
};

/** Replaces `count` random words (a multiple of four) at `address` by standard normals. */
export function normalWords(address: usize, count: u32, table: usize): void {
  for (let at = address, end = address + ((<usize>count) << 2); at < end; at += 16) {
    v128.store(at, normalQuad(v128.load(at), table));
  }
}
