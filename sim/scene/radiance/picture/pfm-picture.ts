import { BLUE, badPicture, GREEN, isLight, notLight, type Picture, RED } from "./picture.ts";

// Portable float map: "PF" (RGB) or "Pf" (grey), width, height, scale; a negative scale means little endian, its size
// multiplies the values. Rows from bottom to top.

const MAX_HEADER_BYTES = 200;
const CHANNELS = ["R", "G", "B"];
const MAX_SIDE = 1 << 20;
const HEADER = /^(P[Ff])\s+(\d{1,9})\s+(\d{1,9})\s+([-+]?[0-9.]+(?:[eE][-+]?\d+)?)(?:\r\n|[\n\r\t ])/;

/** Decode a PFM. Throws SceneError. */
export function readPfm(scene: string, bytes: Uint8Array): Picture {
  const head = HEADER.exec(latin1(bytes.subarray(0, MAX_HEADER_BYTES)));
  if (head === null) throw bad(scene, "no PFM header", '"PF" or "Pf", width, height and scale');
  const [text, kind, widthText, heightText, scaleText] = head;
  const [width, height, scale] = [Number(widthText), Number(heightText), Number(scaleText)];
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
    throw bad(scene, `${width} x ${height} pixels`, `1 to ${MAX_SIDE} pixels a side`);
  if (!Number.isFinite(scale) || scale === 0)
    throw bad(scene, `a scale of ${scaleText}`, "a number other than 0");
  const samples = kind === "PF" ? 3 : 1;
  const expected = 4 * samples * width * height;
  const body = bytes.subarray(text.length);
  if (body.length !== expected) {
    const size = `${width} x ${height} x ${samples} floats`;
    throw bad(scene, `${body.length} bytes of pixels`, `${expected} bytes: ${size}`);
  }
  const weights = samples === 3 ? [RED, GREEN, BLUE] : [1];
  return { width, height, values: decode(scene, body, width, height, weights, scale) };
}

function decode(
  scene: string,
  body: Uint8Array,
  width: number,
  height: number,
  weights: readonly number[],
  scale: number,
): Float32Array {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const values = new Float32Array(width * height);
  for (let row = 0, at = 0; row < height; row++) {
    for (let to = (height - 1 - row) * width, end = to + width; to < end; to++) {
      let level = 0;
      for (let sample = 0; sample < weights.length; sample++, at += 4) {
        const value = view.getFloat32(at, scale < 0) * Math.abs(scale);
        if (!isLight(value))
          throw notLight(scene, width, to, weights.length > 1 ? CHANNELS[sample]! : "", value);
        level += weights[sample]! * value;
      }
      values[to] = level;
    }
  }
  return values;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function bad(scene: string, found: string, expected: string) {
  return badPicture(scene, found, expected, "Write the picture as PFM, grey or RGB, again.");
}
