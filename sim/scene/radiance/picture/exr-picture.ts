import { unpackBlock } from "./exr-blocks.ts";
import {
  badExr,
  type ExrChannel,
  type ExrHeader,
  readExrHeader,
  SAMPLE_BYTES,
  TYPE_HALF,
  TYPE_UINT,
} from "./exr-header.ts";
import { BLUE, GREEN, isLight, notLight, type Picture, RED } from "./picture.ts";

// OpenEXR scan line files, half and float, channels Y or R, G, B (chromaticities are taken as BT.709). The data window is
// the picture; display window, pixel aspect ratio and other channels are not looked at.

const BLOCK_HEAD_BYTES = 8;
/** Deflate cannot do better than 1032 : 1; run lengths not even 64 : 1. */
const MAX_RATIO = 1032;

/** A channel that counts: its share of the light and where its samples start in a line, per pixel of width. */
interface Part {
  readonly name: string;
  readonly weight: number;
  readonly type: number;
  readonly bytesBefore: number;
}

/** Decode an EXR. Throws SceneError; takes no more memory than the file's size can justify. */
export function readExr(scene: string, bytes: Uint8Array): Picture {
  const header = readExrHeader(scene, bytes);
  const parts = lightParts(scene, header.channels);
  const { width, height } = header;
  const pixelBytes = header.channels.reduce((sum, { type }) => sum + SAMPLE_BYTES[type]!, 0);
  if (bytes.length * MAX_RATIO < width * height * pixelBytes)
    throw badExr(scene, `${bytes.length} bytes`, `enough for ${width} x ${height} pixels`);
  const values = new Float32Array(width * height);
  const blocks = Math.ceil(height / header.linesPerBlock);
  for (let block = 0; block < blocks; block++) {
    const firstLine = block * header.linesPerBlock;
    const lines = Math.min(header.linesPerBlock, height - firstLine);
    const packed = findBlock(scene, bytes, header, block);
    const raw = unpackBlock(packed, lines * width * pixelBytes, header.compression);
    if (raw === undefined)
      throw badExr(scene, `damaged data from row ${firstLine} on`, `${lines} lines of pixels`);
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    for (let line = 0; line < lines; line++) {
      const out = values.subarray((firstLine + line) * width, (firstLine + line + 1) * width);
      const odd = addLine(view, line * width * pixelBytes, parts, out);
      if (odd !== undefined)
        throw notLight(scene, width, (firstLine + line) * width + odd.column, odd.channel, odd.value);
    }
  }
  return { width, height, values };
}

/** The stored bytes of a block, found by its offset. The table lists blocks from top to bottom. */
function findBlock(scene: string, bytes: Uint8Array, header: ExrHeader, block: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entry = header.end + 8 * block;
  if (entry + 8 > bytes.length)
    throw badExr(scene, "the end of the file in the offset table", "a whole table");
  const at = Number(view.getBigUint64(entry, true));
  if (at < header.end || at + BLOCK_HEAD_BYTES > bytes.length)
    throw badExr(scene, `block ${block} at byte ${at} of ${bytes.length}`, "every block in the file");
  const row = view.getInt32(at, true);
  const expected = header.top + block * header.linesPerBlock;
  if (row !== expected) throw badExr(scene, `row ${row} in block ${block}`, `row ${expected}`);
  const size = view.getUint32(at + 4, true);
  const start = at + BLOCK_HEAD_BYTES;
  if (start + size > bytes.length)
    throw badExr(scene, `${bytes.length - start} bytes of a block of ${size}`, "the whole block");
  return bytes.subarray(start, start + size);
}

function lightParts(scene: string, channels: readonly ExrChannel[]): Part[] {
  const names = channels.map(({ name }) => name);
  const weights = names.includes("Y") ? { Y: 1 } : { R: RED, G: GREEN, B: BLUE };
  return Object.entries(weights).map(([name, weight]) => {
    const index = names.indexOf(name);
    const channel = channels[index];
    if (channel === undefined)
      throw badExr(scene, `the channels ${names.join(", ").slice(0, 60)}`, "Y, or R, G and B");
    if (channel.type === TYPE_UINT) throw badExr(scene, `whole numbers in channel ${name}`, "half or float");
    const bytesBefore = channels.slice(0, index).reduce((sum, { type }) => sum + SAMPLE_BYTES[type]!, 0);
    return { name, weight, type: channel.type, bytesBefore };
  });
}

/** A sample that is no light. */
interface OddSample {
  readonly column: number;
  readonly channel: string;
  readonly value: number;
}

/** A line holds all samples of the first channel, then those of the next. */
function addLine(
  view: DataView,
  start: number,
  parts: readonly Part[],
  out: Float32Array,
): OddSample | undefined {
  for (const { name, weight, type, bytesBefore } of parts) {
    const from = start + bytesBefore * out.length;
    for (let i = 0; i < out.length; i++) {
      const value = type === TYPE_HALF ? halfAt(view, from + 2 * i) : view.getFloat32(from + 4 * i, true);
      if (!isLight(value)) return { column: i, channel: name, value };
      out[i] = out[i]! + weight * value;
    }
  }
  return undefined;
}

/** IEEE 754 binary16. */
function halfAt(view: DataView, at: number): number {
  const bits = view.getUint16(at, true);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
