import type { OpticsProfile } from "../../hw-profiles/sensor-profile.ts";

export interface NormalisedPoint {
  readonly x: number;
  readonly y: number;
}

/** Brown-Conrady: ideal pinhole coordinates (x/z, y/z) to distorted ones. */
export function distort(optics: OpticsProfile, ideal: NormalisedPoint): NormalisedPoint {
  const { x, y } = ideal;
  const r2 = x * x + y * y;
  const radial = 1 + r2 * (optics.k1 + r2 * (optics.k2 + r2 * optics.k3));
  return {
    x: x * radial + 2 * optics.p1 * x * y + optics.p2 * (r2 + 2 * x * x),
    y: y * radial + optics.p1 * (r2 + 2 * y * y) + 2 * optics.p2 * x * y,
  };
}

const MAX_ITERATIONS = 200;
const CONVERGED = 1e-14;

/**
 * Inverse of `distort` by fixed-point iteration in f64 until a step is below 1e-14.
 * @throws when the model does not converge there (distortion too strong for this field of view).
 */
export function undistort(optics: OpticsProfile, seen: NormalisedPoint): NormalisedPoint {
  let { x, y } = seen;
  for (let i = 0; i < MAX_ITERATIONS; i++) {
    const image = distort(optics, { x, y });
    const dx = seen.x - image.x;
    const dy = seen.y - image.y;
    x += dx;
    y += dy;
    if (Math.abs(dx) + Math.abs(dy) < CONVERGED) return { x, y };
  }
  throw new Error(
    `the lens distortion cannot be inverted at (${seen.x.toFixed(4)}, ${seen.y.toFixed(4)}): found no fixed point ` +
      `in ${MAX_ITERATIONS} steps, expected a mild distortion; reduce k1, k2, k3, p1, p2 of the optics`,
  );
}
