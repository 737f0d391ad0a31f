import type { OpticsProfile } from "../../hw-profiles/sensor-profile.ts";

export interface ImagePoint {
  readonly x: number;
  readonly y: number;
}

const MAX_ITERATIONS = 50;
/** Normalised image plane; far below a thousandth of a micropixel. */
const CONVERGED = 1e-15;

/** Brown-Conrady: undistorted to distorted coordinates on the normalised image plane (z = 1). */
export function distort(optics: OpticsProfile, { x, y }: ImagePoint): ImagePoint {
  const { k1, k2, k3, p1, p2 } = optics;
  const r2 = x * x + y * y;
  const radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
  return {
    x: x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x),
    y: y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y,
  };
}

/** d(distorted)/d(undistorted), row by row. */
function jacobian(
  { k1, k2, k3, p1, p2 }: OpticsProfile,
  { x, y }: ImagePoint,
): [number, number, number, number] {
  const r2 = x * x + y * y;
  const radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
  const slope = 2 * (k1 + r2 * (2 * k2 + 3 * r2 * k3));
  const mixed = x * y * slope + 2 * p1 * x + 2 * p2 * y;
  return [
    radial + x * x * slope + 2 * p1 * y + 6 * p2 * x,
    mixed,
    mixed,
    radial + y * y * slope + 6 * p1 * y + 2 * p2 * x,
  ];
}

/**
 * The inverse of distort(), by Newton's method in f64.
 * @throws Error when the distortion folds over at this point and has no inverse.
 */
export function undistort(optics: OpticsProfile, target: ImagePoint): ImagePoint {
  let point = target;
  for (let i = 0; i < MAX_ITERATIONS; i++) {
    const { x, y } = distort(optics, point);
    const [a, b, c, d] = jacobian(optics, point);
    const determinant = a * d - b * c;
    if (!(determinant > 0)) break;
    const dx = (d * (target.x - x) - b * (target.y - y)) / determinant;
    const dy = (a * (target.y - y) - c * (target.x - x)) / determinant;
    point = { x: point.x + dx, y: point.y + dy };
    if (Math.abs(dx) + Math.abs(dy) < CONVERGED) return point;
  }
  throw new Error(
    `the lens distortion has no inverse at (${target.x.toFixed(3)}, ${target.y.toFixed(3)}) of the normalised image ` +
      "plane: expected coefficients that keep the image in order; check k1, k2, k3, p1, p2 of the profile's optics",
  );
}
