import { type Findings, spreadRatio } from "./evidence.ts";
import type { LonePixel } from "./mixed-finder.ts";
import type { MixedInput } from "./mixed-image.ts";
import type { Plane } from "./plane.ts";

/** What a pixel sees, if it is mixed. */
export interface PixelDescription {
  readonly probability: number;
  readonly nearM: number;
  readonly nearSigmaM: number;
  readonly farM: number;
  readonly farSigmaM: number;
  readonly nearFraction: number;
}

/** Surfaces bend and end beside what neighbours tell, as a share of the range (assumed). */
const EXTRAPOLATION = 0.005;
/** A part of a pixel has its centre so far from the pixel's, rms, in pixels. */
const PART_OFFSET = 0.3;
/** Neighbours' planes are off by more than noise tells (measured: docs/mixed-pixels.md). */
const INFLATION = 2;
/** A lone pixel is labelled from so many standard deviations off the surface around it. */
const LONE_SIGMAS = 5;
const LONE_LEAST_M = 0.02;
const LONE_PROBABILITY = 0.9;
/** A spread is a measurement from so many of its sigma. */
const SPREAD_SIGMAS = 3;
const UNKNOWN = { rangeM: 0, sigmaM: Infinity };

/** A pixel between two surfaces. */
export function describeMixture(findings: Findings, probability: number): PixelDescription {
  const { edge, image, pixel, surfaces } = findings;
  const { far, farM, farVarianceM2, near, nearM, nearVarianceM2 } = surfaces;
  const farSigmaM = depthSigma(far, farM, farVarianceM2);
  // A wire: what seems to be the near surface is one pixel wide, hence mixed itself.
  if (surfaces.nearIsThin && isInFront(image, pixel, farM, farSigmaM))
    return {
      ...thinObject(image, pixel, farM),
      farM,
      farSigmaM,
      probability: Math.max(probability, LONE_PROBABILITY),
    };
  return {
    probability,
    nearM,
    nearSigmaM: depthSigma(near, nearM, nearVarianceM2),
    farM,
    farSigmaM,
    nearFraction: edge.nearFraction,
  };
}

/** A pixel that lies off the one surface around it sees that surface and something small. Undefined if it lies on it. */
export function describeLone(
  image: MixedInput,
  pixel: number,
  lone: LonePixel,
): PixelDescription | undefined {
  const { surface, surfaceM, surfaceVarianceM2 } = lone;
  const surfaceSigmaM = depthSigma(surface, surfaceM, surfaceVarianceM2);
  if (!(surfaceM < Infinity && isInFront(image, pixel, surfaceM, surfaceSigmaM))) return undefined;
  return {
    ...thinObject(image, pixel, surfaceM),
    probability: LONE_PROBABILITY,
    farM: surfaceM,
    farSigmaM: surfaceSigmaM,
  };
}

/** The pixel's range is significantly before a surface. */
function isInFront(image: MixedInput, pixel: number, surfaceM: number, surfaceSigmaM: number): boolean {
  const sigmaM = Math.hypot(surfaceSigmaM, image.sigmaM[pixel]!);
  return surfaceM - image.rangeM[pixel]! > Math.max(LONE_SIGMAS * sigmaM, LONE_LEAST_M);
}

/**
 * Something thin before a surface at farM. With the share p at the gap g the range is p g before the surface and the variance of
 * depth p (1 - p) g^2: both together give p and g; without the variance the near depth is unknown.
 */
function thinObject(image: MixedInput, pixel: number, farM: number) {
  const shiftM = farM - image.rangeM[pixel]!;
  const ratio = spreadRatio(image, pixel);
  if (!(ratio > SPREAD_SIGMAS && shiftM > 0))
    return { nearM: UNKNOWN.rangeM, nearSigmaM: UNKNOWN.sigmaM, nearFraction: 0 };
  const varianceM2 = image.spreadM[pixel]! ** 2;
  const gapM = shiftM + varianceM2 / shiftM;
  const shareOfShift = image.sigmaM[pixel]! * Math.abs(1 - varianceM2 / shiftM ** 2);
  return {
    nearM: farM - gapM,
    nearSigmaM: Math.hypot(varianceM2 / ratio / shiftM, shareOfShift),
    nearFraction: shiftM / gapM,
  };
}

/** Of the surface's mean range over the part of the pixel that it fills, m. */
function depthSigma({ alongX, alongY, value }: Plane, rangeM: number, varianceM2: number): number {
  const slope = (rangeM * Math.hypot(alongX, alongY)) / (1 + value);
  return Math.sqrt(INFLATION * varianceM2 + (PART_OFFSET * slope) ** 2 + (EXTRAPOLATION * rangeM) ** 2);
}
