import type { OpticsProfile } from "../../hw-profiles/sensor-profile.ts";
import { undistort } from "./distortion.ts";

/** Unit vector of every pixel's line of sight: x right, y down, z forward; xyz interleaved, row-major. */
export interface RayTable {
  readonly width: number;
  readonly height: number;
  /** width x height x 3 */
  readonly directions: Float32Array;
}

/**
 * Line of sight of every pixel centre (integer coordinates), computed in f64.
 * @throws Error when the distortion cannot be inverted within the image.
 */
export function rayTable(optics: OpticsProfile, width: number, height: number): RayTable {
  const directions = new Float32Array(3 * width * height);
  let at = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const { x, y } = undistort(optics, {
        x: (column - optics.cxPx) / optics.fxPx,
        y: (row - optics.cyPx) / optics.fyPx,
      });
      const norm = 1 / Math.sqrt(x * x + y * y + 1);
      directions[at++] = x * norm;
      directions[at++] = y * norm;
      directions[at++] = norm;
    }
  return { width, height, directions };
}
