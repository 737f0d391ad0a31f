/** What a sweep needs of a camera and its lamp. */
export interface EmvaSource {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** Codes from here on count as saturated. */
  readonly saturationDn: number;
  /** Shortest exposure that can be set, ns. */
  readonly minExposureNs: number;
  /** Set the exposure nearest to this and return it as it is. @throws CameraError when the camera cannot do it. */
  setExposure(exposureNs: number): Promise<number>;
  setLight(isOn: boolean): Promise<void>;
  /** Raw codes of the next frames, row by row; nothing in them is lost or corrected. */
  take(frames: number): AsyncIterable<Uint16Array>;
}

/** A camera, lamp or lens cap that cannot give a data set; the message says what to change. */
export class EmvaError extends Error {
  override readonly name = "EmvaError";
}
