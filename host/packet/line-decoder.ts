import { PIXEL_MISSING, PIXEL_NO_RETURN } from "../../hw-profiles/interface/pixel-flags.ts";
import { PIXEL_FORMAT_MONO12P } from "../../hw-profiles/interface/reports.ts";
import type { Leader } from "./leader.ts";
import { type LineLayout, lineLayout, rawLineBytes } from "./line-layout.ts";
import { unpackMono12p, unpackMono16 } from "./pixel-format.ts";

/** SIGMA code for "larger than the format can say". */
const SIGMA_LARGER = 0xffff;

/** Row-major images; those of components that the device did not send have length 0, flags are always there. */
export interface DecodedLines {
  readonly rangeM: Float32Array;
  readonly sigmaM: Float32Array;
  readonly amplitudeE: Float32Array;
  readonly ambientE: Float32Array;
  readonly flags: Uint8Array;
}

type Rows = (put: (row: number, recordStart: number) => void) => void;

/** Decode a frame's KIND_LINES stream (linesBytes long, rows in order). */
export function decodeLines(stream: Uint8Array, leader: Leader): DecodedLines {
  const { width, height } = leader;
  const layout = lineLayout(leader.components, width);
  const rows: Rows = (put) => {
    for (let row = 0; row < height; row++) put(row * width, row * layout.recordBytes);
  };
  const unsigned = (offset: number, scale: number) => scaled(stream, rows, leader, offset, scale, 0);
  const sigmaM = unsigned(layout.sigmaOffset, leader.sigmaScaleM);
  markLargeSigma(stream, rows, layout, width, sigmaM);
  const rangeM = unsigned(layout.rangeOffset, leader.rangeScaleM);
  return {
    rangeM,
    sigmaM,
    amplitudeE: unsigned(layout.amplitudeOffset, leader.amplitudeScaleE),
    ambientE: scaled(stream, rows, leader, layout.ambientOffset, leader.ambientScaleE, 16),
    flags: decodeFlags(stream, rows, layout, leader, rangeM),
  };
}

/** u16 (signShift 0) or i16 (signShift 16) codes times a scale. */
function scaled(
  stream: Uint8Array,
  rows: Rows,
  { width, height }: Leader,
  offset: number,
  scale: number,
  signShift: 0 | 16,
): Float32Array {
  if (offset < 0) return new Float32Array(0);
  const image = new Float32Array(width * height);
  rows((first, record) => {
    for (let i = 0, s = record + offset; i < width; i++, s += 2) {
      const code = ((stream[s]! | (stream[s + 1]! << 8)) << signShift) >> signShift;
      image[first + i] = code * scale;
    }
  });
  return image;
}

function markLargeSigma(
  stream: Uint8Array,
  rows: Rows,
  layout: LineLayout,
  width: number,
  sigmaM: Float32Array,
): void {
  if (sigmaM.length === 0) return;
  rows((first, record) => {
    for (let i = 0, s = record + layout.sigmaOffset; i < width; i++, s += 2)
      if ((stream[s]! | (stream[s + 1]! << 8)) === SIGMA_LARGER) sigmaM[first + i] = Infinity;
  });
}

/** Without the FLAGS component, a range of 0 is all that tells a pixel without return. */
function decodeFlags(
  stream: Uint8Array,
  rows: Rows,
  layout: LineLayout,
  { width, height }: Leader,
  rangeM: Float32Array,
): Uint8Array {
  const flags = new Uint8Array(width * height);
  if (layout.flagsOffset >= 0) {
    rows((first, record) => {
      const start = record + layout.flagsOffset;
      flags.set(stream.subarray(start, start + width), first);
    });
  } else {
    for (let i = 0; i < rangeM.length; i++) if (rangeM[i] === 0) flags[i] = PIXEL_NO_RETURN;
  }
  return flags;
}

/** Decode a frame's KIND_RAW stream into K x H x W codes, plane-major. */
export function decodeRaw(stream: Uint8Array, leader: Leader): Uint16Array {
  const { width, height, gates, rawFormat } = leader;
  const unpack = rawFormat === PIXEL_FORMAT_MONO12P ? unpackMono12p : unpackMono16;
  const lineBytes = rawLineBytes(rawFormat, width);
  const codes = new Uint16Array(gates * height * width);
  for (let row = 0, start = 0; row < height; row++)
    for (let gate = 0; gate < gates; gate++, start += lineBytes)
      unpack(stream, start, codes, (gate * height + row) * width, width);
  return codes;
}

/** Set PIXEL_MISSING and clear the values: a pixel of which a byte was lost has no range. */
export function blankMissing(images: DecodedLines, missing: Uint8Array): void {
  for (let i = 0; i < missing.length; i++) {
    if (missing[i] === 0) continue;
    images.flags[i]! |= PIXEL_MISSING;
    for (const image of [images.rangeM, images.sigmaM, images.amplitudeE, images.ambientE])
      if (image.length > 0) image[i] = 0;
  }
}
