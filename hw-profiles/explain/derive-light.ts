// What follows for light. Equations: docs/physics.md, light.

import { LIGHT_M_PER_S, PLANCK_J_S } from "../derive/constants.ts";
import type { LidarProfile } from "../sensor-profile.ts";
import { EXAMPLE_RANGE_M, EXAMPLE_REFLECTANCE } from "./constants.ts";
import { geometry, quantumEfficiency } from "./derive-optics.ts";
import { type DerivedValue, derived, digits } from "./derived-value.ts";

function signal(profile: LidarProfile, eqe: number, pupilMm: number): DerivedValue[] {
  const { array, emitter, gates, optics } = profile;
  const photonJ = (PLANCK_J_S * LIGHT_M_PER_S) / (emitter.wavelengthNm * 1e-9);
  const pulseJ = emitter.peakPowerW * emitter.pulseWidthNs * 1e-9;
  const photons = pulseJ / photonJ / (array.widthPx * array.heightPx);
  const collected = (pupilMm * 1e-3) ** 2 / (4 * EXAMPLE_RANGE_M ** 2);
  const perPulse = eqe * array.fillFactor * photons * EXAMPLE_REFLECTANCE * collected * optics.transmission;
  const formula = "EQE FF (E / h nu / N_pix) rho D^2/(4 R^2) T_opt";
  const spot = `rho = ${EXAMPLE_REFLECTANCE}, R = ${EXAMPLE_RANGE_M} m, ${digits(photons)} photons per pixel's share`;
  const energy = `${emitter.peakPowerW} W x ${emitter.pulseWidthNs} ns`;
  const planes = `${digits(perPulse)} x ${gates.pulsesPerGate}`;
  return [
    derived("pulseEnergy", pulseJ * 1e6, "uJ", "peak power x pulse width", energy),
    derived("signalPerPulse", perPulse, "e-", formula, spot),
    derived(
      "signalPerPlane",
      perPulse * gates.pulsesPerGate,
      "e-",
      "per pulse x M, all of the response",
      planes,
    ),
  ];
}

function ambient(profile: LidarProfile, eqe: number, pupilMm: number): DerivedValue {
  const { array, emitter, environment, optics } = profile;
  const photonJ = (PLANCK_J_S * LIGHT_M_PER_S) / (emitter.wavelengthNm * 1e-9);
  const radiance = (EXAMPLE_REFLECTANCE * environment.sunIrradianceWPerM2Nm * optics.filterWidthNm) / Math.PI;
  const etendue =
    ((Math.PI * (pupilMm * 1e-3) ** 2) / 4) * ((array.pitchUm * 1e-3) / optics.focalLengthMm) ** 2;
  const rate = (eqe * array.fillFactor * radiance * etendue * optics.transmission) / photonJ;
  const formula = "EQE FF / h nu x rho E_sun filter / pi x (pi D^2 / 4) (pitch / f)^2 T_opt";
  const numbers = `rho = ${EXAMPLE_REFLECTANCE}, ${environment.sunIrradianceWPerM2Nm} W/m2/nm x ${optics.filterWidthNm} nm`;
  return derived("ambientRateFullSun", rate, "e-/s", formula, numbers);
}

function window({ readout }: LidarProfile): DerivedValue {
  const rangeM = (LIGHT_M_PER_S / 2) * (readout.t0MaxNs - readout.timeOffsetNs) * 1e-9;
  return derived("rangeLimit", rangeM, "m", "c/2 (t0Max - timeOffset)", `${readout.t0MaxNs} ns`);
}

/** Field, signal, ambient and range limit. */
export function deriveLight(profile: LidarProfile): DerivedValue[] {
  const eqe = quantumEfficiency(profile);
  const pupilMm = profile.optics.focalLengthMm / profile.optics.fNumber;
  return [
    eqe,
    ...geometry(profile),
    ...signal(profile, eqe.value, pupilMm),
    ambient(profile, eqe.value, pupilMm),
    window(profile),
  ];
}
