/**
 * Noise of a device's current, one-sided, A^2/Hz:
 *   S(f) = S_d (1 + (f_c / f)^slope) + 2 q M |I_ph|,   S_d = g^2 [(m sqrt(2 q I_n))^2 + i_x^2].
 * g: amplitude at the gate voltage relative to the operating one; m: multiple of the shot noise; I_n: dark-current.ts (holds
 * the thermal noise of the leakage); i_x: excess; M: gain, twice the gain in channels.
 * Slope 1 reads a spectrum "falling as 1/f" as power, slope 2 as amplitude: documents choose.
 *
 * Not modelled: flicker of the photocurrent, generation-recombination roll-off, random telegraph noise.
 */

import { BOLTZMANN_J_PER_K, ELEMENTARY_CHARGE_C } from "../../hw-profiles/derive/constants.ts";
import type { DeviceProfile } from "../../hw-profiles/device-profile.ts";
import { darkNoiseCurrentA } from "./dark-current.ts";
import { relativeToOperatingGate } from "./gate.ts";
import { currentGain, type WorkingPoint } from "./photocurrent.ts";

export interface NoiseSpectrum {
  /** A^2/Hz, one-sided. */
  readonly white: number;
  /** A^2/Hz of the part that the corner refers to. */
  readonly flickerAtCorner: number;
  readonly cornerHz: number;
  /** Power of 1/f in the spectral density. */
  readonly slope: 1 | 2;
}

/** 2 in 2 q M I for charge that is collected; 4 for a channel, where generation and recombination are both random. */
function randomEvents({ structure }: DeviceProfile): number {
  return structure === "photodiode" ? 2 : 4;
}

/** Spectrum at a working point with a steady photocurrent. */
export function deviceNoise(
  profile: DeviceProfile,
  at: WorkingPoint,
  temperatureK: number,
  photocurrent: number,
): NoiseSpectrum {
  const { shotMultiple, excessAPerRtHz, cornerHz, slope } = profile.noise;
  const shot = 2 * ELEMENTARY_CHARGE_C * darkNoiseCurrentA(profile, at.biasV, temperatureK);
  const gain = currentGain(profile, at.biasV, at.gateV);
  const gate =
    profile.structure === "phototransistor" ? relativeToOperatingGate(profile, "relativeNoise", at.gateV) : 1;
  const dark = gate * gate * (shotMultiple * shotMultiple * shot + excessAPerRtHz * excessAPerRtHz);
  const light = randomEvents(profile) * ELEMENTARY_CHARGE_C * gain * Math.abs(photocurrent);
  return { white: dark + light, flickerAtCorner: dark, cornerHz, slope };
}

/** Thermal noise current of a resistor, A^2/Hz, one-sided. 0 ohm stands for a virtual ground, which adds none. */
export function johnsonNoise(resistanceOhm: number, temperatureK: number): number {
  if (resistanceOhm === 0) return 0;
  return (4 * BOLTZMANN_J_PER_K * temperatureK) / resistanceOhm;
}
