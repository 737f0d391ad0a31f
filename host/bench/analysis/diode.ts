import { BOLTZMANN_EV_PER_K } from "../../../hw-profiles/derive/constants.ts";
import { AnalysisError } from "./analysis-error.ts";
import { lineFit } from "./linear-fit.ts";

/** |I(+V)| / |I(-V)|. */
export function rectification(forwardA: number, reverseA: number): number {
  return Math.abs(forwardA / reverseA);
}

export interface IdealityFit {
  readonly ideality: number;
  readonly standardError: number;
  readonly saturationA: number;
}

/**
 * Slope of ln I against V between two voltages. Below about 3 kT/q the reverse term bends the curve, above the series
 * resistance does; the caller chooses a window between.
 */
export function fitIdeality(
  voltages: ArrayLike<number>,
  currents: ArrayLike<number>,
  window: { readonly fromV: number; readonly toV: number },
  temperatureK: number,
): IdealityFit {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < voltages.length; i++) {
    const v = voltages[i]!;
    if (v < window.fromV || v > window.toV || !(currents[i]! > 0)) continue;
    x.push(v);
    y.push(Math.log(currents[i]!));
  }
  if (x.length < 3)
    throw new AnalysisError(
      `found ${x.length} forward points in the window, expected 3 for an ideality factor`,
    );
  const line = lineFit(x, y);
  const ideality = 1 / (line.slope * BOLTZMANN_EV_PER_K * temperatureK);
  return {
    ideality,
    standardError: ideality * Math.abs(line.slopeError / line.slope),
    saturationA: Math.exp(line.intercept),
  };
}
