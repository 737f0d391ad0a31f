import {
  PIXEL_FORMAT_LOSSLESS,
  PIXEL_FORMAT_MONO12P,
  PIXEL_FORMAT_MONO16,
} from "../../hw-profiles/interface/reports.ts";

/** Formats of raw lines as register PixelFormat has them. */
export const RAW_FORMATS = {
  mono16: PIXEL_FORMAT_MONO16,
  mono12p: PIXEL_FORMAT_MONO12P,
  lossless: PIXEL_FORMAT_LOSSLESS,
} as const;

export type RawFormat = keyof typeof RAW_FORMATS;

/** Mono12p (GenICam PFNC): two pixels in three bytes, least significant bits first. */
export function unpackMono12p(
  source: Uint8Array,
  start: number,
  codes: Uint16Array,
  at: number,
  count: number,
): void {
  const pairs = count >>> 1;
  let s = start;
  let d = at;
  for (let i = 0; i < pairs; i++, s += 3, d += 2) {
    const middle = source[s + 1]!;
    codes[d] = source[s]! | ((middle & 0x0f) << 8);
    codes[d + 1] = (middle >>> 4) | (source[s + 2]! << 4);
  }
  if (count & 1) codes[d] = source[s]! | ((source[s + 1]! & 0x0f) << 8);
}

/** Little-endian u16 from any byte position. */
export function unpackMono16(
  source: Uint8Array,
  start: number,
  codes: Uint16Array,
  at: number,
  count: number,
): void {
  for (let i = 0, s = start; i < count; i++, s += 2) codes[at + i] = source[s]! | (source[s + 1]! << 8);
}
