// Seams of imaging mode between light, charge, code and board. Sensor pixels count row by row over the whole array;
// a band is a range of whole sensor rows.

import type { EffectsProfile } from "../../hw-profiles/sensor-profile.ts";

/** Sensor rows firstRow .. firstRow + rows - 1, all columns. */
export interface SensorRows {
  readonly firstRow: number;
  readonly rows: number;
}

/** One frame's reads: when each sensor row integrates. Times in seconds. */
export interface ReadSchedule {
  /** N. */
  readonly reads: number;
  /** f64 [row of the band][read]: from the reset's release to the sample: dark current and noise see this. */
  readonly sampleS: Float64Array;
  /** f64 [row of the band][read]: of that, with light on the node (film open; closed time counts by its extinction). */
  readonly lightS: Float64Array;
  /** From this frame's reset release to that of the frame before; lag sees it. 0 = first frame. */
  readonly framePeriodS: number;
}

/** What one exposure depends on besides device and light. */
export interface ImagingConditions {
  readonly temperatureK: number;
  readonly analogGain: number;
  readonly effects: EffectsProfile;
}

/** Region, decimation and binning in sensor pixels. */
export interface ReadWindow {
  /** Output pixels. */
  readonly width: number;
  readonly height: number;
  /** Output pixels, as the registers count them. */
  readonly offsetX: number;
  readonly offsetY: number;
  readonly binningX: number;
  readonly binningY: number;
  readonly decimationX: number;
  readonly decimationY: number;
}

/** Key of temporal noise: (seed, frame); pixel and read come on top. */
export interface NoiseKey {
  readonly seed: bigint;
  readonly frame: number;
}

/**
 * Light and dark current to charge, for a band. One per thread; keeps trap states (lag) of its rows.
 * Results depend on sensor pixel, frame, read, seed and what was exposed before, never on the band.
 */
export interface ChargeCollector {
  readonly band: SensorRows;
  /** Mean photons per second on the whole area of each pixel of the band, and of one row above and below it for
   *  crosstalk (those rows repeat the edge row at the array's border): f32 [(rows + 2)][width]. */
  readonly photonsPerS: Float32Array;
  /** Call after photonsPerS or the conditions changed. */
  setLight(conditions: ImagingConditions): void;
  /**
   * Fill `charge`: f32 [read][row of the band][column], electrons on the node at every read, cumulative, with shot noise, dark
   * current, flicker, lag, soft saturation and reset noise.
   */
  collect(schedule: ReadSchedule, key: NoiseKey): void;
  readonly charge: Float32Array;
}

/** Charge to codes, for the same band. */
export interface LevelConverter {
  /**
   * Codes of the output lines whose sensor rows lie in the band, u16 [read][output line of the band][output column].
   * @returns first output line and number of lines.
   */
  convert(
    charge: Float32Array,
    schedule: ReadSchedule,
    window: ReadWindow,
    conditions: ImagingConditions,
    key: NoiseKey,
  ): { readonly firstLine: number; readonly lines: number; readonly codes: Uint16Array };
}
