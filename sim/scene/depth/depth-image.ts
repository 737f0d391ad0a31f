/** A pinhole camera; pixel centres at integer coordinates. */
export interface Intrinsics {
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
}

/** Depth along the optical axis, seen from the camera's own place. */
export interface DepthImage {
  readonly width: number;
  readonly height: number;
  /** Row order, metres; 0 = no depth. */
  readonly depthM: Float32Array;
  /** Lambertian reflectance, 0..1, of each pixel. */
  readonly rho: Float32Array;
  readonly intrinsics: Intrinsics;
}

/** Two neighbours lie on one surface if their depths differ by no more than this + per m^2 times depth squared (assumed). */
export const GAP_M = 0.03;
/** Depth steps of structured light and slanted surfaces both grow with the square of the distance. */
export const GAP_PER_M = 0.008;

/** Reflectance where a file says nothing about it (assumed). */
export const DEFAULT_RHO = 0.5;

/**
 * Reflectance at 940 nm from brightness in visible light, 0..1 (assumed): most dyes and paints are brighter in the near
 * infrared, so black becomes 0.1 and white 0.8.
 */
export function rhoFromBrightness(brightness: number): number {
  return 0.1 + 0.7 * brightness;
}
