import { inflateSync } from "node:zlib";
import type { ExrCompression } from "./exr-header.ts";

/** Bytes of a block as they were before compression; undefined if they are damaged. */
export function unpackBlock(
  packed: Uint8Array,
  size: number,
  compression: ExrCompression,
): Uint8Array | undefined {
  // A block that would not get smaller is stored as it is.
  if (compression === "none" || packed.length >= size) return packed.length === size ? packed : undefined;
  const coded = compression === "RLE" ? runLength(packed, size) : inflate(packed, size);
  return coded === undefined ? undefined : interleave(undoDeltas(coded));
}

function inflate(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    const raw = inflateSync(packed, { maxOutputLength: size + 1 });
    return raw.length === size ? raw : undefined;
  } catch {
    return undefined;
  }
}

/** A count n < 0: -n bytes follow; n >= 0: the next byte n + 1 times. */
function runLength(packed: Uint8Array, size: number): Uint8Array | undefined {
  const out = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < packed.length; ) {
    const count = (packed[at++]! << 24) >> 24;
    const length = count < 0 ? -count : count + 1;
    const used = count < 0 ? length : 1;
    if (at + used > packed.length || to + length > size) return undefined;
    if (count < 0) out.set(packed.subarray(at, at + length), to);
    else out.fill(packed[at]!, to, to + length);
    at += used;
    to += length;
  }
  return to === size ? out : undefined;
}

/** Bytes were stored as differences to the byte before, plus 128. */
function undoDeltas(bytes: Uint8Array): Uint8Array {
  for (let i = 1; i < bytes.length; i++) bytes[i] = bytes[i - 1]! + bytes[i]! - 128;
  return bytes;
}

/** Bytes at even places were stored first, those at odd places after them. */
function interleave(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  const half = Math.ceil(bytes.length / 2);
  for (let i = 0; i < bytes.length; i++) out[i] = bytes[(i >> 1) + (i & 1) * half]!;
  return out;
}
