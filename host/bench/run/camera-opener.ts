import type { Camera } from "../../camera/camera.ts";

export interface EvenLight {
  readonly irradianceWPerM2: number;
  readonly wavelengthNm: number;
}

/** Opens a camera of a sensor profile that looks at a uniform source. The caller closes it. */
export type CameraOpener = (sensor: string, light: EvenLight, seed: number) => Promise<Camera>;
