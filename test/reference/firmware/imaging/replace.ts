import { PIXEL_BAD, PIXEL_REPLACED } from "../../../../hw-profiles/interface/pixel-flags.ts";
import type { ReferenceParameters } from "../parameters.ts";
import type { ImagingConstants } from "./constants.ts";

const fround = Math.fround;

/** A pixel as it is sent. */
export interface ImageCodes {
  readonly intensity: number;
  readonly sigma: number;
  readonly flags: number;
}

type Image = readonly (readonly ImageCodes[])[];

/** Steps (row, column) from the first of two opposite neighbours to the centre. */
const DIRECTIONS = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

const AROUND = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dy, dx] as const));

function good(image: Image, y: number, x: number): ImageCodes | undefined {
  const pixel = image[y]?.[x];
  return pixel === undefined || pixel.flags & PIXEL_BAD ? undefined : pixel;
}

function closestPair(image: Image, y: number, x: number): readonly ImageCodes[] {
  let best: readonly ImageCodes[] = [];
  let smallest = Infinity;
  for (const [dy, dx] of DIRECTIONS) {
    const a = good(image, y - dy, x - dx);
    const b = good(image, y + dy, x + dx);
    if (a === undefined || b === undefined) continue;
    const gradient = Math.abs(a.intensity - b.intensity);
    if (gradient >= smallest) continue;
    smallest = gradient;
    best = [a, b];
  }
  return best;
}

function surrounding(image: Image, y: number, x: number): readonly ImageCodes[] {
  return AROUND.flatMap(([dy, dx]) => good(image, y + dy, x + dx) ?? []);
}

function patchSigma(p: ReferenceParameters, c: ImagingConstants, patch: readonly ImageCodes[]): number {
  const variance = patch.reduce((sum, { sigma }) => fround(sum + fround(sigma * sigma)), 0);
  const codes = patch.map(({ intensity }) => intensity);
  const factor = fround(fround(p.intensityScale * c.sigmaPerDn) * 0.5);
  const half = fround((Math.max(...codes) - Math.min(...codes)) * factor);
  const mean = fround(variance / (patch.length * patch.length));
  const sigma = fround(Math.sqrt(fround(mean + fround(half * half))));
  return Math.trunc(Math.min(65535, fround(sigma + 0.5)));
}

/** The pixel that stands in for the bad one at (y, x). */
export function replacement(
  p: ReferenceParameters,
  c: ImagingConstants,
  image: Image,
  y: number,
  x: number,
): ImageCodes {
  const pair = closestPair(image, y, x);
  const patch = pair.length > 0 ? pair : surrounding(image, y, x);
  const { flags } = image[y]![x]!;
  if (patch.length === 0) return { intensity: p.intensityOffset, sigma: 65535, flags };
  const total = patch.reduce((sum, { intensity }) => sum + intensity, 0);
  return {
    intensity: Math.floor((total + (patch.length >> 1)) / patch.length),
    sigma: patchSigma(p, c, patch),
    flags: flags | PIXEL_REPLACED,
  };
}
