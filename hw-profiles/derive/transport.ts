/**
 * From material to mobility and transit time: the equations of chen2023 (Drude-Smith) and meng2024 section 4. Explanation,
 * documents and simulator use these, nothing else has them.
 */
import { ELECTRON_MASS_KG, ELEMENTARY_CHARGE_C } from "./constants.ts";

const CM2_PER_M2 = 1e4;
const UM_PER_CM = 1e4;
const NM_PER_CM = 1e7;

/**
 * Drude-Smith mobility at zero frequency, cm2/(V s): mu = (e tau / m*) (1 + c) [chen2023].
 * `scatteringTimeFs`: tau; `persistence`: c, -1 (all backscattered) .. 0 (Drude); `effectiveMass` in electron masses.
 */
export function drudeSmithMobilityCm2PerVs(
  scatteringTimeFs: number,
  persistence: number,
  effectiveMass: number,
): number {
  const drudeM2PerVs = (ELEMENTARY_CHARGE_C * scatteringTimeFs * 1e-15) / (effectiveMass * ELECTRON_MASS_KG);
  return drudeM2PerVs * CM2_PER_M2 * (1 + persistence);
}

/** Time of a carrier across a length at a steady field, s: L^2 / (mu V) [meng2024 section 4]. `voltageV` > 0. */
export function transitTimeS(lengthCm: number, mobilityCm2PerVs: number, voltageV: number): number {
  return (lengthCm * lengthCm) / (mobilityCm2PerVs * voltageV);
}

/** Diffusion coefficient by Einstein's relation, cm2/s: mu k_B T / q. `thermalV` = k_B T / q. */
export function diffusionCm2PerS(mobilityCm2PerVs: number, thermalV: number): number {
  return mobilityCm2PerVs * thermalV;
}

/** Time to diffuse across a length, s: L^2 / (2 D). */
export function diffusionTimeS(lengthCm: number, diffusionCoefficientCm2PerS: number): number {
  return (lengthCm * lengthCm) / (2 * diffusionCoefficientCm2PerS);
}

/** Photoconductive gain: lifetime / transit [meng2024 section 4]. */
export function photoconductiveGain(lifetimeS: number, transitS: number): number {
  return lifetimeS / transitS;
}

export function umToCm(lengthUm: number): number {
  return lengthUm / UM_PER_CM;
}

export function nmToCm(lengthNm: number): number {
  return lengthNm / NM_PER_CM;
}
