/**
 * Random words of a block of sixteen neighbouring pixels: two for every pixel and read. Pixel c of the block has, in read i,
 * words 2 (c / 8) and 2 (c / 8) + 1 of counter (8 block + c % 8, i, frame, stream): the first is the shot noise's (normal,
 * or uniform below 20 electrons), the second has flicker's normal in its upper half and, in read 0, the reset noise's in
 * its lower half.
 */
import { STREAM_CHARGE } from "../../random/streams.ts";
import { normalQuad } from "../pixel/normal.ts";
import { philoxPair } from "../pixel/philox.ts";
import * as S from "./collect-settings.ts";

/** Bytes of the words of one read: 16 pixels x 2 words. */
const READ_BYTES: usize = 128;
/** The middle of the 2^16 words with the same upper half. */
const HALF_WORD: i32 = 0x8000;

/** All words of a frame. `block` counts blocks over the whole array, row by row. */
export function drawWords(block: u32): void {
  let at = S.words;
  for (let read: u32 = 0; read < S.reads; read++, at += READ_BYTES) {
    philoxPair(at, block << 3, read, S.frame, STREAM_CHARGE, S.keyLow, S.keyHigh);
  }
}

/** First words of quad 0..3 of the block; the second ones follow 16 bytes later. */
export function shotWordsAt(quad: u32, read: u32): usize {
  return S.words + <usize>read * READ_BYTES + ((<usize>(quad & 1)) << 6) + ((<usize>(quad >> 1)) << 5);
}

/** Normals of 16 bits: variance COARSE_NORMAL_VARIANCE (sim/imaging/charge-tables.ts). */
export function flickerNormals(shotWords: usize): v128 {
  const upper = v128.and(v128.load(shotWords, 16), i32x4.splat(0xffff0000));
  return normalQuad(v128.or(upper, i32x4.splat(HALF_WORD)), S.normalTable);
}

/** As flickerNormals, from the other halves. */
export function resetNormals(shotWords: usize): v128 {
  const lower = i32x4.shl(v128.load(shotWords, 16), 16);
  return normalQuad(v128.or(lower, i32x4.splat(HALF_WORD)), S.normalTable);
}
