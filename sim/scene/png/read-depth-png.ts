import { inflateSync } from "node:zlib";
import { SceneError } from "../scene-error.ts";
import { crc32 } from "./crc32.ts";

// Reads 16-bit grey PNG images only. Checksums are held against the chunks after the sizes, whose errors say more.

/** Codes of a depth image in row order. */
export interface DepthCodes {
  readonly width: number;
  readonly height: number;
  readonly codes: Uint16Array;
}

interface Header {
  readonly width: number;
  readonly height: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const MAX_PIXELS = 1 << 26;
/** Deflate cannot do better than 1032 : 1. */
const MAX_DEFLATE_RATIO = 1032;
const BYTES_PER_PIXEL = 2;

/** Decode a 16-bit grey PNG. Throws SceneError; takes no more memory than its size can justify. */
export function readDepthPng(scene: string, bytes: Uint8Array): DepthCodes {
  const { header, packed, damaged } = readChunks(scene, bytes);
  const rowBytes = 1 + header.width * BYTES_PER_PIXEL;
  const expected = rowBytes * header.height;
  if (packed.length * MAX_DEFLATE_RATIO < expected) {
    throw bad(
      scene,
      `${packed.length} bytes of image data`,
      `enough for ${header.width} x ${header.height} pixels`,
    );
  }
  if (damaged !== undefined)
    throw bad(scene, `the chunk ${damaged} with a wrong checksum`, "the CRC-32 of its bytes");
  const raw = inflate(scene, packed, expected);
  if (!unfilter(raw, rowBytes, header.height)) throw bad(scene, "an unknown row filter", "filters 0 to 4");
  const codes = new Uint16Array(header.width * header.height);
  for (let row = 0, to = 0; row < header.height; row++) {
    for (let at = row * rowBytes + 1; at < (row + 1) * rowBytes; at += 2)
      codes[to++] = (raw[at]! << 8) | raw[at + 1]!;
  }
  return { ...header, codes };
}

function bad(scene: string, found: string, expected: string): SceneError {
  return new SceneError({
    scene,
    found,
    expected,
    whatToDo: "Write the depth image as a 16-bit grey PNG again.",
  });
}

interface Chunks {
  readonly header: Header;
  readonly packed: Uint8Array;
  /** The first of the chunks used here whose checksum is wrong. */
  readonly damaged: string | undefined;
}

function readChunks(scene: string, bytes: Uint8Array): Chunks {
  if (!SIGNATURE.every((value, i) => bytes[i] === value)) throw bad(scene, "no PNG signature", "a PNG file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let header: Header | undefined;
  let damaged: string | undefined;
  for (let at = SIGNATURE.length; ; ) {
    if (at + 8 > bytes.length) throw bad(scene, "the end of the file between chunks", "an IEND chunk");
    const size = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "IEND") break;
    if (at + 12 + size > bytes.length) {
      throw bad(scene, `${bytes.length - at - 8} bytes after a chunk of ${size}`, "the whole chunk");
    }
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (type === "IHDR") header = parseHeader(scene, body);
    if (type === "IDAT") parts.push(body);
    const isSound = crc32(bytes.subarray(at + 4, at + 8 + size)) === view.getUint32(at + 8 + size);
    if (!isSound && (type === "IHDR" || type === "IDAT")) damaged ??= type;
    at += 12 + size;
  }
  if (header === undefined) throw bad(scene, "no IHDR chunk", "a PNG header");
  return { header, packed: Buffer.concat(parts), damaged };
}

function parseHeader(scene: string, body: Uint8Array): Header {
  if (body.length !== 13) throw bad(scene, `an IHDR chunk of ${body.length} bytes`, "13 bytes");
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) {
    throw bad(scene, `${width} x ${height} pixels`, `1 to ${MAX_PIXELS} pixels`);
  }
  const [depth, colour, , , interlace] = body.subarray(8);
  if (depth !== 16 || colour !== 0 || interlace !== 0) {
    const found = `bit depth ${depth}, colour type ${colour}, interlace ${interlace}`;
    throw bad(scene, found, "bit depth 16, colour type 0 (grey), no interlace");
  }
  return { width, height };
}

function inflate(scene: string, packed: Uint8Array, expected: number): Uint8Array {
  let raw: Uint8Array;
  try {
    raw = inflateSync(packed, { maxOutputLength: expected + 1 });
  } catch (error) {
    throw bad(scene, `image data that does not decompress (${String(error)})`, `${expected} bytes of pixels`);
  }
  if (raw.length === expected) return raw;
  throw bad(scene, `${raw.length} bytes of pixels`, `${expected} bytes`);
}

/** Undo the row filters in place (PNG specification, section 9). False for an unknown filter. */
function unfilter(raw: Uint8Array, rowBytes: number, rows: number): boolean {
  for (let row = 0; row < rows; row++) {
    const start = row * rowBytes;
    const filter = raw[start]!;
    if (filter > 4) return false;
    for (let i = 1; i < rowBytes; i++) {
      const left = i > BYTES_PER_PIXEL ? raw[start + i - BYTES_PER_PIXEL]! : 0;
      const up = row > 0 ? raw[start + i - rowBytes]! : 0;
      const corner = row > 0 && i > BYTES_PER_PIXEL ? raw[start + i - rowBytes - BYTES_PER_PIXEL]! : 0;
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
