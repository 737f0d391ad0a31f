import { pow } from "../../../math/elementary.ts";
import { type PngHeader, readPng } from "../../png/read-png.ts";
import { BLUE, badPicture, GREEN, type Picture, RED } from "./picture.ts";

// 8 and 16 bit, grey or RGB, with or without alpha. Ancillary chunks (gAMA, iCCP, sRGB) are not looked at: samples are
// decoded by the sRGB curve or taken as linear, as the caller says. Transparent pixels are dark: light times alpha.

export type Transfer = "srgb" | "linear";

/** Samples of a pixel by colour type; the last one of types 4 and 6 is alpha. */
const SAMPLES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
]);

/** Decode a PNG to linear light, white = 1. Throws SceneError. */
export function readPngPicture(scene: string, bytes: Uint8Array, transfer: Transfer): Picture {
  const rows = readPng(bytes, {
    fault: (found, expected) => bad(scene, found, expected),
    bytesPerPixel: (header) => pixelBytes(scene, header),
  });
  const { width, height, depth, colour } = rows.header;
  const samples = SAMPLES.get(colour) ?? 1;
  const sampleBytes = depth / 8;
  const curve = transferTable(transfer, depth);
  const view = new DataView(rows.bytes.buffer, rows.bytes.byteOffset, rows.bytes.byteLength);
  const values = new Float32Array(width * height);
  const code = (at: number): number => (sampleBytes === 2 ? view.getUint16(at) : view.getUint8(at));
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++, to++) {
      const at = row * rows.rowBytes + 1 + column * samples * sampleBytes;
      const light = (sample: number): number => curve[code(at + sample * sampleBytes)]!;
      const level = samples < 3 ? light(0) : RED * light(0) + GREEN * light(1) + BLUE * light(2);
      const hasAlpha = samples % 2 === 0;
      values[to] = hasAlpha ? (level * code(at + (samples - 1) * sampleBytes)) / (2 ** depth - 1) : level;
    }
  }
  return { width, height, values };
}

function bad(scene: string, found: string, expected: string) {
  return badPicture(
    scene,
    found,
    expected,
    "Write the picture as a grey or RGB PNG of 8 or 16 bit, without interlace.",
  );
}

function pixelBytes(scene: string, { depth, colour, interlace }: PngHeader): number {
  const samples = SAMPLES.get(colour);
  if (samples !== undefined && (depth === 8 || depth === 16) && interlace === 0) return (samples * depth) / 8;
  const found = `bit depth ${depth}, colour type ${colour}, interlace ${interlace}`;
  throw bad(
    scene,
    found,
    "bit depth 8 or 16, colour type 0 (grey), 2 (RGB), 4 or 6 (with alpha), no interlace",
  );
}

/** Linear light of every code: IEC 61966-2-1 for sRGB. */
function transferTable(transfer: Transfer, depth: number): Float64Array {
  const white = 2 ** depth - 1;
  return Float64Array.from({ length: white + 1 }, (_, code) => {
    const level = code / white;
    if (transfer === "linear") return level;
    return level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4);
  });
}
