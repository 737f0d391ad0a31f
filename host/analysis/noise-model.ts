import {
  BOLTZMANN_J_PER_K,
  ELEMENTARY_CHARGE_C,
  ZERO_CELSIUS_K,
} from "../../hw-profiles/derive/constants.ts";
import type { SensorBase } from "../../hw-profiles/sensor-profile.ts";

/** Electrons that the node's swing holds, C V / q. */
export function fullWellE({ pixel }: SensorBase): number {
  return (pixel.nodeCapacitanceFf * 1e-15 * pixel.swingV) / ELEMENTARY_CHARGE_C;
}

/** Electrons of one code: the full well spans the codes from the pedestal to the end of the range. */
export function gainEPerDn(profile: SensorBase): number {
  return fullWellE(profile) / (2 ** profile.adc.bits - profile.adc.pedestalDn);
}

/** sqrt(k_B T C) / q, e- rms [physics.md 3]; hard then soft reset leaves half of the variance. */
export function resetNoiseE({ pixel }: SensorBase, temperatureC: number): number {
  const variance = BOLTZMANN_J_PER_K * (temperatureC + ZERO_CELSIUS_K) * pixel.nodeCapacitanceFf * 1e-15;
  return Math.sqrt(pixel.reset === "flushed" ? variance / 2 : variance) / ELEMENTARY_CHARGE_C;
}

/** Variance of one gate sample that does not depend on the light, e-^2: reset, read, and one code's quantisation. */
export function sampleNoiseVarianceE2(profile: SensorBase, temperatureC: number): number {
  const reset = resetNoiseE(profile, temperatureC);
  return reset ** 2 + profile.pixel.readNoiseE ** 2 + gainEPerDn(profile) ** 2 / 12;
}
