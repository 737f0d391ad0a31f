import { BOLTZMANN_J_PER_K, ELEMENTARY_CHARGE_C } from "../../hw-profiles/derive/constants.ts";
import type { SensorBase } from "../../hw-profiles/sensor-profile.ts";

/** Reset noise, electrons rms: sqrt(k_B T C) / q; a flushed reset leaves half of the variance. */
export function resetNoiseE(profile: SensorBase, temperatureK: number): number {
  const capacitanceF = profile.pixel.nodeCapacitanceFf * 1e-15;
  const share = profile.pixel.reset === "flushed" ? 0.5 : 1;
  return Math.sqrt(share * BOLTZMANN_J_PER_K * temperatureK * capacitanceF) / ELEMENTARY_CHARGE_C;
}

/** Electrons that the node's swing holds: C V / q. */
export function fullWellE(profile: SensorBase): number {
  return (profile.pixel.nodeCapacitanceFf * 1e-15 * profile.pixel.swingV) / ELEMENTARY_CHARGE_C;
}

export function maxCode(profile: SensorBase): number {
  return 2 ** profile.adc.bits - 1;
}

/** The full well spans the codes from the pedestal to the end of the range. */
export function gainEPerDn(profile: SensorBase): number {
  return fullWellE(profile) / (2 ** profile.adc.bits - profile.adc.pedestalDn);
}
