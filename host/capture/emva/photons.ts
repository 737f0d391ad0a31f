import { LIGHT_M_PER_S, PLANCK_J_S } from "../../../hw-profiles/derive/constants.ts";

/** An even, monochromatic source in front of a sensor without a lens. */
export interface EvenSource {
  /** On the sensor plane, W/m^2. */
  readonly irradianceWPerM2: number;
  readonly wavelengthNm: number;
}

/**
 * Mean number of photons per second that fall on a pixel of pitch x pitch: E A lambda / (h c), EMVA 1288 Release 4
 * Linear, equation 3. The whole pixel area counts, whatever part of it is sensitive.
 */
export function photonsPerS({ irradianceWPerM2, wavelengthNm }: EvenSource, pitchUm: number): number {
  const photonJ = (PLANCK_J_S * LIGHT_M_PER_S) / (wavelengthNm * 1e-9);
  return (irradianceWPerM2 * (pitchUm * 1e-6) ** 2) / photonJ;
}

/** The irradiance of so many photons per second and pixel, W/m^2: photonsPerS the other way round. */
export function irradianceOf(photons: number, wavelengthNm: number, pitchUm: number): number {
  return photons / photonsPerS({ irradianceWPerM2: 1, wavelengthNm }, pitchUm);
}
