/**
 * Dark current of a device and the current whose shot noise it shows. Photoconductors and transistor channels are ohmic
 * around their reference bias and follow the activation energy.
 *
 * Not modelled: gate-dependent dark current of a transistor (documents give it at the operating gate only).
 */

import { BOLTZMANN_EV_PER_K } from "../../hw-profiles/derive/constants.ts";
import type { DeviceProfile, PhotodiodeProfile } from "../../hw-profiles/device-profile.ts";
import { exp } from "../math/elementary.ts";
import { darkParts, diodeDarkDensity, thermalActivation } from "./diode-current.ts";

type Channel = Exclude<DeviceProfile, PhotodiodeProfile>;

function channelConductanceSPerCm2(profile: Channel, temperatureK: number): number {
  const { densityAPerCm2, referenceBiasV } = profile.dark;
  if (referenceBiasV === 0) {
    throw new RangeError(
      `${profile.name}: dark current of a ${profile.structure} is given at 0 V, where none flows; give the bias of the measurement`,
    );
  }
  return (densityAPerCm2 / Math.abs(referenceBiasV)) * thermalActivation(profile.dark, temperatureK);
}

/** Dark current, A, at a bias and temperature. */
export function darkCurrentA(profile: DeviceProfile, biasV: number, temperatureK: number): number {
  const density =
    profile.structure === "photodiode"
      ? diodeDarkDensity(profile, biasV, temperatureK)
      : channelConductanceSPerCm2(profile, temperatureK) * biasV;
  return density * profile.areaCm2;
}

/**
 * I coth(qV / 2kT) of a conducting path: thermal noise 4 k T G at low bias, shot noise 2 q I at high bias, in one formula
 * [van der Ziel]. `conductance` holds at low bias.
 */
function noisyCurrent(current: number, conductance: number, biasV: number, temperatureK: number): number {
  const thermalV = 2 * BOLTZMANN_EV_PER_K * temperatureK;
  const u = Math.abs(biasV) / thermalV;
  if (u < 1e-4) return conductance * thermalV;
  const decay = exp(-2 * u);
  return (Math.abs(current) * (1 + decay)) / (1 - decay);
}

/** The current I_n for which 2 q I_n is the white noise of the dark device, A. Never below the net dark current. */
export function darkNoiseCurrentA(profile: DeviceProfile, biasV: number, temperatureK: number): number {
  if (profile.structure !== "photodiode") {
    const conductance = channelConductanceSPerCm2(profile, temperatureK);
    return noisyCurrent(conductance * biasV, conductance, biasV, temperatureK) * profile.areaCm2;
  }
  const parts = darkParts(profile, biasV, temperatureK);
  const leakage = noisyCurrent(parts.leakage, parts.ohmic, biasV, temperatureK);
  return (parts.injected + parts.saturation + leakage) * profile.areaCm2;
}
