// Patterns of one device: drawn from the profile's deviceSeed, the same in every run. A band of rows draws its own part.

import type { SensorBase } from "../../hw-profiles/sensor-profile.ts";
import { Draws } from "../random/draws.ts";
import * as Stream from "../random/streams.ts";

export const DEFECT_NONE = 0;
/** No signal and no dark current: the pixel shows its offset. */
export const DEFECT_DEAD = 1;
/** Shows one code whatever happens. */
export const DEFECT_STUCK = 2;
/** Works, with far more dark current; the factory lists it all the same. */
export const DEFECT_HOT = 3;

export interface DevicePatterns {
  /** Electronic offset, DN, pedestal included. */
  readonly offsetDn: Float32Array;
  /** Dark current relative to the mean of the array. */
  readonly darkFactor: Float32Array;
  /** Response relative to the mean of the array. */
  readonly response: Float32Array;
  /** DEFECT_*. */
  readonly defect: Uint8Array;
  readonly stuckCode: Uint16Array;
}

export interface PixelArea {
  readonly firstPixel: number;
  readonly count: number;
}

export function devicePatterns(profile: SensorBase, area: PixelArea): DevicePatterns {
  const defect = defects(profile, area);
  return {
    offsetDn: offsets(profile, area),
    darkFactor: darkFactors(profile, area, defect),
    response: responses(profile, area),
    defect,
    stuckCode: stuckCodes(profile, area, defect),
  };
}

function offsets(profile: SensorBase, area: PixelArea): Float32Array {
  const pixels = new Draws(profile.deviceSeed, Stream.STREAM_DEVICE_OFFSET);
  const columns = new Draws(profile.deviceSeed, Stream.STREAM_COLUMN_OFFSET);
  const { offsetSpreadDn, columnOffsetSpreadDn } = profile.pixel;
  const { widthPx } = profile.array;
  return Float32Array.from({ length: area.count }, (_, i) => {
    const pixel = area.firstPixel + i;
    const pixelDn = offsetSpreadDn * pixels.normal(pixel);
    return profile.adc.pedestalDn + pixelDn + columnOffsetSpreadDn * columns.normal(pixel % widthPx);
  });
}

/** Dark current relative to the mean of good pixels: lognormal with mean 1, more in hot pixels. */
export function darkFactors(profile: SensorBase, area: PixelArea, defect: Uint8Array): Float32Array {
  const draws = new Draws(profile.deviceSeed, Stream.STREAM_DEVICE_DARK);
  const { darkSpread } = profile.detector;
  const { hotDarkFactor } = profile.defects;
  const factors = new Float32Array(area.count);
  for (let i = 0; i < area.count; i++) {
    const factor = draws.lognormal(area.firstPixel + i, darkSpread);
    factors[i] = defect[i] === DEFECT_HOT ? factor * hotDarkFactor : factor;
  }
  return factors;
}

/** The pixel part of the response pattern. */
export function responses(profile: SensorBase, area: PixelArea): Float32Array {
  const draws = new Draws(profile.deviceSeed, Stream.STREAM_DEVICE_RESPONSE);
  const spread = profile.detector.responseSpread;
  const response = new Float32Array(area.count);
  for (let i = 0; i < area.count; i++) {
    response[i] = Math.max(0, 1 + spread * draws.normal(area.firstPixel + i));
  }
  return response;
}

/** DEFECT_* of each pixel. One uniform number decides, so that a pixel has one defect at most. */
export function defects(profile: SensorBase, area: PixelArea): Uint8Array {
  const draws = new Draws(profile.deviceSeed, Stream.STREAM_DEFECTS);
  const { deadFraction, stuckFraction, hotFraction } = profile.defects;
  const found = new Uint8Array(area.count);
  for (let i = 0; i < area.count; i++) {
    const u = draws.uniform(area.firstPixel + i);
    if (u < deadFraction) found[i] = DEFECT_DEAD;
    else if (u < deadFraction + stuckFraction) found[i] = DEFECT_STUCK;
    else if (u < deadFraction + stuckFraction + hotFraction) found[i] = DEFECT_HOT;
  }
  return found;
}

function stuckCodes(profile: SensorBase, area: PixelArea, defect: Uint8Array): Uint16Array {
  const draws = new Draws(profile.deviceSeed, Stream.STREAM_STUCK_CODE);
  const codes = 2 ** profile.adc.bits;
  return Uint16Array.from({ length: area.count }, (_, i) =>
    defect[i] === DEFECT_STUCK ? draws.integer(area.firstPixel + i, codes) : 0,
  );
}
