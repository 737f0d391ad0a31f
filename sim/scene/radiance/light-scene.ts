import type { OpticsProfile } from "../../../hw-profiles/sensor-profile.ts";

/**
 * What an imaging sensor looks at. A light scene answers one question: how many photons per second arrive on each pixel.
 * Monochromatic: all light has the design wavelength of the profile, at which its EQE holds.
 */
export interface LightScene {
  readonly name: string;
  /** True if the light depends on time. */
  readonly moving: boolean;
  /**
   * Fill `photonsPerS` with the photons per second that reach each pixel of `area` at the virtual time `timeNs`, in row
   * order, all columns. They are counted on the whole pixel area, pitch x pitch, as EMVA 1288 counts them: lens and
   * filter are included, fill factor and EQE are not. The values are a pure function of (area, timeNs).
   * @returns whether `photonsPerS` was written: false if it still holds what the last call with this area and this
   * array left there. Do not change its contents between calls.
   * @throws SceneError if the array does not have one place for each pixel.
   */
  fill(area: LightArea, timeNs: number, photonsPerS: Float32Array): boolean;
}

/** Rows firstRow .. firstRow + rows - 1 of the sensor, with all columns. */
export interface LightArea {
  readonly firstRow: number;
  readonly rows: number;
}

/** The sensor that the light falls on. */
export interface LightGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pitchUm: number;
  readonly optics: OpticsProfile;
  /** Design wavelength of the profile. */
  readonly wavelengthNm: number;
}
