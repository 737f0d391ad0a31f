import type { Regime } from "../regime.ts";
import type { VerifiedCell } from "./cells.ts";

/** Cells of one regime. */
export interface RegimeSummary {
  readonly regime: Regime;
  readonly cells: number;
  readonly notOk: number;
  /** Smallest and largest measured over predicted sigma; undefined where sigma was not judged. */
  readonly lowestRatio?: number;
  readonly highestRatio?: number;
  /** Largest relative standard error of these ratios. */
  readonly standardError?: number;
  /** Largest difference between predicted and found share of pixels, where that was judged. */
  readonly shareError?: number;
}

const REGIMES: readonly Regime[] = ["attainable", "clipped", "threshold", "edge", "blind", "outside"];

/** By regime, those that occur. */
export function summarise(cells: readonly VerifiedCell[]): RegimeSummary[] {
  return REGIMES.flatMap((regime) => {
    const own = cells.filter(({ prediction }) => prediction.regime === regime);
    return own.length === 0 ? [] : [summaryOf(regime, own)];
  });
}

function summaryOf(regime: Regime, cells: readonly VerifiedCell[]): RegimeSummary {
  const counts = { regime, cells: cells.length, notOk: cells.filter(({ ok }) => !ok).length };
  const bySigma = cells.filter(({ judged }) => judged === "sigma");
  const ratios = bySigma.map(({ ratio }) => ratio);
  if (ratios.length > 0) {
    return {
      ...counts,
      lowestRatio: Math.min(...ratios),
      highestRatio: Math.max(...ratios),
      standardError: Math.max(...bySigma.map(({ standardError }) => standardError)),
    };
  }
  const shares = cells.flatMap((cell) => shareError(cell) ?? []);
  return shares.length === 0 ? counts : { ...counts, shareError: Math.max(...shares) };
}

/** Absolute difference between the predicted share of pixels and the one found; undefined where no share was judged. */
export function shareError({ judged, measurement, prediction }: VerifiedCell): number | undefined {
  const { detected, pixels, saturated } = measurement;
  if (judged === "detection") return Math.abs(detected / pixels - prediction.detectedShare);
  return judged === "saturation" ? Math.abs(saturated / pixels - prediction.saturatedShare) : undefined;
}
