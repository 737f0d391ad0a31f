import { quoted, SceneError } from "../scene-error.ts";
import { decompressLzf, largestLzfOutput } from "./lzf.ts";
import type { PcdField, PcdHeader } from "./pcd-header.ts";

/** Where the values of a field lie in the bytes of the body. */
export interface FieldPlace {
  readonly start: number;
  readonly stride: number;
}

/** The points as bytes, whatever the encoding was. Little endian, as PCD is. */
export interface PcdBody {
  readonly view: DataView<ArrayBuffer>;
  place(field: PcdField): FieldPlace;
}

/** The body of a PCD file as binary. Throws SceneError; never takes more memory than the file's size allows. */
export function readPcdBody(scene: string, header: PcdHeader, bytes: Uint8Array): PcdBody {
  const data = bytes.subarray(header.dataStart);
  switch (header.encoding) {
    case "ascii":
      return interleaved(header, parseAscii(scene, header, data));
    case "binary":
      return interleaved(header, takeBinary(scene, header, data));
    case "binary_compressed":
      return planar(header, inflate(scene, header, data));
  }
}

function interleaved(header: PcdHeader, body: Uint8Array<ArrayBuffer>): PcdBody {
  return {
    view: new DataView(body.buffer, body.byteOffset, body.byteLength),
    place: (field) => ({ start: field.offset, stride: header.pointBytes }),
  };
}

function planar(header: PcdHeader, body: Uint8Array<ArrayBuffer>): PcdBody {
  return {
    view: new DataView(body.buffer, body.byteOffset, body.byteLength),
    place: (field) => ({ start: field.offset * header.points, stride: field.bytes * field.count }),
  };
}

function truncated(scene: string, found: string, expected: string): SceneError {
  return new SceneError({
    scene,
    found,
    expected,
    whatToDo: "The file is truncated or its header is wrong; copy or write it again.",
  });
}

function takeBinary(scene: string, header: PcdHeader, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const needed = header.points * header.pointBytes;
  if (data.length >= needed) return data.slice(0, needed);
  throw truncated(
    scene,
    `${data.length} bytes of data`,
    `${header.points} points of ${header.pointBytes} bytes = ${needed} bytes`,
  );
}

function inflate(scene: string, header: PcdHeader, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const needed = header.points * header.pointBytes;
  if (data.length < 8) throw truncated(scene, `${data.length} bytes of data`, "two sizes of 4 bytes");
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const packedBytes = view.getUint32(0, true);
  const rawBytes = view.getUint32(4, true);
  if (rawBytes !== needed) {
    const expected = `${header.points} points of ${header.pointBytes} bytes = ${needed} bytes`;
    throw truncated(scene, `${rawBytes} bytes after decompression`, expected);
  }
  if (packedBytes > data.length - 8) {
    throw truncated(scene, `${data.length - 8} bytes of compressed data`, `${packedBytes} bytes`);
  }
  if (largestLzfOutput(packedBytes) < rawBytes) {
    throw truncated(scene, `${packedBytes} compressed bytes for ${rawBytes}`, "at most 88 times as many");
  }
  const raw = decompressLzf(data.subarray(8, 8 + packedBytes), rawBytes);
  if (raw !== undefined) return raw;
  throw truncated(scene, "a damaged LZF stream", `one that decompresses to ${rawBytes} bytes`);
}

/** Text to the same bytes that `DATA binary` has. Every value takes at least a digit and a separator. */
function parseAscii(scene: string, header: PcdHeader, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const values = header.fields.reduce((sum, field) => sum + field.count, 0);
  const least = header.points * values * 2 - 1;
  if (data.length < least) {
    throw truncated(
      scene,
      `${data.length} bytes of text`,
      `${header.points} points, at least ${least} bytes`,
    );
  }
  const body = new Uint8Array(header.points * header.pointBytes);
  const view = new DataView(body.buffer);
  const words = new Words(data);
  for (let point = 0; point < header.points; point++) {
    for (const field of header.fields) {
      for (let i = 0; i < field.count; i++) {
        const word = words.next();
        const value = word === "" ? undefined : parseWord(word);
        if (value === undefined) {
          const found = word === "" ? "the end of the file" : quoted(word);
          throw truncated(scene, `${found} at point ${point}`, `a number for ${quoted(field.name)}`);
        }
        putValue(view, point * header.pointBytes + field.offset + i * field.bytes, field, value);
      }
    }
  }
  return body;
}

function parseWord(word: string): number | undefined {
  const value = Number(word);
  if (!Number.isNaN(value)) return value;
  return /^[+-]?nan$/i.test(word) ? Number.NaN : /^-?inf/i.test(word) ? Number.POSITIVE_INFINITY : undefined;
}

/** Words of a text separated by blanks and line ends, without splitting all of it at once. */
class Words {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next word, at most 64 characters of it; empty at the end. */
  next(): string {
    const bytes = this.#bytes;
    while (this.#at < bytes.length && bytes[this.#at]! <= 32) this.#at++;
    const start = this.#at;
    while (this.#at < bytes.length && bytes[this.#at]! > 32) this.#at++;
    return String.fromCharCode(...bytes.subarray(start, Math.min(this.#at, start + 64)));
  }
}

function putValue(view: DataView, at: number, field: PcdField, value: number): void {
  if (field.type === "F") {
    if (field.bytes === 4) view.setFloat32(at, value, true);
    else view.setFloat64(at, value, true);
  } else if (field.bytes === 1) view.setUint8(at, value);
  else if (field.bytes === 2) view.setUint16(at, value, true);
  else if (field.bytes === 4) view.setUint32(at, value, true);
  else view.setBigInt64(at, BigInt(Number.isFinite(value) ? Math.trunc(value) : 0), true);
}

/** Reads the first value of a field at a byte offset. */
export function valueReader(view: DataView, field: PcdField): (at: number) => number {
  const { type, bytes } = field;
  if (type === "F") {
    return bytes === 4 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true);
  }
  const signed = type === "I";
  if (bytes === 1) return signed ? (at) => view.getInt8(at) : (at) => view.getUint8(at);
  if (bytes === 2) return signed ? (at) => view.getInt16(at, true) : (at) => view.getUint16(at, true);
  if (bytes === 4) return signed ? (at) => view.getInt32(at, true) : (at) => view.getUint32(at, true);
  return signed ? (at) => Number(view.getBigInt64(at, true)) : (at) => Number(view.getBigUint64(at, true));
}
