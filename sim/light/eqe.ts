import type { DetectorProfile } from "../../hw-profiles/sensor-profile.ts";

type EqePoint = DetectorProfile["eqePoints"][number];

/**
 * External quantum efficiency at a film bias, by linear interpolation between the cited points (rising bias).
 * Outside of the points the nearest one holds: the papers give nothing beyond them.
 */
export function eqeAtBias(points: readonly EqePoint[], biasV: number): number {
  const first = points[0];
  if (first === undefined) throw new Error("eqePoints is empty: expected at least one (biasV, eqe) pair");
  let below = first;
  for (const point of points) {
    if (point.biasV >= biasV) return between(below, point, biasV);
    below = point;
  }
  return below.eqe;
}

function between(below: EqePoint, above: EqePoint, biasV: number): number {
  const spanV = above.biasV - below.biasV;
  if (spanV <= 0) return above.eqe;
  return below.eqe + ((above.eqe - below.eqe) * (biasV - below.biasV)) / spanV;
}
