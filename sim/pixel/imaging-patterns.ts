// What the converter of one imaging device has from the factory: offsets, column slopes, telegraph pixels, dead and stuck
// ones. Drawn from deviceSeed; a band of rows draws its own part. Streams and their counters: sim/random/streams.ts.

import type { EffectsProfile, ImagingProfile, SensorBase } from "../../hw-profiles/sensor-profile.ts";
import type { SensorRows } from "../imaging/seams.ts";
import { exp, log } from "../math/elementary.ts";
import { Draws } from "../random/draws.ts";
import { keyOfSeed, philox4x32, philoxWord } from "../random/philox.ts";
import * as Stream from "../random/streams.ts";
import { DEFECT_DEAD, DEFECT_STUCK } from "./device-patterns.ts";
import { rememberLast } from "./remember.ts";

const TWO_TO_MINUS_32 = 2.3283064365386963e-10;

const rememberOffsets = rememberLast<ImagingProfile, Float32Array>();
const rememberRts = rememberLast<SensorBase, readonly RtsPixel[]>();

/**
 * Level of an empty pixel, DN: pedestal + pixel, row and column part. The column's part comes before binning, as the
 * column lines of a bin are joined.
 * @returns f32 [row of the band][column]. Shared: read only.
 */
export function offsetMapDn(
  profile: ImagingProfile,
  { offsetPattern }: Pick<EffectsProfile, "offsetPattern">,
  { firstRow, rows }: SensorRows,
): Float32Array {
  const key = JSON.stringify([offsetPattern, firstRow, rows]);
  return rememberOffsets(profile, key, () => drawOffsets(profile, { offsetPattern }, { firstRow, rows }));
}

function drawOffsets(
  profile: ImagingProfile,
  effects: Pick<EffectsProfile, "offsetPattern">,
  band: SensorRows,
): Float32Array {
  const { widthPx } = profile.array;
  const { pedestalDn } = profile.adc;
  const map = new Float32Array(band.rows * widthPx).fill(pedestalDn);
  if (!effects.offsetPattern.on) return map;
  const pixels = new Draws(profile.deviceSeed, Stream.STREAM_DEVICE_OFFSET);
  const rows = new Draws(profile.deviceSeed, Stream.STREAM_ROW_OFFSET);
  const columnDn = columnOffsetsDn(profile);
  for (let row = 0; row < band.rows; row++) {
    const rowDn = effects.offsetPattern.rowSpreadDn * rows.normal(band.firstRow + row);
    const firstPixel = (band.firstRow + row) * widthPx;
    for (let column = 0; column < widthPx; column++) {
      const pixelDn = profile.pixel.offsetSpreadDn * pixels.normal(firstPixel + column);
      map[row * widthPx + column] = pedestalDn + pixelDn + rowDn + columnDn[column]!;
    }
  }
  return map;
}

function columnOffsetsDn({ deviceSeed, pixel, array }: SensorBase): Float64Array {
  const draws = new Draws(deviceSeed, Stream.STREAM_COLUMN_OFFSET);
  return Float64Array.from(
    { length: array.widthPx },
    (_, column) => pixel.columnOffsetSpreadDn * draws.normal(column),
  );
}

/** Slope of every column's ramp, DN a clock: 1 + gain error. */
export function columnSteps(profile: SensorBase, effects: Pick<EffectsProfile, "columnGain">): Float64Array {
  const steps = new Float64Array(profile.array.widthPx).fill(1);
  if (!effects.columnGain.on) return steps;
  const draws = new Draws(profile.deviceSeed, Stream.STREAM_COLUMN_GAIN);
  return steps.map((step, column) => step + effects.columnGain.spread * draws.normal(column));
}

/** A pixel with telegraph noise: two levels that differ by amplitudeE. */
export interface RtsPixel {
  /** Row of the band. */
  readonly row: number;
  readonly column: number;
  readonly amplitudeE: number;
  /** Transitions per second from the low to the high level, while it is low; and back. */
  readonly risePerS: number;
  readonly fallPerS: number;
}

/** Telegraph pixels of the band, row by row: exponential amplitudes, both rates log-uniform from minHz to maxHz (in 1/s). */
export function rtsPixels(
  profile: SensorBase,
  { rts }: Pick<EffectsProfile, "rts">,
  { firstRow, rows }: SensorRows,
): readonly RtsPixel[] {
  if (!rts.on) return [];
  const key = JSON.stringify([rts, firstRow, rows]);
  return rememberRts(profile, key, () => drawRts(profile, rts, { firstRow, rows }));
}

function drawRts(profile: SensorBase, rts: EffectsProfile["rts"], band: SensorRows): RtsPixel[] {
  const { pixelShare, amplitudeE, minHz, maxHz } = rts;
  const { low, high } = keyOfSeed(BigInt(profile.deviceSeed));
  const { widthPx } = profile.array;
  const span = log(maxHz / minHz);
  const found: RtsPixel[] = [];
  for (let at = 0; at < band.rows * widthPx; at++) {
    const pixel = band.firstRow * widthPx + at;
    if (!(uniformOf(philoxWord(pixel, 0, Stream.STREAM_RTS_DEVICE, low, high)) < pixelShare)) continue;
    const words = philox4x32([pixel, 0, 0, Stream.STREAM_RTS_DEVICE], low, high);
    found.push({
      row: Math.floor(at / widthPx),
      column: at % widthPx,
      amplitudeE: -amplitudeE * log(uniformOf(words[1])),
      risePerS: minHz * exp(span * uniformOf(words[2])),
      fallPerS: minHz * exp(span * uniformOf(words[3])),
    });
  }
  return found;
}

function uniformOf(word: number): number {
  return (word + 0.5) * TWO_TO_MINUS_32;
}

export interface DefectPixel {
  /** Row of the band. */
  readonly row: number;
  readonly column: number;
  readonly kind: typeof DEFECT_DEAD | typeof DEFECT_STUCK;
  /** Of a stuck pixel. */
  readonly code: number;
}

/** Dead and stuck pixels of the band, row by row; the same as devicePatterns has. */
export function defectPixels(
  profile: SensorBase,
  effects: Pick<EffectsProfile, "defects">,
  band: SensorRows,
): DefectPixel[] {
  if (!effects.defects.on) return [];
  const { deadFraction, stuckFraction } = profile.defects;
  const draws = new Draws(profile.deviceSeed, Stream.STREAM_DEFECTS);
  const codes = new Draws(profile.deviceSeed, Stream.STREAM_STUCK_CODE);
  const { widthPx } = profile.array;
  const found: DefectPixel[] = [];
  for (let at = 0; at < band.rows * widthPx; at++) {
    const pixel = band.firstRow * widthPx + at;
    const u = draws.uniform(pixel);
    if (!(u < deadFraction + stuckFraction)) continue;
    const kind = u < deadFraction ? DEFECT_DEAD : DEFECT_STUCK;
    const code = kind === DEFECT_STUCK ? codes.integer(pixel, 2 ** profile.adc.bits) : 0;
    found.push({ row: Math.floor(at / widthPx), column: at % widthPx, kind, code });
  }
  return found;
}
