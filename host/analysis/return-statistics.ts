import { PIXEL_INVALID, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import type { DepthFrame } from "../camera/frame.ts";
import type { FrameTruth } from "../transport/transport.ts";

/** A pixel whose returns differ by less than this share of the signal sees one surface: rounding. */
const UNMIXED_SHARE = 1e-6;

/** Two-sided 95 % of a normal distribution. */
const Z_95 = 1.959963984540054;

/** Counts of pixels with a range, over all frames with further returns, and the errors of second returns. */
export interface ReturnSummary {
  /** Pixels that see two surfaces or more by the truth; of those: with a second return. */
  readonly severalSurfaces: number;
  readonly severalFound: number;
  /** Pixels that see one surface, and how many of them have a second return. */
  readonly oneSurface: number;
  readonly falselyFound: number;
  /** Pixels with a third return; the truth knows the two strongest surfaces, so there is no error of it. */
  readonly thirdReturns: number;
  /**
   * Second returns of `severalFound` that are not saturated, against the surface of the two that the first return is
   * farther from. Undefined figures: there is none.
   */
  readonly secondBiasMm: number | undefined;
  readonly secondRmseMm: number | undefined;
  /** Standard deviation of error / sigma, and the share within 1.96 sigma. */
  readonly secondZStd: number | undefined;
  readonly secondCoverage95: number | undefined;
}

/** Compares the further returns of a LiDAR's frames with the ground truth. */
export class ReturnStatistics {
  #severalSurfaces = 0;
  #severalFound = 0;
  #oneSurface = 0;
  #falselyFound = 0;
  #thirdReturns = 0;
  readonly #second = new SecondErrors();

  add(frame: DepthFrame, truth: FrameTruth): void {
    const [second, third] = frame.furtherReturns;
    if (second === undefined) return;
    for (let i = 0; i < frame.flags.length; i++) {
      if ((frame.flags[i]! & PIXEL_INVALID) !== 0 || !(truth.rangeM[i]! > 0)) continue;
      const isFound = second.amplitudeE[i]! > 0;
      if (third !== undefined && third.amplitudeE[i]! > 0) this.#thirdReturns++;
      if (truth.secondFraction[i]! < UNMIXED_SHARE) {
        this.#oneSurface++;
        if (isFound) this.#falselyFound++;
        continue;
      }
      this.#severalSurfaces++;
      if (!isFound) continue;
      this.#severalFound++;
      const isUsable = (frame.flags[i]! & PIXEL_SATURATED) === 0 && second.sigmaM[i]! < Infinity;
      if (isUsable)
        this.#second.add(second.rangeM[i]! - otherSurfaceM(truth, i, frame.rangeM[i]!), second.sigmaM[i]!);
    }
  }

  summary(): ReturnSummary {
    return {
      severalSurfaces: this.#severalSurfaces,
      severalFound: this.#severalFound,
      oneSurface: this.#oneSurface,
      falselyFound: this.#falselyFound,
      thirdReturns: this.#thirdReturns,
      ...this.#second.summary(),
    };
  }
}

/** Of the two strongest surfaces of a pixel, the one that the first return does not stand for. */
function otherSurfaceM({ rangeM, secondRangeM }: FrameTruth, pixel: number, firstM: number): number {
  const [strongest, second] = [rangeM[pixel]!, secondRangeM[pixel]!];
  return Math.abs(firstM - strongest) <= Math.abs(firstM - second) ? second : strongest;
}

/** Sums of errors, m, and of errors over sigma. */
class SecondErrors {
  #n = 0;
  #error = 0;
  #errorSquared = 0;
  #z = 0;
  #zSquared = 0;
  #covered = 0;

  add(error: number, sigma: number): void {
    const z = error / sigma;
    this.#n++;
    this.#error += error;
    this.#errorSquared += error * error;
    this.#z += z;
    this.#zSquared += z * z;
    if (Math.abs(z) <= Z_95) this.#covered++;
  }

  summary(): Pick<ReturnSummary, "secondBiasMm" | "secondRmseMm" | "secondZStd" | "secondCoverage95"> {
    const n = this.#n;
    const of = (value: number) => (n > 0 ? value : undefined);
    return {
      secondBiasMm: of((1000 * this.#error) / n),
      secondRmseMm: of(1000 * Math.sqrt(this.#errorSquared / n)),
      secondZStd: of(Math.sqrt(this.#zSquared / n - (this.#z / n) ** 2)),
      secondCoverage95: of(this.#covered / n),
    };
  }
}
