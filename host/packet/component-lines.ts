import type { Leader } from "./leader.ts";

/** SIGMA code for "larger than the format can say". */
const SIGMA_LARGER = 0xffff;

/** A KIND_LINES stream with the size of its image and of a row's record. */
export interface LineStream {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly recordBytes: number;
}

export function lineStream(bytes: Uint8Array, { width, height }: Leader, recordBytes: number): LineStream {
  return { bytes, width, height, recordBytes };
}

/** value = (code - zero) * scale; u16 codes unless `signed`. */
export interface CodeScale {
  readonly scale: number;
  readonly zero?: number;
  readonly signed?: boolean;
}

/** Image of the 16-bit component at `offset` of a record; length 0 when the component was not sent (offset -1). */
export function decodeComponent(lines: LineStream, offset: number, code: CodeScale): Float32Array {
  if (offset < 0) return new Float32Array(0);
  const { bytes, height, recordBytes, width } = lines;
  const { scale, zero = 0 } = code;
  const signShift = code.signed === true ? 16 : 0;
  const image = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const first = row * width;
    for (let i = 0, s = row * recordBytes + offset; i < width; i++, s += 2) {
      const value = ((bytes[s]! | (bytes[s + 1]! << 8)) << signShift) >> signShift;
      image[first + i] = (value - zero) * scale;
    }
  }
  return image;
}

/** As decodeComponent; the largest code becomes Infinity. */
export function decodeSigma(lines: LineStream, offset: number, scale: number): Float32Array {
  const image = decodeComponent(lines, offset, { scale });
  if (image.length === 0) return image;
  const { bytes, height, recordBytes, width } = lines;
  for (let row = 0; row < height; row++)
    for (let i = 0, s = row * recordBytes + offset; i < width; i++, s += 2)
      if ((bytes[s]! | (bytes[s + 1]! << 8)) === SIGMA_LARGER) image[row * width + i] = Infinity;
  return image;
}

/** Flags of every pixel; undefined when the component was not sent. */
export function decodeFlagLines(lines: LineStream, offset: number): Uint8Array | undefined {
  if (offset < 0) return undefined;
  const { bytes, height, recordBytes, width } = lines;
  const flags = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = row * recordBytes + offset;
    flags.set(bytes.subarray(start, start + width), row * width);
  }
  return flags;
}
