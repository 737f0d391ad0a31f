import { PIXEL_INVALID, PIXEL_SEVERAL } from "../../hw-profiles/interface/pixel-flags.ts";
import type { DepthFrame } from "../camera/frame.ts";
import type { MixedPixels } from "../mixed/mixed-image.ts";
import type { FrameTruth } from "../transport/transport.ts";

/** A pixel whose returns differ by less than this share of the signal sees one surface: rounding. */
const UNMIXED_SHARE = 1e-6;

/** Counts of pixels with a range, over all frames that were searched for mixed pixels. */
export interface MixedSummary {
  /** Pixels that see more than one surface by the truth. */
  readonly mixed: number;
  /** Of those: labelled, and labelled with both depths within 3 sigma of the truth. */
  readonly labelled: number;
  readonly resolved: number;
  /** Pixels that see one surface, and how many of them are labelled. */
  readonly good: number;
  readonly falselyLabelled: number;
}

/** Compares labels and depths of mixed pixels with the ground truth. */
export class MixedStatistics {
  #mixed = 0;
  #labelled = 0;
  #resolved = 0;
  #good = 0;
  #falselyLabelled = 0;

  add(frame: DepthFrame, found: MixedPixels, truth: FrameTruth): void {
    for (let i = 0; i < frame.flags.length; i++) {
      const flags = found.flags[i]!;
      if ((flags & PIXEL_INVALID) !== 0 || !(truth.rangeM[i]! > 0)) continue;
      const isLabelled = (flags & PIXEL_SEVERAL) !== 0;
      if (truth.secondFraction[i]! < UNMIXED_SHARE) {
        this.#good++;
        if (isLabelled) this.#falselyLabelled++;
        continue;
      }
      this.#mixed++;
      if (!isLabelled) continue;
      this.#labelled++;
      if (isResolved(found, truth, i)) this.#resolved++;
    }
  }

  summary(): MixedSummary {
    return {
      mixed: this.#mixed,
      labelled: this.#labelled,
      resolved: this.#resolved,
      good: this.#good,
      falselyLabelled: this.#falselyLabelled,
    };
  }
}

/** Both depths of a pixel are known and within 3 sigma of its two strongest surfaces. */
export function isResolved(found: MixedPixels, { rangeM, secondRangeM }: FrameTruth, pixel: number): boolean {
  const { farM, farSigmaM, nearM, nearSigmaM } = found;
  const trueNearM = Math.min(rangeM[pixel]!, secondRangeM[pixel]!);
  const trueFarM = Math.max(rangeM[pixel]!, secondRangeM[pixel]!);
  return (
    nearSigmaM[pixel]! < Infinity &&
    farSigmaM[pixel]! < Infinity &&
    Math.abs(nearM[pixel]! - trueNearM) <= 3 * nearSigmaM[pixel]! &&
    Math.abs(farM[pixel]! - trueFarM) <= 3 * farSigmaM[pixel]!
  );
}
