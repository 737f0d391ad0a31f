/**
 * Dark current of a photodiode:
 *   J(V, T) = a(T) { J0 [exp(q V_j / n k T) - 1] + J_leak(V) },   a(T) = exp(-(Ea / k)(1/T - 1/T0)),
 * V_j being what the series resistance of the contacts leaves of V, J_leak the leakage of leakage.ts. J0 and the ohmic
 * conductance follow from the density at the reference bias and the share that leaks. A reference at 0 V, where no net current
 * flows, is the current whose shot noise the device shows there: 2 J0 + 2 k T G / q.
 *
 * Not modelled: photovoltage across the series resistance, breakdown, space-charge limits that are not ohmic, hysteresis.
 */

import { BOLTZMANN_EV_PER_K } from "../../hw-profiles/derive/constants.ts";
import type { PhotodiodeProfile } from "../../hw-profiles/device-profile.ts";
import { exp, log } from "../math/elementary.ts";
import { fieldFactor } from "./leakage.ts";

/** A/cm2 and S/cm2 at the reference temperature. */
export interface DiodeParameters {
  readonly saturationAPerCm2: number;
  readonly ohmicSPerCm2: number;
}

const NEWTON_STEPS = 60;

/** a(T): growth of the dark current over its value at the reference temperature. */
export function thermalActivation(
  dark: { readonly activationEv: number; readonly referenceK: number },
  temperatureK: number,
): number {
  return exp((-dark.activationEv / BOLTZMANN_EV_PER_K) * (1 / temperatureK - 1 / dark.referenceK));
}

function leakagePath({ thicknessNm, relativePermittivity, dark }: PhotodiodeProfile) {
  return { thicknessNm, relativePermittivity, referenceK: dark.referenceK };
}

/** Splits the reference current into junction and leakage. */
export function diodeParameters(profile: PhotodiodeProfile): DiodeParameters {
  const { densityAPerCm2, referenceBiasV, referenceK, ideality, shuntShare } = profile.dark;
  const thermalV = BOLTZMANN_EV_PER_K * referenceK;
  const leaks = shuntShare * densityAPerCm2;
  const junction = densityAPerCm2 - leaks;
  if (referenceBiasV === 0) {
    return { saturationAPerCm2: junction / 2, ohmicSPerCm2: leaks / (2 * thermalV) };
  }
  const helped = Math.abs(referenceBiasV) * fieldFactor(leakagePath(profile), referenceBiasV);
  return {
    saturationAPerCm2: junction / Math.abs(exp(referenceBiasV / (ideality * thermalV)) - 1),
    ohmicSPerCm2: leaks / helped,
  };
}

/**
 * Junction voltage with V_j + R J0 [exp(V_j / v) - 1] = V by Newton's method: the left side is convex and rising, and the
 * start lies above the root, so every step comes closer from there.
 */
function junctionVoltage(biasV: number, saturation: number, slopeV: number, seriesOhmCm2: number): number {
  const scaleV = seriesOhmCm2 * saturation;
  if (scaleV === 0) return biasV;
  let voltage = biasV > 0 ? Math.min(biasV, slopeV * log(1 + biasV / scaleV)) : 0;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const injected = scaleV * exp(voltage / slopeV);
    const change = (voltage + injected - scaleV - biasV) / (1 + injected / slopeV);
    voltage -= change;
    if (Math.abs(change) < 1e-15) break;
  }
  return voltage;
}

/** Injected, saturation and leakage current densities, A/cm2, at a bias and temperature; leakage carries its sign. */
export function darkParts(profile: PhotodiodeProfile, biasV: number, temperatureK: number) {
  const { saturationAPerCm2, ohmicSPerCm2 } = diodeParameters(profile);
  const activation = thermalActivation(profile.dark, temperatureK);
  const saturation = saturationAPerCm2 * activation;
  const slopeV = profile.dark.ideality * BOLTZMANN_EV_PER_K * temperatureK;
  const junctionV = junctionVoltage(biasV, saturation, slopeV, profile.dark.seriesOhmCm2);
  return {
    injected: saturation * exp(junctionV / slopeV),
    saturation,
    leakage: ohmicSPerCm2 * activation * biasV * fieldFactor(leakagePath(profile), biasV),
    /** Leakage conductance at low field, S/cm2. */
    ohmic: ohmicSPerCm2 * activation,
  };
}

/** Dark current density, A/cm2; negative under reverse bias. */
export function diodeDarkDensity(profile: PhotodiodeProfile, biasV: number, temperatureK: number): number {
  const parts = darkParts(profile, biasV, temperatureK);
  return parts.injected - parts.saturation + parts.leakage;
}
