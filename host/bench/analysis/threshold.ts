import { AnalysisError } from "./analysis-error.ts";
import { type LineFit, lineFit } from "./linear-fit.ts";

export interface ThresholdFit {
  /** Where the two lines meet, in the unit of the pump. */
  readonly threshold: number;
  /** Output per pump below and above. */
  readonly spontaneousSlope: number;
  readonly laserSlope: number;
}

const MIN_POINTS = 3;

/**
 * Threshold of a light-light curve: a line below and a line above, divided where both together fit best.
 * @param pump rising. @throws AnalysisError when the curve has no kink upwards.
 */
export function fitThreshold(pump: readonly number[], output: ArrayLike<number>): ThresholdFit {
  const y = Array.from(output);
  let best: { error: number; below: LineFit; above: LineFit } | undefined;
  for (let split = MIN_POINTS; split <= y.length - MIN_POINTS; split++) {
    const below = lineFit(pump.slice(0, split), y.slice(0, split));
    const above = lineFit(pump.slice(split), y.slice(split));
    const error = y.reduce((sum, value, i) => {
      const line = i < split ? below : above;
      return sum + (value - line.intercept - line.slope * pump[i]!) ** 2;
    }, 0);
    if (!best || error < best.error) best = { error, below, above };
  }
  if (!best || best.above.slope <= best.below.slope)
    throw new AnalysisError(
      "found no kink in the light-light curve, expected pump levels on both sides of threshold",
    );
  const { below, above } = best;
  return {
    threshold: (below.intercept - above.intercept) / (above.slope - below.slope),
    spontaneousSlope: below.slope,
    laserSlope: above.slope,
  };
}
