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

/**
 * Image of the 16-bit component at `offset` of a record; length 0 when the component was not sent (offset -1).
 * @param image width x height, filled when given
 */
export function decodeComponent(
  lines: LineStream,
  offset: number,
  code: CodeScale,
  image: Float32Array = new Float32Array(offset < 0 ? 0 : lines.width * lines.height),
): Float32Array {
  if (offset < 0) return image;
  const { height, width } = lines;
  const { scale, signed = false, zero = 0 } = code;
  for (let row = 0; row < height; row++) {
    const codes = codesOfRow(lines, row, offset);
    const values = signed ? new Int16Array(codes.buffer, codes.byteOffset, width) : codes;
    for (let i = 0, to = row * width; i < width; i++, to++) image[to] = (values[i]! - zero) * scale;
  }
  return image;
}

/** As decodeComponent; the largest code becomes Infinity. */
export function decodeSigma(lines: LineStream, offset: number, scale: number): Float32Array {
  if (offset < 0) return new Float32Array(0);
  const { height, width } = lines;
  const image = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const codes = codesOfRow(lines, row, offset);
    let largest = 0;
    for (let i = 0, to = row * width; i < width; i++, to++) {
      const code = codes[i]!;
      if (code > largest) largest = code;
      image[to] = code * scale;
    }
    if (largest === SIGMA_LARGER) markLarger(image.subarray(row * width), codes);
  }
  return image;
}

/** Few rows have such pixels: a choice at every pixel would cost twice the time of the whole. */
function markLarger(values: Float32Array, codes: Uint16Array): void {
  for (let i = 0; i < codes.length; i++) if (codes[i] === SIGMA_LARGER) values[i] = Infinity;
}

/** Codes of a component in one record: a view where they lie at an even address, else a copy. Little-endian machines. */
function codesOfRow({ bytes, recordBytes, width }: LineStream, row: number, offset: number): Uint16Array {
  const start = bytes.byteOffset + row * recordBytes + offset;
  if ((start & 1) === 0) return new Uint16Array(bytes.buffer, start, width);
  return new Uint16Array(bytes.buffer.slice(start, start + 2 * width));
}

/**
 * Flags of every pixel; undefined when the component was not sent.
 * @param flags width x height, filled when given
 */
export function decodeFlagLines(
  lines: LineStream,
  offset: number,
  flags: Uint8Array = new Uint8Array(lines.width * lines.height),
): Uint8Array | undefined {
  if (offset < 0) return undefined;
  const { bytes, height, recordBytes, width } = lines;
  for (let row = 0; row < height; row++) {
    const start = row * recordBytes + offset;
    flags.set(bytes.subarray(start, start + width), row * width);
  }
  return flags;
}
