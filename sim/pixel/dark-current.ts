// Dark current of the film. Not modelled: its dependence on the bias as the node fills, flicker, and field-assisted leakage.

import { BOLTZMANN_EV_PER_K, ELEMENTARY_CHARGE_C } from "../../hw-profiles/derive/constants.ts";
import type { SensorBase } from "../../hw-profiles/sensor-profile.ts";
import { exp } from "../math/elementary.ts";

/** Mean dark electrons per second of a pixel at the reference temperature: J A / q with the active area A. */
export function referenceDarkRateEPerS(profile: SensorBase): number {
  const { array, detector } = profile;
  const pitchCm = array.pitchUm * 1e-4;
  const areaCm2 = pitchCm * pitchCm * array.fillFactor;
  return (detector.darkCurrentDensityAPerCm2 * areaCm2) / ELEMENTARY_CHARGE_C;
}

/** exp(-(Ea / k_B) (1/T - 1/T_ref)): dark current relative to the reference temperature. */
export function darkTemperatureFactor(profile: SensorBase, temperatureK: number): number {
  const { darkActivationEv, darkReferenceK } = profile.detector;
  return exp(-(darkActivationEv / BOLTZMANN_EV_PER_K) * (1 / temperatureK - 1 / darkReferenceK));
}
