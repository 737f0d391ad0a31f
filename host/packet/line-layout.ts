import {
  COMPONENT_AMBIENT,
  COMPONENT_AMPLITUDE,
  COMPONENT_FLAGS,
  COMPONENT_INTENSITY,
  COMPONENT_RANGE,
  COMPONENT_RAW,
  COMPONENT_SECOND,
  COMPONENT_SIGMA,
  COMPONENT_SPREAD,
  COMPONENT_THIRD,
  PIXEL_FORMAT_LOSSLESS,
  PIXEL_FORMAT_MONO12P,
} from "../../hw-profiles/interface/reports.ts";
import { largestLosslessBytes, type PlaneShape } from "./lossless-stream.ts";

/** Where each component starts inside the record of one row; -1 when it is not sent. */
export interface LineLayout {
  readonly rangeOffset: number;
  readonly sigmaOffset: number;
  readonly amplitudeOffset: number;
  readonly ambientOffset: number;
  readonly intensityOffset: number;
  /** Three lines each: range, sigma, amplitude. */
  readonly secondOffset: number;
  readonly thirdOffset: number;
  /** Two lines: i16 root of the variance of depth, u16 root of its sigma. */
  readonly spreadOffset: number;
  readonly flagsOffset: number;
  /** Bytes of one row. */
  readonly recordBytes: number;
}

/** Layout of a KIND_LINES record for the given ComponentEnable bits: u16 components, then u8 flags. */
export function lineLayout(components: number, width: number): LineLayout {
  let at = 0;
  const place = (bit: number, bytes: number): number => {
    if ((components & bit) === 0) return -1;
    const start = at;
    at += bytes * width;
    return start;
  };
  return {
    rangeOffset: place(COMPONENT_RANGE, 2),
    sigmaOffset: place(COMPONENT_SIGMA, 2),
    amplitudeOffset: place(COMPONENT_AMPLITUDE, 2),
    ambientOffset: place(COMPONENT_AMBIENT, 2),
    intensityOffset: place(COMPONENT_INTENSITY, 2),
    secondOffset: place(COMPONENT_SECOND, 6),
    thirdOffset: place(COMPONENT_THIRD, 6),
    spreadOffset: place(COMPONENT_SPREAD, 4),
    flagsOffset: place(COMPONENT_FLAGS, 1),
    recordBytes: at,
  };
}

/** Bytes of one gate line of raw codes in a format of fixed length: 12 bits a pixel padded to whole bytes, or 16. */
export function rawLineBytes(rawFormat: number, width: number): number {
  return rawFormat === PIXEL_FORMAT_MONO12P ? (width * 12 + 7) >>> 3 : width * 2;
}

function rawBytes(rawFormat: number, shape: PlaneShape): number {
  if (rawFormat === PIXEL_FORMAT_LOSSLESS) return largestLosslessBytes(shape);
  return rawLineBytes(rawFormat, shape.width) * shape.gates * shape.height;
}

/** Bytes of a frame's KIND_LINES and KIND_RAW streams; of a lossless one what it has at most. */
export function streamBytes(shape: {
  readonly components: number;
  readonly width: number;
  readonly height: number;
  readonly gates: number;
  readonly rawFormat: number;
}): { readonly lines: number; readonly raw: number } {
  const { components, width, height, rawFormat } = shape;
  return {
    lines: lineLayout(components, width).recordBytes * height,
    raw: components & COMPONENT_RAW ? rawBytes(rawFormat, shape) : 0,
  };
}
