// Dark current density against bias and temperature. Not modelled: field-assisted leakage.

import { BOLTZMANN_EV_PER_K } from "../../hw-profiles/derive/constants.ts";
import type { DetectorProfile, FilmProfile } from "../../hw-profiles/sensor-profile.ts";
import { exp } from "../math/elementary.ts";

/**
 * Dark current at reverse voltage `reverseV`, relative to the one at the operating bias and the same temperature:
 * J(V) = Jsat [1 - exp(-qV / n k_B T)] + V / R_sh, with R_sh such that the shunt carries `shuntShare` at the operating
 * bias. Below 0 V the diode conducts forward and the current is negative. Both parts follow the activation energy of the
 * dark current (darkTemperatureFactor), which is measured on their sum.
 */
export function relativeDarkCurrent(
  film: FilmProfile,
  operatingReverseV: number,
  reverseV: number,
  temperatureK: number,
): number {
  const thermalV = film.ideality * BOLTZMANN_EV_PER_K * temperatureK;
  const diode = (1 - exp(-reverseV / thermalV)) / (1 - exp(-operatingReverseV / thermalV));
  return (1 - film.shuntShare) * diode + film.shuntShare * (reverseV / operatingReverseV);
}

/** V of reverse bias at the reset level; profiles count reverse bias negative. */
export function operatingReverseV(detector: DetectorProfile): number {
  return -detector.operatingBiasV;
}
