// One line of PIXEL_FORMAT_LOSSLESS; its layout stands in docs/packing.md. Nothing here reads outside of what is given.
import {
  RAW_BLOCK,
  RAW_LINE_DIFFERENCE,
  RAW_LINE_GRADIENT,
  RAW_LINE_PLAIN,
  RAW_WIDTH_FULL,
} from "../../hw-profiles/interface/reports.ts";
import { PacketError } from "./packet-error.ts";
import { unpackMono16 } from "./pixel-format.ts";

const WORD_BITS = 16;
/** Planes that fit beside each other: four bits for each of eight samples. */
const PLANES_TOGETHER = 4;

/** Bits of a byte, moved four places apart. */
const SPREAD = Int32Array.from({ length: 256 }, (_, byte) => {
  let word = 0;
  for (let bit = 0; bit < 8; bit++) word |= ((byte >> bit) & 1) << (PLANES_TOGETHER * bit);
  return word;
});

/** Residuals of the present block. */
const residuals = new Int32Array(RAW_BLOCK);

/** Where the widths of a packed line begin: after its kind and, in the first line of a row, its first sample. */
function widthsOf(start: number, isFirst: boolean): number {
  return start + (isFirst ? 3 : 1);
}

function planesOf(bytes: Uint8Array, widths: number, block: number): number {
  const code = (bytes[widths + (block >> 1)]! >> ((block & 1) << 2)) & 0xf;
  return code === RAW_WIDTH_FULL ? WORD_BITS : code;
}

/**
 * Where the line that starts at `start` ends; -1 when it goes on behind `end`.
 * @param isFirst of its row.
 * @throws PacketError when its first byte is no kind of line, or not one for this width.
 */
export function losslessLineEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  isFirst: boolean,
): number {
  if (start >= end) return -1;
  const kind = bytes[start]!;
  const largest = width < RAW_BLOCK ? RAW_LINE_PLAIN : RAW_LINE_GRADIENT;
  if (kind > largest)
    throw new PacketError("inconsistent", "kind of a raw line", kind, `${RAW_LINE_PLAIN}..${largest}`);
  if (kind === RAW_LINE_PLAIN) return within(start + 1 + 2 * width, end);
  const widths = widthsOf(start, isFirst);
  const blocks = Math.ceil(width / RAW_BLOCK);
  let at = widths + ((blocks + 1) >> 1);
  if (at > end) return -1;
  for (let block = 0; block < blocks; block++) at += 2 * planesOf(bytes, widths, block);
  return within(at, end);
}

function within(at: number, end: number): number {
  return at <= end ? at : -1;
}

/** Planes of eight samples, `count` of every second byte from `start` on: sample i in bits 4 i .. 4 i + 3. */
function nibbles(bytes: Uint8Array, start: number, count: number): number {
  let word = 0;
  for (let plane = 0, at = start; plane < count; plane++, at += 2) word = (word << 1) | SPREAD[bytes[at]!]!;
  return word;
}

/** Half of `residuals` from at most eight planes; signs are those of the first plane. */
function takeEight(bytes: Uint8Array, start: number, planes: number, to: number): void {
  const top = Math.min(planes, PLANES_TOGETHER);
  const below = planes - top;
  const high = nibbles(bytes, start, top);
  const low = nibbles(bytes, start + 2 * top, below);
  const unused = 32 - top;
  for (let i = 0, shift = 0; i < 8; i++, shift += PLANES_TOGETHER) {
    const signed = ((high >>> shift) << unused) >> unused;
    residuals[to + i] = (signed << below) | ((low >>> shift) & 0xf);
  }
}

/** Fills `residuals`. Returns where the next block begins. */
function takeBlock(bytes: Uint8Array, start: number, planes: number): number {
  const top = Math.min(planes, 8);
  takeEight(bytes, start, top, 0);
  takeEight(bytes, start + 1, top, 8);
  if (planes > 8) addLowPlanes(bytes, start + 16, planes - 8);
  return start + 2 * planes;
}

/** The ninth plane and those below it. */
function addLowPlanes(bytes: Uint8Array, start: number, planes: number): void {
  for (let plane = 0, at = start; plane < planes; plane++, at += 2) {
    const word = bytes[at]! | (bytes[at + 1]! << 8);
    for (let i = 0; i < RAW_BLOCK; i++) residuals[i] = (residuals[i]! << 1) | ((word >> i) & 1);
  }
}

/**
 * Restores the line at `start`, which must be whole, into `line`.
 * @param reference the line before in the same row; undefined for the first one.
 */
export function unpackLosslessLine(
  bytes: Uint8Array,
  start: number,
  line: Uint16Array,
  reference: Uint16Array | undefined,
): void {
  const width = line.length;
  const kind = bytes[start]!;
  if (kind === RAW_LINE_PLAIN) {
    unpackMono16(bytes, start + 1, line, 0, width);
    return;
  }
  const widths = widthsOf(start, reference === undefined);
  const base = reference ?? new Uint16Array(width).fill(bytes[start + 1]! | (bytes[start + 2]! << 8));
  const blocks = Math.ceil(width / RAW_BLOCK);
  let at = widths + ((blocks + 1) >> 1);
  for (let block = 0; block < blocks; block++) {
    const planes = planesOf(bytes, widths, block);
    at = takeBlock(bytes, at, planes);
    const first = Math.min(block * RAW_BLOCK, width - RAW_BLOCK);
    if (kind === RAW_LINE_DIFFERENCE) addDifferences(line, base, first);
    else addGradients(line, base, first);
  }
}

function addDifferences(line: Uint16Array, base: Uint16Array, first: number): void {
  for (let i = 0, x = first; i < RAW_BLOCK; i++, x++) line[x] = base[x]! + residuals[i]!;
}

function addGradients(line: Uint16Array, base: Uint16Array, first: number): void {
  let difference = first === 0 ? 0 : line[first - 1]! - base[first - 1]!;
  for (let i = 0, x = first; i < RAW_BLOCK; i++, x++) {
    difference += residuals[i]!;
    line[x] = base[x]! + difference;
  }
}
