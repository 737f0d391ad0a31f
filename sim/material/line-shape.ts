/** Shapes of spectral lines, of unit height. */
import { exp } from "../math/elementary.ts";

/** Gaussian by its half width at half maximum. */
export function gaussianLine(distance: number, halfWidth: number): number {
  const u = distance / halfWidth;
  return exp(-Math.LN2 * u * u);
}

/** Smooth step from 0 to 1 around 0. */
export function smoothStep(distance: number, width: number): number {
  return 1 / (1 + exp(-distance / width));
}
