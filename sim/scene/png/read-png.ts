import { inflateSync } from "node:zlib";
import type { SceneError } from "../scene-error.ts";
import { crc32 } from "./crc32.ts";

// Reads the pixels of PNG images without interlace, as bytes; what they mean is the caller's business. Ancillary chunks are
// not looked at. Checksums are held against the chunks after the sizes, whose errors say more.

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly colour: number;
  readonly interlace: number;
}

/** Pixels with undone row filters. Each row starts with a byte that means nothing. */
export interface PngRows {
  readonly header: PngHeader;
  readonly bytes: Uint8Array;
  readonly rowBytes: number;
}

/** What a reader of one use of PNG says about a file. */
export interface PngUse {
  /** The error for something that is wrong with the file. */
  fault(found: string, expected: string): SceneError;
  /** Bytes of a pixel; throws for a header that this use cannot read. */
  bytesPerPixel(header: PngHeader): number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const MAX_PIXELS = 1 << 26;
/** Deflate cannot do better than 1032 : 1. */
const MAX_DEFLATE_RATIO = 1032;

/** Decode a PNG. Throws the fault of `use`; takes no more memory than the file's size can justify. */
export function readPng(bytes: Uint8Array, use: PngUse): PngRows {
  const { header, packed, damaged } = readChunks(bytes, use);
  const pixelBytes = use.bytesPerPixel(header);
  const rowBytes = 1 + header.width * pixelBytes;
  const expected = rowBytes * header.height;
  if (packed.length * MAX_DEFLATE_RATIO < expected) {
    throw use.fault(
      `${packed.length} bytes of image data`,
      `enough for ${header.width} x ${header.height} pixels`,
    );
  }
  if (damaged !== undefined)
    throw use.fault(`the chunk ${damaged} with a wrong checksum`, "the CRC-32 of its bytes");
  const raw = inflate(packed, expected, use);
  if (!unfilter(raw, rowBytes, header.height, pixelBytes))
    throw use.fault("an unknown row filter", "filters 0 to 4");
  return { header, bytes: raw, rowBytes };
}

interface Chunks {
  readonly header: PngHeader;
  readonly packed: Uint8Array;
  /** The first of the chunks used here whose checksum is wrong. */
  readonly damaged: string | undefined;
}

function readChunks(bytes: Uint8Array, use: PngUse): Chunks {
  if (!SIGNATURE.every((value, i) => bytes[i] === value)) throw use.fault("no PNG signature", "a PNG file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let header: PngHeader | undefined;
  let damaged: string | undefined;
  for (let at = SIGNATURE.length; ; ) {
    if (at + 8 > bytes.length) throw use.fault("the end of the file between chunks", "an IEND chunk");
    const size = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "IEND") break;
    if (at + 12 + size > bytes.length) {
      throw use.fault(`${bytes.length - at - 8} bytes after a chunk of ${size}`, "the whole chunk");
    }
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (type === "IHDR") header = parseHeader(body, use);
    if (type === "IDAT") parts.push(body);
    const isSound = crc32(bytes.subarray(at + 4, at + 8 + size)) === view.getUint32(at + 8 + size);
    if (!isSound && (type === "IHDR" || type === "IDAT")) damaged ??= type;
    at += 12 + size;
  }
  if (header === undefined) throw use.fault("no IHDR chunk", "a PNG header");
  return { header, packed: Buffer.concat(parts), damaged };
}

function parseHeader(body: Uint8Array, use: PngUse): PngHeader {
  if (body.length !== 13) throw use.fault(`an IHDR chunk of ${body.length} bytes`, "13 bytes");
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) {
    throw use.fault(`${width} x ${height} pixels`, `1 to ${MAX_PIXELS} pixels`);
  }
  const [depth = 0, colour = 0, , , interlace = 0] = body.subarray(8);
  const header = { width, height, depth, colour, interlace };
  use.bytesPerPixel(header);
  return header;
}

function inflate(packed: Uint8Array, expected: number, use: PngUse): Uint8Array {
  let raw: Uint8Array;
  try {
    raw = inflateSync(packed, { maxOutputLength: expected + 1 });
  } catch (error) {
    throw use.fault(`image data that does not decompress (${String(error)})`, `${expected} bytes of pixels`);
  }
  if (raw.length === expected) return raw;
  throw use.fault(`${raw.length} bytes of pixels`, `${expected} bytes`);
}

/** Undo the row filters in place (PNG specification, section 9). False for an unknown filter. */
function unfilter(raw: Uint8Array, rowBytes: number, rows: number, pixelBytes: number): boolean {
  for (let row = 0; row < rows; row++) {
    const start = row * rowBytes;
    const filter = raw[start]!;
    if (filter > 4) return false;
    for (let i = 1; i < rowBytes; i++) {
      const left = i > pixelBytes ? raw[start + i - pixelBytes]! : 0;
      const up = row > 0 ? raw[start + i - rowBytes]! : 0;
      const corner = row > 0 && i > pixelBytes ? raw[start + i - rowBytes - pixelBytes]! : 0;
      raw[start + i] = raw[start + i]! + predicted(filter, left, up, corner);
    }
  }
  return true;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter === 0) return 0;
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
