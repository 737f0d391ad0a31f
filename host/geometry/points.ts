import { PointKernel } from "./point-kernel.ts";
import type { RayTable } from "./ray-table.ts";

/** What toPoints needs of a frame. */
export interface RangeImage {
  readonly width: number;
  readonly height: number;
  readonly rangeM: Float32Array;
  readonly flags: Uint8Array;
}

const kernels = new WeakMap<RayTable, PointKernel>();

/** Gives a table a kernel whose memory has room for frames; the one that it had, and its points, are used no longer. */
export function setPointKernel(table: RayTable, kernel: PointKernel): void {
  kernels.set(table, kernel);
}

/**
 * Radial range to points in the camera frame, metres: x right, y down, z forward; xyz interleaved, one point a
 * pixel in row order. A pixel without range becomes NaN, never the origin.
 * @param out width x height x 3, reused when given
 * @throws Error when the image and the table differ in size
 */
export function toPoints(image: RangeImage, table: RayTable, out?: Float32Array): Float32Array {
  const points = viewPoints(image, table);
  if (out === undefined) return points.slice();
  out.set(points);
  return out;
}

/**
 * The same without the copy: a view of memory that belongs to the table and is overwritten by the next call with it. For
 * loops that are done with the points of one frame before they take the next.
 * @throws Error when the image and the table differ in size
 */
export function viewPoints(image: RangeImage, table: RayTable): Float32Array {
  if (image.width !== table.width || image.height !== table.height)
    throw new Error(
      `found an image of ${image.width} x ${image.height}, expected ${table.width} x ${table.height} as the ray table`,
    );
  let kernel = kernels.get(table);
  if (kernel === undefined) {
    kernel = new PointKernel(table);
    kernels.set(table, kernel);
  }
  kernel.projectAll(image.rangeM, image.flags);
  return kernel.points;
}
