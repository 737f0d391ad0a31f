import type { ReferenceParameters } from "./parameters.ts";
import type { SpreadEstimate } from "./returns/returns.ts";

const HALF_LIGHT_M_PER_NS = 0.149896229;

/** Codes of the variance of depth inside a pixel: its signed root, and the root of its sigma. */
export interface SpreadCodes {
  readonly root: number;
  readonly sigma: number;
}

function rangeCode(p: ReferenceParameters, varianceNs2: number, largest: number): number {
  const metres = Math.sqrt(varianceNs2) * HALF_LIGHT_M_PER_NS;
  return Math.min(largest, Math.floor(metres / p.rangeScale + 0.5));
}

/** Codes of the score test of a second surface near the first; see firmware/stages/spread.ts. */
export function spreadCodes(p: ReferenceParameters, { varianceNs2, sigmaNs2 }: SpreadEstimate): SpreadCodes {
  const root = rangeCode(p, Math.abs(varianceNs2), 32767);
  return { root: varianceNs2 < 0 ? -root : root, sigma: rangeCode(p, sigmaNs2, 65535) };
}
