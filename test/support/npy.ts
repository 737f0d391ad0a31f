import { readFileSync } from "node:fs";

export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Uint16Array | Uint8Array;
}

/** Reads a little-endian C-order .npy file (format 1.0), written down from NumPy's format description. */
export function readNpy(path: string): NpyArray {
  const bytes = readFileSync(path);
  if (bytes.toString("latin1", 0, 6) !== "\x93NUMPY") throw new Error(`${path} is not a .npy file`);
  const headerBytes = bytes.readUInt16LE(8);
  const header = bytes.toString("latin1", 10, 10 + headerBytes);
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "")
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  const data = bytes.buffer.slice(bytes.byteOffset + 10 + headerBytes, bytes.byteOffset + bytes.length);
  if (descr === "<f4") return { shape, values: new Float32Array(data) };
  if (descr === "<u2") return { shape, values: new Uint16Array(data) };
  if (descr === "|u1") return { shape, values: new Uint8Array(data) };
  throw new Error(`${path}: unexpected dtype ${descr}`);
}
