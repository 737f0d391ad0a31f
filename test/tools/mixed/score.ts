import { isResolved } from "../../../host/analysis/mixed-statistics.ts";
import type { MixedPixels } from "../../../host/mixed/mixed-image.ts";
import { PIXEL_SEVERAL } from "../../../hw-profiles/interface/pixel-flags.ts";
import type { Captured } from "./capture.ts";
import { classify } from "./truth-classes.ts";

/** Which mixed pixels a column of the table counts. */
export interface MixedClass {
  readonly name: string;
  holds(pixel: MixedTruth): boolean;
}

export interface MixedTruth {
  /** Share of the signal from everything but the strongest surface. */
  readonly minorShare: number;
  readonly gapM: number;
  /** By how much the minor surface moves the mean range, over the range's sigma. */
  readonly shiftOverSigma: number;
}

/** All of them, then without those that hardly show. */
export const CLASSES: readonly MixedClass[] = [
  { name: "all", holds: () => true },
  { name: "minor share ≥ 5 %", holds: ({ minorShare }) => minorShare >= 0.05 },
  { name: "minor share ≥ 10 %", holds: ({ minorShare }) => minorShare >= 0.1 },
  { name: "minor share ≥ 20 %", holds: ({ minorShare }) => minorShare >= 0.2 },
  { name: "shift ≥ 3 σ", holds: ({ shiftOverSigma }) => shiftOverSigma >= 3 },
  {
    name: "shift ≥ 3 σ, minor share ≥ 10 %",
    holds: ({ minorShare, shiftOverSigma }) => shiftOverSigma >= 3 && minorShare >= 0.1,
  },
  {
    name: "shift ≥ 3 σ, minor share ≥ 10 %, gap ≥ 0.3 m",
    holds: ({ gapM, minorShare, shiftOverSigma }) => shiftOverSigma >= 3 && minorShare >= 0.1 && gapM >= 0.3,
  },
];

export interface Tally {
  pixels: number;
  labelled: number;
  /** Labelled, and both depths within 3 sigma of the two strongest surfaces'. */
  resolved: number;
}

export interface Score {
  readonly goodPixels: number;
  readonly falseLabels: number;
  /** One a class. */
  readonly mixed: readonly Tally[];
  readonly medianSigmaM: number;
  /** Of the depths that are given, the larger of the two sigmas over the gap between the true surfaces. */
  readonly medianDepthSigmaOverGap: number;
}

/** How labels and depths compare with the truth. */
export function score(captured: Captured, found: MixedPixels): Score {
  const { frame, truth } = captured;
  const mixed = CLASSES.map((): Tally => ({ pixels: 0, labelled: 0, resolved: 0 }));
  const sigmas: number[] = [];
  const depthSigmas: number[] = [];
  let [goodPixels, falseLabels] = [0, 0];
  classify(captured).forEach((kind, i) => {
    if (kind === "none") return;
    const isLabelled = (found.flags[i]! & PIXEL_SEVERAL) !== 0;
    if (kind === "good") {
      goodPixels++;
      if (isLabelled) falseLabels++;
      return;
    }
    const gapM = Math.abs(truth.secondRangeM[i]! - truth.rangeM[i]!);
    const minorShare = truth.secondFraction[i]!;
    const pixel = { gapM, minorShare, shiftOverSigma: (minorShare * gapM) / frame.sigmaM[i]! };
    const isInBothDepths = isLabelled && isResolved(found, truth, i);
    CLASSES.forEach(({ holds }, k) => {
      if (holds(pixel)) count(mixed[k]!, isLabelled, isInBothDepths);
    });
    sigmas.push(frame.sigmaM[i]!);
    if (isLabelled) depthSigmas.push(Math.max(found.nearSigmaM[i]!, found.farSigmaM[i]!) / gapM);
  });
  return {
    goodPixels,
    falseLabels,
    mixed,
    medianSigmaM: middle(sigmas),
    medianDepthSigmaOverGap: middle(depthSigmas),
  };
}

function count(tally: Tally, isLabelled: boolean, isInBothDepths: boolean): void {
  tally.pixels++;
  if (isLabelled) tally.labelled++;
  if (isInBothDepths) tally.resolved++;
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
