// While the node fills, the film's reverse bias falls from the operating bias by Q/C. EQE and dark current are taken as
// linear in Q over the swing: the chord from the reset level to full well.

import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { eqeAtBias } from "../light/eqe.ts";
import { operatingReverseV, relativeDarkCurrent } from "./dark-bias.ts";

/** Relative fall from the reset level to full well, of EQE and of dark current; negative if it rises. */
export interface BiasDependence {
  readonly eqeFall: number;
  readonly darkFall: number;
}

export const NO_BIAS_DEPENDENCE: BiasDependence = { eqeFall: 0, darkFall: 0 };

/** A film without reverse bias at reset has no dark current to compare with: its dark fall counts as 0. */
export function biasDependence(profile: ImagingProfile, temperatureK: number): BiasDependence {
  const { detector, film, pixel } = profile;
  const atResetV = operatingReverseV(detector);
  const atFullV = atResetV - pixel.swingV;
  const eqeAtReset = eqeAtBias(detector.eqePoints, -atResetV);
  const eqeAtFull = eqeAtBias(detector.eqePoints, -atFullV);
  return {
    eqeFall: eqeAtReset > 0 ? 1 - eqeAtFull / eqeAtReset : 0,
    darkFall: atResetV > 0 ? 1 - relativeDarkCurrent(film, atResetV, atFullV, temperatureK) : 0,
  };
}
