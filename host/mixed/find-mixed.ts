import { PIXEL_SEVERAL } from "../../hw-profiles/interface/pixel-flags.ts";
import type { RayTable } from "../geometry/ray-table.ts";
import { describeLone, describeMixture, type PixelDescription } from "./describe.ts";
import { MixedFinder } from "./mixed-finder.ts";
import type { MixedInput, MixedPixels } from "./mixed-image.ts";
import { EVIDENCE_WEIGHTS, EVIDENCE_WEIGHTS_WITHOUT_SPREAD } from "./weights.ts";

/** A pixel is labelled from this probability on: at most one in a hundred good pixels is, on the scans of docs/mixed-pixels.md. */
export const MIXED_PROBABILITY = 0.36;

/**
 * Label the pixels of a LiDAR frame that see a near and a far surface which their waveform cannot separate, by the
 * hypothesis that they are mixtures of their neighbours' surfaces, and give both depths. Nothing that was measured changes.
 * Pure: the same frame gives the same result.
 *
 * @param sight lines of sight of the frame's pixels, by rayTable()
 * @throws RangeError when frame and lines of sight differ in size
 */
export function findMixed(image: MixedInput, sight: RayTable): MixedPixels {
  requireSame(image, sight);
  const { height, width } = image;
  const result = emptyResult(image);
  const finder = new MixedFinder(image, sight);
  const weights = image.spreadM.length > 0 ? EVIDENCE_WEIGHTS : EVIDENCE_WEIGHTS_WITHOUT_SPREAD;
  let mixedPixels = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const description = describe(finder, image, x, y, weights);
      if (description !== undefined) put(result, pixel, description);
      if ((result.flags[pixel]! & PIXEL_SEVERAL) !== 0) mixedPixels++;
    }
  return { ...result, mixedPixels };
}

function describe(
  finder: MixedFinder,
  image: MixedInput,
  x: number,
  y: number,
  weights: readonly number[],
): PixelDescription | undefined {
  const found = finder.look(x, y);
  if (found === undefined) return undefined;
  const pixel = y * image.width + x;
  if (found.kind === "one") return describeLone(image, pixel, found.lone);
  return describeMixture(found.findings, probability(found.evidence, weights));
}

/** Logistic function of the weighted sum. */
function probability(evidence: readonly number[], weights: readonly number[]): number {
  let logOdds = 0;
  for (let i = 0; i < evidence.length; i++) logOdds += evidence[i]! * weights[i]!;
  return 1 / (1 + Math.exp(-logOdds));
}

type Images = Omit<MixedPixels, "mixedPixels">;

function emptyResult({ flags, height, width }: MixedInput): Images {
  const image = (): Float32Array => new Float32Array(width * height);
  return {
    width,
    height,
    flags: flags.slice(),
    probability: image(),
    nearM: image(),
    nearSigmaM: image(),
    farM: image(),
    farSigmaM: image(),
    nearFraction: image(),
  };
}

/** Depths are given where a pixel is labelled, be it by the waveform. */
function put(images: Images, pixel: number, description: PixelDescription): void {
  images.probability[pixel] = description.probability;
  if (description.probability >= MIXED_PROBABILITY) images.flags[pixel]! |= PIXEL_SEVERAL;
  if ((images.flags[pixel]! & PIXEL_SEVERAL) === 0) return;
  images.nearM[pixel] = description.nearM;
  images.nearSigmaM[pixel] = description.nearSigmaM;
  images.farM[pixel] = description.farM;
  images.farSigmaM[pixel] = description.farSigmaM;
  images.nearFraction[pixel] = description.nearFraction;
}

function requireSame(image: MixedInput, sight: RayTable): void {
  const found = `${sight.width} x ${sight.height}`;
  const expected = `${image.width} x ${image.height}`;
  const pixels = image.width * image.height;
  if (found !== expected)
    throw new RangeError(
      `lines of sight: found ${found}, expected ${expected} as the frame; make them for its size`,
    );
  const planes = { rangeM: image.rangeM, sigmaM: image.sigmaM, flags: image.flags };
  for (const [name, { length }] of Object.entries(planes))
    if (length !== pixels)
      throw new RangeError(`${name}: found ${length} values, expected ${pixels}; enable the component Range`);
}
