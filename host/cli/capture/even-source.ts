import type { ImagingProfile, SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import { fullWellE } from "../../analysis/noise-model.ts";
import { type EvenSource, irradianceOf } from "../../capture/emva/photons.ts";
import { usageError } from "../command-error.ts";
import type { CaptureOptions } from "./capture-options.ts";

/** The default light fills the well in this many of the profile's own exposures. */
const FILL_EXPOSURES = 1.5;

type LightOptions = Pick<CaptureOptions, "irradiance" | "wavelength">;

/** The light on a simulated sensor: as asked for, else so much that a pixel fills in a common exposure. */
export function simulatedSource(profile: SensorProfile, options: LightOptions): EvenSource {
  const imaging = requireImaging(profile);
  const wavelengthNm = options.wavelength ?? imaging.film.wavelengthNm;
  return {
    irradianceWPerM2: options.irradiance ?? defaultIrradiance(imaging, wavelengthNm),
    wavelengthNm,
  };
}

/** The light that the user says is in front of a real sensor. */
export function statedSource(profile: SensorProfile, options: LightOptions): EvenSource {
  const { film } = requireImaging(profile);
  if (options.irradiance === undefined)
    throw usageError("found no --irradiance, expected that of the light in front of the camera, in W/m2");
  return {
    irradianceWPerM2: options.irradiance,
    wavelengthNm: options.wavelength ?? film.wavelengthNm,
  };
}

/** The scene of a simulated board under this light. */
export function sceneOf({ irradianceWPerM2, wavelengthNm }: EvenSource): string {
  return `uniform:irradiance=${irradianceWPerM2},nm=${wavelengthNm}`;
}

function requireImaging(profile: SensorProfile): ImagingProfile {
  if (profile.mode === "imaging") return profile;
  throw usageError(
    `found the LiDAR profile ${profile.name}, expected an imaging profile for emva; cqd list shows them`,
  );
}

function defaultIrradiance(profile: ImagingProfile, wavelengthNm: number): number {
  const { array, detector, exposure } = profile;
  const eta = array.fillFactor * Math.max(...detector.eqePoints.map(({ eqe }) => eqe));
  const fillS = FILL_EXPOSURES * exposure.exposureTimeUs * 1e-6;
  const irradiance = irradianceOf(fullWellE(profile) / (eta * fillS), wavelengthNm, array.pitchUm);
  return Number(irradiance.toPrecision(4));
}
