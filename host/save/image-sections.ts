import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { fullWellE, resetNoiseE } from "../analysis/noise-model.ts";
import type { CameraInfo } from "../camera/camera-info.ts";
import type { ImagingFrame } from "../camera/frame.ts";

/** Exposure, region, samples and effects of a picture. */
export function imageSections(frame: ImagingFrame, info: CameraInfo, profile: ImagingProfile) {
  const { binningX, binningY, decimationX, decimationY, offsetX, offsetY } = frame;
  return {
    exposure: { exposureNs: frame.exposureNs, readMode: frame.readMode, reads: frame.reads },
    region: { offsetX, offsetY, width: frame.width, height: frame.height },
    binning: { x: binningX, y: binningY },
    decimation: { x: decimationX, y: decimationY },
    sample: {
      gainEPerDn: frame.gainEPerDn,
      fullWellE: fullWellE(profile),
      readNoiseE: profile.pixel.readNoiseE,
      resetNoiseE: resetNoiseE(profile, frame.temperatureC),
      pedestalDn: profile.adc.pedestalDn,
      saturationDn: info.saturationDn,
      adcBits: profile.adc.bits,
    },
    film: profile.film,
    effects: profile.effects,
    optics: profile.optics,
  };
}
