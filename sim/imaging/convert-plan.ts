// The converter's buffers in the imaging memory.

import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { TRANSFER_COEFFICIENTS } from "../pixel/node-transfer.ts";
import type { ImagingMemory, MemoryPlan, Place } from "./imaging-memory.ts";
import type { SensorRows } from "./seams.ts";

/** Kernels work on four pixels at a time. */
const SPARE_PIXELS = 4;
/** Binning times decimation. */
const MOST_COLUMN_STEP = 4;
/** CHUNK_PIXELS of sim/kernels/imaging/convert-levels.ts. */
const CHUNK_PIXELS = 128;
export const RTS_RECORD_BYTES = 24;
export const OVERRIDE_RECORD_BYTES = 8;
const SCRATCH_BYTES = 128;

const PLACES = [
  "offsetDn",
  "columnStep",
  "columnInverse",
  "inlDn",
  "inlNearDn",
  "rtsStart",
  "rtsPixels",
  "overrideStart",
  "overrides",
  "levels",
  "sums",
  "normals",
  "line",
  "scratch",
  "noiseFactor",
  "sampleS",
  "rampDn",
  "transfer",
  "codes",
] as const;

export interface ConverterPlan {
  readonly profile: ImagingProfile;
  readonly band: SensorRows;
  readonly maxReads: number;
  /** Elements of a row of levels. */
  readonly levelStride: number;
  /** Of random numbers' table, filled by ImagingMemory. */
  readonly normalTable: Place;
  readonly places: Readonly<Record<(typeof PLACES)[number], Place>>;
}

/**
 * Reserve the converter's buffers for the rows of `band`.
 * @param maxReads largest N of a frame; the profile's without.
 */
export function planConverter(
  plan: MemoryPlan,
  profile: ImagingProfile,
  band: SensorRows,
  maxReads = Math.max(2, profile.roic.maxReads),
): ConverterPlan {
  const { widthPx } = profile.array;
  const pixels = band.rows * widthPx;
  const levelStride = 4 * Math.ceil(widthPx / 4) + SPARE_PIXELS;
  const { rts, overrides } = listCapacities(profile, pixels);
  const places = {
    offsetDn: plan.floats(pixels, SPARE_PIXELS),
    columnStep: plan.bytes(widthPx * 8, SPARE_PIXELS * MOST_COLUMN_STEP * 8),
    columnInverse: plan.floats(widthPx, SPARE_PIXELS * MOST_COLUMN_STEP),
    inlDn: plan.bytes(2 ** profile.adc.bits * 8),
    inlNearDn: plan.floats(2 ** profile.adc.bits),
    rtsStart: plan.bytes((band.rows + 1) * 4),
    rtsPixels: plan.bytes(rts * RTS_RECORD_BYTES),
    overrideStart: plan.bytes((band.rows + 1) * 4),
    overrides: plan.bytes(overrides * OVERRIDE_RECORD_BYTES),
    levels: plan.floats(maxReads * levelStride, SPARE_PIXELS),
    sums: plan.floats(maxReads * levelStride, SPARE_PIXELS),
    normals: plan.floats(maxReads * CHUNK_PIXELS, SPARE_PIXELS),
    line: plan.floats(widthPx, SPARE_PIXELS),
    scratch: plan.bytes(SCRATCH_BYTES),
    noiseFactor: plan.floats(maxReads * maxReads),
    sampleS: plan.bytes(maxReads * 8),
    rampDn: plan.floats(maxReads),
    transfer: plan.floats(TRANSFER_COEFFICIENTS),
    codes: plan.words(maxReads * pixels, SPARE_PIXELS),
  };
  return { profile, band, maxReads, levelStride, normalTable: plan.normalTable, places };
}

/** Room for the lists when their effects are on: the numbers of such pixels are binomial. */
function listCapacities({ effects, defects }: ImagingProfile, pixels: number) {
  return {
    rts: mostOf(pixels, effects.rts.pixelShare),
    overrides: mostOf(pixels, defects.deadFraction + defects.stuckFraction),
  };
}

/** Ten standard deviations above the mean number of pixels that a share of `pixels` is. */
function mostOf(pixels: number, share: number): number {
  return Math.min(pixels, Math.ceil(pixels * share + 10 * Math.sqrt(pixels * share) + 10));
}

/** Views on the buffers that the host writes or reads. */
export interface ConverterViews {
  readonly offsetDn: Float32Array;
  readonly columnStep: Float64Array;
  readonly columnInverse: Float32Array;
  readonly inlDn: Float64Array;
  readonly inlNearDn: Float32Array;
  readonly rtsStart: Uint32Array;
  readonly rtsPixels: DataView;
  readonly overrideStart: Uint32Array;
  readonly overrides: DataView;
  readonly levels: Float32Array;
  readonly noiseFactor: Float32Array;
  readonly sampleS: Float64Array;
  readonly rampDn: Float32Array;
  readonly transfer: Float32Array;
  readonly codes: Uint16Array;
}

export function converterViews(memory: ImagingMemory, { places }: ConverterPlan): ConverterViews {
  const bytes = (place: Place) => memory.bytes(place);
  const doubles = (place: Place) => new Float64Array(bytes(place).buffer, place.address, place.length / 8);
  const integers = (place: Place) => new Uint32Array(bytes(place).buffer, place.address, place.length / 4);
  const records = (place: Place) => new DataView(bytes(place).buffer, place.address, place.length);
  return {
    offsetDn: memory.floats(places.offsetDn),
    columnStep: doubles(places.columnStep),
    columnInverse: memory.floats(places.columnInverse),
    inlDn: doubles(places.inlDn),
    inlNearDn: memory.floats(places.inlNearDn),
    rtsStart: integers(places.rtsStart),
    rtsPixels: records(places.rtsPixels),
    overrideStart: integers(places.overrideStart),
    overrides: records(places.overrides),
    levels: memory.floats(places.levels),
    noiseFactor: memory.floats(places.noiseFactor),
    sampleS: doubles(places.sampleS),
    rampDn: memory.floats(places.rampDn),
    transfer: memory.floats(places.transfer),
    codes: memory.words(places.codes),
  };
}
