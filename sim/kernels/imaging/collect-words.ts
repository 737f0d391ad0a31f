/**
 * Random numbers of a chunk of neighbouring pixels, drawn in blocks of sixteen: two words for every pixel and read. Pixel c
 * of a block has, in read i, words 2 (c / 8) and 2 (c / 8) + 1 of counter (8 block + c % 8, i, frame, stream): the first is
 * the shot noise's (normal, or uniform below 20 electrons), the second has flicker's normal in its upper half and, in read 0,
 * the reset noise's in its lower half.
 *
 * In memory, the words of four pixels lie together: the first ones, then the second ones, 32 bytes a quad.
 */
import { STREAM_CHARGE } from "../../random/streams.ts";
import { normalQuad } from "../pixel/normal.ts";
import { philoxVectors } from "../pixel/philox.ts";
import * as S from "./collect-settings.ts";

/** Bytes of the words of one block: 16 pixels x 2 words. */
const BLOCK_BYTES: usize = 128;
/** The middle of the 2^16 words with the same upper half. */
const HALF_WORD: i32 = 0x8000;
const UPPER_HALF: i32 = 0xffff0000;

/** All words of a read. `block` counts blocks over the whole array, row by row. */
export function drawWords(block: u32, quads: u32, read: u32): void {
  const end = S.words + ((<usize>(quads + 3) >> 2) << 7);
  let first = i32x4.add(i32x4.splat(block << 3), i32x4(0, 1, 2, 3));
  for (let at = S.words; at < end; at += BLOCK_BYTES) {
    const second = i32x4.add(first, i32x4.splat(4));
    philoxVectors(at, 64, 32, first, second, read, S.frame, STREAM_CHARGE, S.keyLow, S.keyHigh);
    first = i32x4.add(first, i32x4.splat(8));
  }
}

/** Normals of one half (16 bits) of the words from `from` on, every second vector. */
function fillNormals(from: usize, to: usize, quads: u32, shift: i32): void {
  const upper = i32x4.splat(UPPER_HALF);
  const middle = i32x4.splat(HALF_WORD);
  for (const end = to + ((<usize>(quads + 3) & ~3) << 4); to < end; from += 32, to += 16) {
    const half = v128.and(i32x4.shl(v128.load(from), shift), upper);
    v128.store(to, normalQuad(v128.or(half, middle), S.normalTable));
  }
}

/** Normals of 16 bits: standard deviation COARSE_NORMAL_SIGMA (sim/imaging/charge-tables.ts). */
export function drawFlickerNormals(quads: u32, read: u32): void {
  fillNormals(S.words + 16, S.work + S.FLICKER_NORMALS + <usize>read * S.CHUNK_BYTES, quads, 0);
}

/** As drawFlickerNormals, from the other halves. */
export function drawResetNormals(quads: u32): void {
  fillNormals(S.words + 16, S.work + S.RESET_NORMALS, quads, 16);
}
