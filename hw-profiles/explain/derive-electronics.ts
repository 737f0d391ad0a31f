// What follows for charge and noise. Equations: docs/physics.md, pixel and detector.

import { BOLTZMANN_J_PER_K, ELEMENTARY_CHARGE_C, ZERO_CELSIUS_K } from "../derive/constants.ts";
import type { SensorProfile } from "../sensor-profile.ts";
import { type DerivedValue, derived, digits } from "./derived-value.ts";

function response({ detector }: SensorProfile): DerivedValue {
  const steps = ["tau = t_fall / ln 9", `${detector.fallTimeNs} ns / 2.19722`];
  return derived("responseTau", detector.fallTimeNs / Math.log(9), "ns", ...steps);
}

function charge({ pixel, adc }: SensorProfile): DerivedValue[] {
  const fullWellE = (pixel.nodeCapacitanceFf * 1e-15 * pixel.swingV) / ELEMENTARY_CHARGE_C;
  const codes = 2 ** adc.bits - adc.pedestalDn;
  const gain = fullWellE / codes;
  const linearE = (adc.saturationDn - adc.pedestalDn) * gain;
  const well = `${pixel.nodeCapacitanceFf} fF x ${pixel.swingV} V / 1.602177e-19 C`;
  const span = `${adc.saturationDn} - ${adc.pedestalDn}`;
  return [
    derived("fullWell", fullWellE, "e-", "full well = C V / q", well),
    derived(
      "gain",
      gain,
      "e-/DN",
      "gain = full well / (2^bits - pedestal)",
      `${digits(fullWellE)} e- / ${codes} DN`,
    ),
    derived(
      "saturationSignal",
      linearE,
      "e-",
      "(saturation - pedestal) x gain",
      `(${span}) x ${digits(gain)}`,
    ),
    derived("quantisationNoise", gain / Math.sqrt(12), "e-", "gain / sqrt(12)", `${digits(gain)} / 3.4641`),
  ];
}

function noise({ pixel, environment }: SensorProfile, quantisationE: number): DerivedValue[] {
  const temperatureK = environment.temperatureC + ZERO_CELSIUS_K;
  const ktcE =
    Math.sqrt(BOLTZMANN_J_PER_K * temperatureK * pixel.nodeCapacitanceFf * 1e-15) / ELEMENTARY_CHARGE_C;
  const share = pixel.reset === "flushed" ? 0.5 : 1;
  const resetE = ktcE * Math.sqrt(share);
  const floorE = Math.sqrt(resetE ** 2 + pixel.readNoiseE ** 2 + quantisationE ** 2);
  const sum = `sqrt(${digits(resetE)}^2 + ${pixel.readNoiseE}^2 + ${digits(quantisationE)}^2)`;
  return [
    derived(
      "ktcNoise",
      ktcE,
      "e-",
      "sqrt(k_B T C) / q",
      `T = ${temperatureK} K, C = ${pixel.nodeCapacitanceFf} fF`,
    ),
    derived(
      "resetNoise",
      resetE,
      "e-",
      `${pixel.reset} reset: sqrt(${share}) kTC`,
      `${digits(ktcE)} x sqrt(${share})`,
    ),
    derived("noiseFloor", floorE, "e-", "sqrt(reset^2 + read^2 + quantisation^2)", sum),
  ];
}

function dark({ array, detector, environment }: SensorProfile): DerivedValue[] {
  const areaCm2 = (array.pitchUm * 1e-4) ** 2 * array.fillFactor;
  const referenceEPerS = (detector.darkCurrentDensityAPerCm2 * areaCm2) / ELEMENTARY_CHARGE_C;
  const temperatureK = environment.temperatureC + ZERO_CELSIUS_K;
  const inverseEv = ELEMENTARY_CHARGE_C / BOLTZMANN_J_PER_K;
  const exponent = -detector.darkActivationEv * inverseEv * (1 / temperatureK - 1 / detector.darkReferenceK);
  const rate = referenceEPerS * Math.exp(exponent);
  const area = `${detector.darkCurrentDensityAPerCm2} A/cm2 x ${digits(areaCm2)} cm2 / 1.602177e-19 C`;
  const arrhenius = `${digits(referenceEPerS)} e-/s x exp(${digits(exponent)})`;
  return [
    derived("darkRateReference", referenceEPerS, "e-/s", "J A / q, A = pitch^2 x fill factor", area),
    derived("darkRate", rate, "e-/s", "reference x exp(-(Ea/k_B)(1/T - 1/T_ref))", arrhenius),
  ];
}

/** Response, full well, gain, noise and dark rate of a pixel. */
export function deriveElectronics(profile: SensorProfile): DerivedValue[] {
  const chargeValues = charge(profile);
  const quantisationE = chargeValues.at(-1)?.value ?? 0;
  return [response(profile), ...chargeValues, ...noise(profile, quantisationE), ...dark(profile)];
}
