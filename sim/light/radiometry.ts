// Light on the sensor plane of a camera, at one wavelength.
// Not modelled: cos^4 fall-off and vignetting (every pixel sees the whole pupil as on the axis), blur and stray light.

import type { OpticsProfile } from "../../hw-profiles/sensor-profile.ts";
import { photonEnergyJ } from "./constants.ts";

/**
 * Photons per second on a pixel of pitch x pitch, per W/m^2 on the sensor plane: A lambda / (h c), EMVA 1288 R4 eq. 1.
 * The whole area counts; the fill factor belongs to the quantum efficiency.
 */
export function photonsPerSPerIrradiance(pitchUm: number, wavelengthNm: number): number {
  const pitchM = pitchUm * 1e-6;
  return (pitchM * pitchM) / photonEnergyJ(wavelengthNm);
}

/** Irradiance on the sensor plane, W/m^2, per radiance of the scene, W/(m^2 sr), on axis: pi T / (4 N^2 + 1). */
export function irradiancePerRadiance(optics: OpticsProfile): number {
  return (Math.PI * optics.transmission) / (4 * optics.fNumber * optics.fNumber + 1);
}
