// Charge that does not reach the code, so that twice the exposure in half the light gives not quite the same. What dark
// charge takes from the film's bias is undone by the readout logic's response curve (docs/readout-logic.md).

import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";

export interface ExposureConditions {
  readonly exposureS: number;
  /** From one exposure's start to the next one's. */
  readonly periodS: number;
}

/**
 * Share of the signal that charge traps keep, to first order in their shares; below 0.01 for the films we know.
 * dn/dt = (share Q - n) / tau with Q rising evenly through the exposure and 0 between exposures, in the steady state of
 * equal frames: what is trapped at the end less what was still trapped at the start.
 */
export function filmLoss({ effects }: ImagingProfile, { exposureS, periodS }: ExposureConditions): number {
  if (!effects.lag.on) return 0;
  let loss = 0;
  for (const { share, tauMs } of effects.lag.traps) {
    const x = (exposureS * 1000) / tauMs;
    const captured = 1 + Math.expm1(-x) / x;
    const rest = ((periodS - exposureS) * 1000) / tauMs;
    loss += (share * captured * -Math.expm1(-rest)) / -Math.expm1((-periodS * 1000) / tauMs);
  }
  return loss;
}
