// Light that reaches a pixel, physics of a flash LiDAR.
// Not modelled: cos^4 fall-off and vignetting (illumination and lens are taken as matched, so every pixel gets 1/N of the
// pulse and the same pupil), atmospheric scatter back into the lens, speckle, and the fall of the film's bias within an exposure.

import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { photonEnergyJ } from "./constants.ts";
import { eqeAtBias } from "./eqe.ts";

/**
 * Signal electrons per pulse of a pixel that looks at a white Lambertian target facing it at 1 m in clear air:
 * EQE * FF * (E_pulse / h nu) * (1 / N_pix) * D^2 / 4 * T_opt. Multiply by rho cos(theta) / R^2 * exp(-2 alpha R).
 */
export function signalElectronsPerPulse(profile: LidarProfile): number {
  const { array, emitter, optics } = profile;
  const pulseJ = emitter.peakPowerW * emitter.pulseWidthNs * 1e-9;
  const photonsPerPixel = pulseJ / photonEnergyJ(emitter.wavelengthNm) / (array.widthPx * array.heightPx);
  const pupilM = pupilDiameterM(profile);
  return electronsPerPhoton(profile) * photonsPerPixel * ((pupilM * pupilM) / 4) * optics.transmission;
}

/**
 * Background electrons per second of a pixel that looks at a white Lambertian surface which faces a sun of
 * `suns` times ASTM G173 global tilt: EQE * FF / h nu * (E_sun * filter / pi) * (pi D^2 / 4) * (pitch / f)^2 * T_opt.
 * Multiply by rho cos(theta_sun).
 */
export function ambientElectronsPerSecond(profile: LidarProfile, suns: number): number {
  const { array, emitter, environment, optics } = profile;
  const irradianceWPerM2 = suns * environment.sunIrradianceWPerM2Nm * optics.filterWidthNm;
  const pupilM = pupilDiameterM(profile);
  const pixelAngle = (array.pitchUm * 1e-3) / optics.focalLengthMm;
  const powerW = irradianceWPerM2 * ((pupilM * pupilM) / 4) * pixelAngle * pixelAngle * optics.transmission;
  return (electronsPerPhoton(profile) * powerW) / photonEnergyJ(emitter.wavelengthNm);
}

function pupilDiameterM(profile: LidarProfile): number {
  return (profile.optics.focalLengthMm / profile.optics.fNumber) * 1e-3;
}

function electronsPerPhoton(profile: LidarProfile): number {
  const eqe = eqeAtBias(profile.detector.eqePoints, profile.detector.operatingBiasV);
  return eqe * profile.array.fillFactor;
}
