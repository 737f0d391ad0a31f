/**
 * Edge and width of a film against temperature [enomoto2024 eqs. 2, 3]:
 *   E(T) = E0 + A_TE T + A_EP (2 / (exp(hw / kT) - 1) + 1),   Gamma(T) = Gamma0 + gamma_LO / (exp(E_LO / kT) - 1).
 *
 * Not modelled: phase transitions, ordering below 5 K, a coupling that changes as the linkers contract.
 */
import { BOLTZMANN_EV_PER_K } from "../../hw-profiles/derive/constants.ts";
import type { SuperlatticeMaterial } from "../../hw-profiles/device-profile.ts";
import { exp } from "../math/elementary.ts";

type Thermal = SuperlatticeMaterial["temperature"];

/** Phonons of an energy in equilibrium. */
function occupation(energyEv: number, temperatureK: number): number {
  return 1 / (exp(energyEv / (BOLTZMANN_EV_PER_K * temperatureK)) - 1);
}

/** Emission energy, eV. */
export function edgeAtTemperatureEv(thermal: Thermal, temperatureK: number): number {
  const phonons = 2 * occupation(thermal.phononEv, temperatureK) + 1;
  return thermal.e0Ev + thermal.thermalExpansionEvPerK * temperatureK + thermal.electronPhononEv * phonons;
}

/** Full width at half maximum of the emission, eV. */
export function broadeningEv(thermal: Thermal, temperatureK: number): number {
  return thermal.broadening0Ev + thermal.couplingLoEv * occupation(thermal.loEv, temperatureK);
}
