import { SceneError } from "../scene-error.ts";
import { type PngHeader, readPng } from "./read-png.ts";

// Reads 16-bit grey PNG images only.

/** Codes of a depth image in row order. */
export interface DepthCodes {
  readonly width: number;
  readonly height: number;
  readonly codes: Uint16Array;
}

const BYTES_PER_PIXEL = 2;

/** Decode a 16-bit grey PNG. Throws SceneError; takes no more memory than its size can justify. */
export function readDepthPng(scene: string, bytes: Uint8Array): DepthCodes {
  const rows = readPng(bytes, {
    fault: (found, expected) => bad(scene, found, expected),
    bytesPerPixel: (header) => checkHeader(scene, header),
  });
  const { width, height } = rows.header;
  const raw = rows.bytes;
  const codes = new Uint16Array(width * height);
  for (let row = 0, to = 0; row < height; row++) {
    const start = row * rows.rowBytes + 1;
    for (let at = start; at < start + BYTES_PER_PIXEL * width; at += 2)
      codes[to++] = (raw[at]! << 8) | raw[at + 1]!;
  }
  return { width, height, codes };
}

function bad(scene: string, found: string, expected: string): SceneError {
  return new SceneError({
    scene,
    found,
    expected,
    whatToDo: "Write the depth image as a 16-bit grey PNG again.",
  });
}

function checkHeader(scene: string, { depth, colour, interlace }: PngHeader): number {
  if (depth === 16 && colour === 0 && interlace === 0) return BYTES_PER_PIXEL;
  const found = `bit depth ${depth}, colour type ${colour}, interlace ${interlace}`;
  throw bad(scene, found, "bit depth 16, colour type 0 (grey), no interlace");
}
