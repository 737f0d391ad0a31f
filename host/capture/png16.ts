import { deflateSync } from "node:zlib";
import { crc32 } from "./crc32.ts";
import { checkImageSize } from "./image-size.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const HEADER_BYTES = 13;
const BIT_DEPTH = 16;
const GREYSCALE = 0;
/** Length, type and checksum around the data of a chunk. */
const CHUNK_OVERHEAD = 12;
/** Codes are mostly noise: more effort makes files 1 % smaller and five times slower to write. */
const COMPRESSION_LEVEL = 1;

/**
 * Codes as a 16-bit greyscale PNG (W3C PNG specification, third edition), unchanged: a 12-bit code stays 0..4095.
 * @param codes row by row, width x height.
 * @throws Error when the size does not fit.
 */
export function encodePng16(codes: Uint16Array, width: number, height: number): Uint8Array {
  checkImageSize(codes.length, width, height);
  const chunks = [
    chunk("IHDR", header(width, height)),
    chunk("IDAT", deflateSync(scanlines(codes, width, height), { level: COMPRESSION_LEVEL })),
    chunk("IEND", new Uint8Array(0)),
  ];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function header(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes[8] = BIT_DEPTH;
  bytes[9] = GREYSCALE;
  return bytes;
}

/** Every line: filter type 0, then its samples, high byte first. */
function scanlines(codes: Uint16Array, width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(height * (1 + 2 * width));
  for (let row = 0, at = 0, from = 0; row < height; row++) {
    at++;
    for (let column = 0; column < width; column++) {
      const code = codes[from++]!;
      bytes[at++] = code >>> 8;
      bytes[at++] = code;
    }
  }
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(CHUNK_OVERHEAD + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < type.length; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
