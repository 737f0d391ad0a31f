/** Random words of eight neighbouring pixels: those of the frame at once, those for low counts only where there are any. */
import { STREAM_CHARGE, STREAM_CHARGE_LOW_COUNT } from "../../random/streams.ts";
import { philoxPair } from "../pixel/philox.ts";
import * as S from "./collect-settings.ts";

/** Bytes of the words of one group: 8 pixels x 4 words. */
const GROUP_BYTES: usize = 128;

let firstPixel: u32 = 0;
let lowGroups: u32 = 0;

/** Words 0 .. 2 reads of the eight pixels from global index `globalPixel` on. */
export function drawWords(globalPixel: u32): void {
  firstPixel = globalPixel;
  lowGroups = 0;
  let at = S.words;
  for (let group: u32 = 0; group << 2 <= S.reads << 1; group++, at += GROUP_BYTES) {
    philoxPair(at, globalPixel, group, S.frame, STREAM_CHARGE, S.keyLow, S.keyHigh);
  }
}

/** Address of word `word` of the first (half 0) or second four pixels. */
export function wordsAt(word: u32, half: u32): usize {
  return S.words + <usize>(word >> 2) * GROUP_BYTES + ((<usize>half) << 6) + ((<usize>(word & 3)) << 4);
}

/** Address of the uniforms' words of `read`, drawn when first asked for. */
export function lowWordsAt(read: u32, half: u32): usize {
  const group = read >> 2;
  for (; lowGroups <= group; lowGroups++) {
    const at = S.lowWords + <usize>lowGroups * GROUP_BYTES;
    philoxPair(at, firstPixel, lowGroups, S.frame, STREAM_CHARGE_LOW_COUNT, S.keyLow, S.keyHigh);
  }
  return S.lowWords + <usize>group * GROUP_BYTES + ((<usize>half) << 6) + ((<usize>(read & 3)) << 4);
}
