// What a factory finds out about a device, pixel by pixel of the whole array.

import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { chargePatterns } from "../pixel/charge-patterns.ts";
import { DEFECT_NONE, defects } from "../pixel/device-patterns.ts";
import { offsetMapDn, rtsPixels } from "../pixel/imaging-patterns.ts";
import { LevelModel } from "./level-model.ts";

/** Telegraph noise above so many times the read noise makes a pixel a defect. */
const STRONG_TELEGRAPH = 3;

export interface FactoryDevice {
  /** Dark current relative to the mean of the array. */
  readonly darkFactor: Float32Array;
  /** Level of an empty pixel, DN, the mean of its telegraph noise included. */
  readonly offsetDn: Float32Array;
  /** Non-zero: dead, stuck, hot, or strong telegraph noise. */
  readonly bad: Uint8Array;
}

export function factoryDevice(profile: ImagingProfile): FactoryDevice {
  const { array, effects } = profile;
  const band = { firstRow: 0, rows: array.heightPx };
  const pixels = array.widthPx * array.heightPx;
  const found = effects.defects.on
    ? defects(profile, { firstPixel: 0, count: pixels })
    : new Uint8Array(pixels);
  const bad = found.map((kind) => (kind === DEFECT_NONE ? 0 : 1));
  const levels = new LevelModel(profile, { effects, analogGain: 1 });
  const strongDn2 = STRONG_TELEGRAPH * STRONG_TELEGRAPH * levels.readVarianceDn2();
  for (const pixel of rtsPixels(profile, effects, band)) {
    if (levels.rtsVarianceDn2(pixel) > strongDn2) bad[pixel.row * array.widthPx + pixel.column] = 1;
  }
  return {
    darkFactor: chargePatterns(profile, effects, band).dark,
    offsetDn: offsetMapDn(profile, effects, band),
    bad,
  };
}
