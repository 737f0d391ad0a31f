import { checkImageSize } from "./image-size.ts";

// Tags, types and values of TIFF 6.0 (Aldus 1992), sections 2, 4 and 19.
const SHORT = 3;
const LONG = 4;
const ASCII = 2;
const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const BITS_PER_SAMPLE = 258;
const COMPRESSION = 259;
const PHOTOMETRIC = 262;
const IMAGE_DESCRIPTION = 270;
const STRIP_OFFSETS = 273;
const SAMPLES_PER_PIXEL = 277;
const ROWS_PER_STRIP = 278;
const STRIP_BYTE_COUNTS = 279;
const SAMPLE_FORMAT = 339;
const NO_COMPRESSION = 1;
const BLACK_IS_ZERO = 1;
const IEEE_FLOAT = 3;

const FILE_HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const MAX_FILE_BYTES = 0xffffffff;

type Entry = readonly [tag: number, type: number, count: number, value: number];

/**
 * Values as a 32-bit float TIFF: little endian, uncompressed, one strip.
 * @param values row by row, width x height; stored bit for bit, infinities and NaN too.
 * @param description ASCII text for the ImageDescription tag; other characters become "?".
 * @throws Error when the size does not fit or the file would pass 4 GiB.
 */
export function encodeTiff32f(
  values: Float32Array,
  width: number,
  height: number,
  description: string,
): Uint8Array {
  checkImageSize(values.length, width, height);
  const text = asciiOf(description);
  const entryCount = entries(0, 0, 0, 0, 0).length;
  const textAt = FILE_HEADER_BYTES + 2 + entryCount * ENTRY_BYTES + 4;
  const dataAt = Math.ceil((textAt + text.length) / 4) * 4;
  const fileBytes = dataAt + 4 * values.length;
  if (fileBytes > MAX_FILE_BYTES)
    throw new Error(`found an image of ${fileBytes} bytes, expected at most ${MAX_FILE_BYTES} in a TIFF`);
  const bytes = new Uint8Array(fileBytes);
  const view = new DataView(bytes.buffer);
  writeHeader(view);
  writeDirectory(view, entries(width, height, textAt, text.length, dataAt));
  bytes.set(text, textAt);
  for (let i = 0; i < values.length; i++) view.setFloat32(dataAt + 4 * i, values[i]!, true);
  return bytes;
}

/** NUL at the end, and at least 5 bytes: a shorter text would stand inside its entry. */
function asciiOf(text: string): Uint8Array {
  const clean = text.replace(/[^\x20-\x7e\n]/g, "?").padEnd(4, " ");
  return new TextEncoder().encode(`${clean}\0`);
}

function writeHeader(view: DataView): void {
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, 42, true);
  view.setUint32(4, FILE_HEADER_BYTES, true);
}

/** By rising tag, as the specification demands. */
function entries(
  width: number,
  height: number,
  textAt: number,
  textBytes: number,
  dataAt: number,
): readonly Entry[] {
  return [
    [IMAGE_WIDTH, LONG, 1, width],
    [IMAGE_LENGTH, LONG, 1, height],
    [BITS_PER_SAMPLE, SHORT, 1, 32],
    [COMPRESSION, SHORT, 1, NO_COMPRESSION],
    [PHOTOMETRIC, SHORT, 1, BLACK_IS_ZERO],
    [IMAGE_DESCRIPTION, ASCII, textBytes, textAt],
    [STRIP_OFFSETS, LONG, 1, dataAt],
    [SAMPLES_PER_PIXEL, SHORT, 1, 1],
    [ROWS_PER_STRIP, LONG, 1, height],
    [STRIP_BYTE_COUNTS, LONG, 1, 4 * width * height],
    [SAMPLE_FORMAT, SHORT, 1, IEEE_FLOAT],
  ];
}

function writeDirectory(view: DataView, list: readonly Entry[]): void {
  view.setUint16(FILE_HEADER_BYTES, list.length, true);
  for (const [index, [tag, type, count, value]] of list.entries()) {
    const at = FILE_HEADER_BYTES + 2 + index * ENTRY_BYTES;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    // A SHORT stands left-justified in its field: for little endian the low half.
    view.setUint32(at + 8, value, true);
  }
}
