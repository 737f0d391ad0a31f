/** What the gate of a phototransistor changes, from the points that the document gives. */
import type { PhototransistorProfile } from "../../hw-profiles/device-profile.ts";
import { exp, log } from "../math/elementary.ts";

/**
 * Gain or noise amplitude at a gate voltage, relative to the operating gate voltage (the first point, and the default): linear in
 * the logarithm between points, held beyond the ends.
 */
export function relativeToOperatingGate(
  { gatePoints }: PhototransistorProfile,
  what: "relativeGain" | "relativeNoise",
  gateV = gatePoints[0]?.gateV ?? 0,
): number {
  const sorted = [...gatePoints].sort((a, b) => a.gateV - b.gateV);
  const above = sorted.findIndex((point) => point.gateV >= gateV);
  if (above < 0) return sorted.at(-1)?.[what] ?? 1;
  const high = sorted[above]!;
  const low = sorted[above - 1];
  if (low === undefined) return high[what];
  const share = (gateV - low.gateV) / (high.gateV - low.gateV);
  return exp(log(low[what]) * (1 - share) + log(high[what]) * share);
}
