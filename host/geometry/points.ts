import { PIXEL_INVALID } from "../../hw-profiles/interface/pixel-flags.ts";
import type { RayTable } from "./ray-table.ts";

/** What toPoints needs of a frame. */
export interface RangeImage {
  readonly width: number;
  readonly height: number;
  readonly rangeM: Float32Array;
  readonly flags: Uint8Array;
}

/**
 * Radial range to points in the camera frame, metres: x right, y down, z forward; xyz interleaved, one point a
 * pixel in row order. A pixel without range becomes NaN, never the origin.
 * @param out width x height x 3, reused when given
 * @throws Error when the image and the table differ in size
 */
export function toPoints(image: RangeImage, table: RayTable, out?: Float32Array): Float32Array {
  if (image.width !== table.width || image.height !== table.height)
    throw new Error(
      `found an image of ${image.width} x ${image.height}, expected ${table.width} x ${table.height} as the ray table`,
    );
  const { rangeM, flags } = image;
  const { directions } = table;
  const points = out ?? new Float32Array(directions.length);
  for (let pixel = 0, at = 0; pixel < rangeM.length; pixel++, at += 3) {
    const range = flags[pixel]! & PIXEL_INVALID ? Number.NaN : rangeM[pixel]!;
    points[at] = directions[at]! * range;
    points[at + 1] = directions[at + 1]! * range;
    points[at + 2] = directions[at + 2]! * range;
  }
  return points;
}
