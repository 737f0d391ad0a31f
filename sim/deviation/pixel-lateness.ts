import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import type { PixelArea } from "../pixel/device-patterns.ts";
import { Draws } from "../random/draws.ts";
import { STREAM_PIXEL_LATENESS } from "../random/streams.ts";
import type { ChipDeviation } from "./chip-deviation.ts";

/**
 * How late the gates of each pixel open, ns. A bias line with distributed R and C, driven at row 0 and open at its end, is late
 * by RC (x - x^2/2) at the share x of its length (Elmore delay); to it comes what each pixel has on its own.
 */
export function pixelLatenessNs(
  { array, deviceSeed }: LidarProfile,
  { biasLineNs, pixelNs }: ChipDeviation,
  area: PixelArea,
): Float32Array {
  const draws = new Draws(deviceSeed, STREAM_PIXEL_LATENESS);
  const last = Math.max(1, array.heightPx - 1);
  return Float32Array.from({ length: area.count }, (_, i) => {
    const pixel = area.firstPixel + i;
    const x = Math.floor(pixel / array.widthPx) / last;
    return biasLineNs * x * (2 - x) + pixelNs * draws.normal(pixel);
  });
}
