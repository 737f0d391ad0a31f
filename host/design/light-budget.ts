// Electrons of a pixel from scene, lens and film. Written from docs/physics.md (light) for the prediction alone: the
// simulator has code of its own, so that a comparison of both means something.
// Left out: what docs/physics.md names as not modelled, and surfaces that do not face camera and sun.

import {
  BOLTZMANN_EV_PER_K,
  ELEMENTARY_CHARGE_C,
  LIGHT_M_PER_S,
  PLANCK_J_S,
  ZERO_CELSIUS_K,
} from "../../hw-profiles/derive/constants.ts";
import { quantumEfficiency } from "../../hw-profiles/explain/derive-optics.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";

/** A Lambertian surface that fills the pixel and faces the camera. */
export interface Target {
  readonly rangeM: number;
  /** 0..1, at the laser's wavelength. */
  readonly reflectance: number;
}

/** Energy of one photon of the laser, J. */
function photonJ({ emitter }: LidarProfile): number {
  return (PLANCK_J_S * LIGHT_M_PER_S) / (emitter.wavelengthNm * 1e-9);
}

/** Electrons per photon that the lens collects, transmission included. */
function electronsPerPhoton(profile: LidarProfile): number {
  return quantumEfficiency(profile).value * profile.array.fillFactor * profile.optics.transmission;
}

function pupilRadiusM({ optics }: LidarProfile): number {
  return (optics.focalLengthMm * 1e-3) / (2 * optics.fNumber);
}

/**
 * Electrons of one pulse: the pixel's share of the pulse's photons times rho (r/R)^2 exp(-2 alpha R), r the pupil's radius
 * (a Lambertian surface sends pi r^2 / (pi R^2) of what it reflects into the pupil).
 */
export function signalPerPulseE(profile: LidarProfile, { rangeM, reflectance }: Target): number {
  const { array, emitter, environment } = profile;
  const photons = (emitter.peakPowerW * emitter.pulseWidthNs * 1e-9) / photonJ(profile);
  const onTarget = photons / (array.widthPx * array.heightPx);
  const collected = reflectance * (pupilRadiusM(profile) / rangeM) ** 2;
  const air = Math.exp(-2 * environment.extinctionPerM * rangeM);
  return onTarget * collected * air * electronsPerPhoton(profile);
}

/** Electrons per second of sunlight from a surface of this reflectance; `suns` 1 is ASTM G173 global tilt. */
export function ambientRateEPerS(profile: LidarProfile, reflectance: number, suns: number): number {
  const { array, environment, optics } = profile;
  const irradianceWPerM2 = suns * environment.sunIrradianceWPerM2Nm * optics.filterWidthNm;
  const radiance = (reflectance * irradianceWPerM2) / Math.PI;
  const pixelSr = (array.pitchUm / (optics.focalLengthMm * 1e3)) ** 2;
  const powerW = radiance * Math.PI * pupilRadiusM(profile) ** 2 * pixelSr;
  return (powerW / photonJ(profile)) * electronsPerPhoton(profile);
}

/** Mean dark electrons per second of a pixel at the profile's temperature. */
export function darkRateEPerS({ array, detector, environment }: LidarProfile): number {
  const areaCm2 = (array.pitchUm * 1e-4) ** 2 * array.fillFactor;
  const atReference = (detector.darkCurrentDensityAPerCm2 * areaCm2) / ELEMENTARY_CHARGE_C;
  const inverseK = 1 / (environment.temperatureC + ZERO_CELSIUS_K) - 1 / detector.darkReferenceK;
  return atReference * Math.exp((-detector.darkActivationEv / BOLTZMANN_EV_PER_K) * inverseK);
}
