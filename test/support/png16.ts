import { inflateSync } from "node:zlib";

const SIGNATURE = "89504e470d0a1a0a";
/** Length and type before a chunk's data, checksum behind it. */
const HEAD_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** Depth, colour, compression, filter, interlace of a plain 16-bit greyscale picture. */
const KIND = "1000000000";

export interface Png16 {
  readonly width: number;
  readonly height: number;
  readonly data: Uint16Array;
}

/**
 * Samples of a 16-bit greyscale PNG whose lines are unfiltered; several times as fast as a reader of every kind, for
 * data sets of hundreds of pictures. Checksums are not looked at.
 * @throws Error for any other kind of picture.
 */
export function readPng16(file: Buffer): Png16 {
  if (file.toString("hex", 0, 8) !== SIGNATURE) throw new Error("found no PNG signature");
  const chunks = chunksOf(file);
  const header = chunks.find(({ type }) => type === "IHDR")?.data;
  if (header?.toString("hex", 8, 13) !== KIND) throw new Error("found no plain 16-bit greyscale PNG");
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const parts = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  const lines = inflateSync(Buffer.concat(parts));
  const stride = 1 + 2 * width;
  if (lines.length !== height * stride) throw new Error(`found ${lines.length} bytes of lines`);
  const data = new Uint16Array(width * height);
  for (let row = 0, at = 0; row < height; row++) {
    const start = row * stride;
    if (lines[start] !== 0) throw new Error(`found line ${row} filtered by ${lines[start]}, expected 0`);
    for (let i = start + 1; i < start + stride; i += 2) data[at++] = (lines[i]! << 8) | lines[i + 1]!;
  }
  return { width, height, data };
}

function chunksOf(file: Buffer): { type: string; data: Buffer }[] {
  const found = [];
  for (let at = 8; at < file.length; ) {
    const start = at + HEAD_BYTES;
    const end = start + file.readUInt32BE(at);
    found.push({ type: file.toString("latin1", at + 4, start), data: file.subarray(start, end) });
    at = end + CHECKSUM_BYTES;
  }
  return found;
}
