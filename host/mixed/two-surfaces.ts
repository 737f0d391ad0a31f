import type { MixedInput } from "./mixed-image.ts";
import { type PixelWindow, REACH, WINDOW_PIXELS } from "./pixel-window.ts";
import type { Plane } from "./plane.ts";
import { distance, type SurfaceFinder } from "./surface-finder.ts";

/** The two surfaces around a pixel. */
export interface TwoSurfaces {
  readonly near: Plane;
  readonly far: Plane;
  /** Radial ranges at the pixel, m, and their variances, m^2. */
  readonly nearM: number;
  readonly farM: number;
  readonly nearVarianceM2: number;
  readonly farVarianceM2: number;
  /** What tells the near surface is one pixel wide: a wire, whose pixels are all mixed. */
  readonly nearIsThin: boolean;
  /** Amplitude of a pixel full of the near surface over that of one full of the far one. */
  readonly brightness: number;
}

/** Surfaces nearer together are one, m. */
const LEAST_GAP_M = 0.05;
/** A pixel within as many standard deviations of a plane tells its amplitude. */
const BELONGS = 2.4;

/** Near and far surface at a pixel; undefined when one hides behind the horizon or they are hardly apart. */
export function twoSurfaces(
  image: MixedInput,
  window: PixelWindow,
  { first, second }: SurfaceFinder,
  pixel: number,
): TwoSurfaces | undefined {
  const [firstM, secondM] = [window.rangeOf(first.value, pixel), window.rangeOf(second.value, pixel)];
  const [near, far] = firstM < secondM ? [first, second] : [second, first];
  const [nearM, farM] = [Math.min(firstM, secondM), Math.max(firstM, secondM)];
  if (!(farM - nearM > LEAST_GAP_M && farM < Infinity)) return undefined;
  return {
    near,
    far,
    nearM,
    farM,
    nearVarianceM2: near.variance * (nearM / (1 + near.value)) ** 2,
    farVarianceM2: far.variance * (farM / (1 + far.value)) ** 2,
    nearIsThin: isThin(window, near),
    brightness: brightnessOf(image, window, near, far),
  };
}

/** From the pixels of either surface; where amplitudes are not known, as for surfaces of one reflectance: 1/r^2. */
function brightnessOf({ amplitudeE }: MixedInput, window: PixelWindow, near: Plane, far: Plane): number {
  let [nearSum, nearCount, farSum, farCount] = [0, 0, 0, 0];
  for (let i = 0; i < window.count; i++) {
    const amplitude = amplitudeE[window.index[i]!] ?? 0;
    const isNear = Math.abs(distance(window, near, i)) < BELONGS;
    const isFar = Math.abs(distance(window, far, i)) < BELONGS;
    if (!(amplitude > 0) || isNear === isFar) continue;
    if (isNear) {
      nearSum += amplitude;
      nearCount++;
    } else {
      farSum += amplitude;
      farCount++;
    }
  }
  if (nearCount > 0 && farCount > 0) return nearSum / nearCount / (farSum / farCount);
  return ((1 + near.value) / (1 + far.value)) ** 2;
}

const SIDE = 2 * REACH + 1;
const scratch = new Uint8Array(WINDOW_PIXELS);

/** No square of four pixels of the window lies on the plane. */
function isThin(window: PixelWindow, plane: Plane): boolean {
  scratch.fill(0);
  for (let i = 0; i < window.count; i++)
    if (Math.abs(distance(window, plane, i)) < BELONGS)
      scratch[(window.dy[i]! + REACH) * SIDE + window.dx[i]! + REACH] = 1;
  for (let at = 0; at < WINDOW_PIXELS - SIDE; at++) {
    const isLastColumn = at % SIDE === SIDE - 1;
    if (!isLastColumn && scratch[at]! & scratch[at + 1]! & scratch[at + SIDE]! & scratch[at + SIDE + 1]!)
      return false;
  }
  return true;
}
