import { PIXEL_MISFIT } from "../../hw-profiles/interface/pixel-flags.ts";
import type { EdgeEvidence } from "./edge-fit.ts";
import { CENTRE } from "./edge-lines.ts";
import type { MixedInput } from "./mixed-image.ts";
import type { Neighbourhood } from "./neighbourhood.ts";
import { RELIEF } from "./pixel-window.ts";
import type { TwoSurfaces } from "./two-surfaces.ts";

/** Names of the pieces of evidence, in the order of collectEvidence(). */
export const EVIDENCE_NAMES = [
  "always",
  "edge cuts the pixel, log odds",
  "standard deviations from the nearest surface towards the other",
  "the same outside both surfaces",
  "ln(gap / 0.1 m)",
  "the same below 0.15 m",
  "ln(gap / sigma)",
  "ln(gain of a second surface)",
  "neighbours of the rarer surface",
  "no neighbour of the rarer surface",
  "ln(misfit of the edge)",
  "no block of neighbours on the same surface",
  "near surface one pixel wide",
  "spread over its sigma",
  "root of the spread over its sigma",
  "misfit of the waveform",
] as const;

const BLOCKS: readonly (readonly [number, number, number])[] = [
  [0, 1, 3],
  [1, 2, 5],
  [3, 6, 7],
  [5, 7, 8],
];
/** A neighbour within as many variances lies on a surface. */
const ON_SURFACE = 9;

/** What there is to know about one pixel between two surfaces. */
export interface Findings {
  readonly image: MixedInput;
  readonly pixel: number;
  readonly surfaces: TwoSurfaces;
  /** How much better two surfaces explain the window than one, in variances. */
  readonly gain: number;
  readonly pixels: Neighbourhood;
  readonly edge: Readonly<EdgeEvidence>;
}

/** The evidence that a pixel is mixed, one number for each of EVIDENCE_NAMES. */
export function collectEvidence({ edge, gain, image, pixel, pixels, surfaces }: Findings): number[] {
  const { farM, nearM } = surfaces;
  const towardsOther = fromNearest(image, pixel, surfaces);
  const gapM = farM - nearM;
  const lnGap = clamp(Math.log(gapM / 0.1), -1.2, 3.4);
  const cut = clamp(edge.cutProbability, 1e-4, 1 - 1e-4);
  const edgeOdds = Math.log(cut / (1 - cut));
  const { far, near } = pixels.count();
  const rarer = Math.min(near, far);
  const spread = clamp(spreadRatio(image, pixel), -3, 30);
  return [
    1,
    edgeOdds,
    clamp(towardsOther, -3, 6),
    clamp(-towardsOther, 0, 9),
    lnGap,
    Math.min(lnGap, 0.4),
    Math.log(clamp(gapM / image.sigmaM[pixel]!, 1, 100)),
    Math.log(clamp(gain, 1, 1000)),
    Math.min(rarer, 4),
    rarer === 0 ? 1 : 0,
    Math.log(clamp(edge.misfit, 1, 100)),
    hasBlock(pixels) ? 0 : 1,
    surfaces.nearIsThin ? 1 : 0,
    spread,
    Math.sqrt(Math.max(0, spread)),
    image.flags[pixel]! & PIXEL_MISFIT ? 1 : 0,
  ];
}

/** Variance of depth inside the pixel over its sigma; 0 where it is not known. */
export function spreadRatio({ spreadM, spreadSigmaM }: MixedInput, pixel: number): number {
  const sigma = spreadSigmaM[pixel] ?? 0;
  const spread = spreadM[pixel] ?? 0;
  return sigma > 0 && sigma < Infinity ? (spread * Math.abs(spread)) / sigma ** 2 : 0;
}

/** How far the pixel's own range lies from the nearest surface, in standard deviations; below 0: outside both. */
function fromNearest(image: MixedInput, pixel: number, surfaces: TwoSurfaces): number {
  const rangeM = image.rangeM[pixel]!;
  const ownM2 = image.sigmaM[pixel]! ** 2 + (RELIEF * rangeM) ** 2;
  return Math.min(
    (rangeM - surfaces.nearM) / Math.sqrt(ownM2 + surfaces.nearVarianceM2),
    (surfaces.farM - rangeM) / Math.sqrt(ownM2 + surfaces.farVarianceM2),
  );
}

/** Three neighbours, together a square with the pixel, lie on the surface that the pixel is nearest to. */
function hasBlock(pixels: Neighbourhood): boolean {
  const toNear = Math.abs(pixels.rangeM[CENTRE]! - pixels.nearM[CENTRE]!);
  const toFar = Math.abs(pixels.rangeM[CENTRE]! - pixels.farM[CENTRE]!);
  const surfaceM = toNear < toFar ? pixels.nearM : pixels.farM;
  const isOn = (i: number): boolean =>
    pixels.isUsed[i] === 1 && (pixels.rangeM[i]! - surfaceM[i]!) ** 2 < ON_SURFACE * pixels.varianceM2[i]!;
  return BLOCKS.some((block) => block.every(isOn));
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
