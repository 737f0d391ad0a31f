import type { OpticsProfile } from "../../hw-profiles/sensor-profile.ts";
import type { RayBundle } from "../scene/scene.ts";
import { undistort } from "./distortion.ts";

export const DEFAULT_RAYS_PER_SIDE = 4;
export const MAX_RAYS_PER_SIDE = 8;

/** The kernels take the rays of a pixel four at a time. @throws RangeError unless the number is 2, 4, 6 or 8. */
export function checkRaysPerSide(raysPerSide: number): number {
  if (raysPerSide >= 2 && raysPerSide <= MAX_RAYS_PER_SIDE && raysPerSide % 2 === 0) return raysPerSide;
  throw new RangeError(
    `rays per pixel side: found ${raysPerSide}, expected an even number from 2 to ${MAX_RAYS_PER_SIDE}`,
  );
}

/**
 * Unit directions through the sub-pixel grid of the rows firstRow .. firstRow + rows: pixel centres at integer
 * coordinates, raysPerSide^2 fixed positions in the middle of equal squares, row by row within the pixel.
 */
export function subRays(
  optics: OpticsProfile,
  area: { readonly columns: number; readonly firstRow: number; readonly rows: number },
  raysPerSide: number,
): RayBundle {
  const side = checkRaysPerSide(raysPerSide);
  const raysPerPixel = side * side;
  const directions = new Float32Array(3 * raysPerPixel * area.columns * area.rows);
  let at = 0;
  for (let row = area.firstRow; row < area.firstRow + area.rows; row++) {
    for (let column = 0; column < area.columns; column++) {
      for (let ray = 0; ray < raysPerPixel; ray++) {
        const u = column + subPosition(ray % side, side);
        const v = row + subPosition(Math.floor(ray / side), side);
        writeDirection(directions, at, optics, u, v);
        at += 3;
      }
    }
  }
  return { directions, raysPerPixel, columns: area.columns, rows: area.rows, firstRow: area.firstRow };
}

function subPosition(index: number, side: number): number {
  return (index + 0.5) / side - 0.5;
}

function writeDirection(
  directions: Float32Array,
  at: number,
  optics: OpticsProfile,
  u: number,
  v: number,
): void {
  const seen = { x: (u - optics.cxPx) / optics.fxPx, y: (v - optics.cyPx) / optics.fyPx };
  const { x, y } = undistort(optics, seen);
  const length = Math.sqrt(x * x + y * y + 1);
  directions[at] = x / length;
  directions[at + 1] = y / length;
  directions[at + 2] = 1 / length;
}
