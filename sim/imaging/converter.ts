// Charge to codes for one band of rows (physics: sim/pixel/node-transfer.ts, follower-noise.ts, imaging-patterns.ts; ADC:
// sim/roic/adc/single-slope.ts). Level of a pixel = gain (T(Q) + noise) + offset; the levels of a bin are averaged, ramp
// noise is common to a line's conversion.
//
// Not modelled: correlation of temporal noise between frames, noise of dead pixels, column settling, kickback.

import type { EffectsProfile } from "../../hw-profiles/sensor-profile.ts";
import {
  type FollowerNoise,
  followerFactor,
  followerNoise,
  followerVariance,
} from "../pixel/follower-noise.ts";
import { fullWellE, gainEPerDn } from "../pixel/noise-budget.ts";
import { keyOfSeed } from "../random/philox.ts";
import { type ConvertExports, convertExports } from "./convert-exports.ts";
import { type ConverterPlan, type ConverterViews, converterViews } from "./convert-plan.ts";
import { ConverterMaps } from "./converter-maps.ts";
import type { ImagingMemory } from "./imaging-memory.ts";
import { type BandLines, linesOfBand } from "./output-lines.ts";
import { type FrameKey, fillRampNoise } from "./ramp-noise.ts";
import type {
  ImagingConditions,
  LevelConverter,
  NoiseKey,
  ReadSchedule,
  ReadWindow,
  SensorRows,
} from "./seams.ts";

const NOISE_NONE = 0;
const NOISE_DIAGONAL = 1;
const NOISE_FULL = 2;

/** One per thread, beside the collector in the same memory. Results depend on sensor pixel, frame, read and seed alone. */
export class ImagingConverter implements LevelConverter {
  readonly band: SensorRows;
  readonly #plan: ConverterPlan;
  readonly #exports: ConvertExports;
  readonly #views: ConverterViews;
  readonly #maps: ConverterMaps;
  #noise: FollowerNoise = { whiteVariance: 0, processes: [] };
  #scaleDnPerE = 0;
  #key: FrameKey = { low: 0, high: 0, frame: 0 };
  /** Read times of the factor in the memory; empty: none there. */
  #factorTimes = new Float64Array(0);

  /** @throws TypeError if the memory's module has not the converter's functions. */
  constructor(memory: ImagingMemory, plan: ConverterPlan) {
    this.band = plan.band;
    this.#plan = plan;
    this.#exports = convertExports(memory.kernels);
    this.#views = converterViews(memory, plan);
    this.#maps = new ConverterMaps(plan, this.#views);
    this.#placeBuffers();
  }

  #placeBuffers(): void {
    const { places, profile, band, levelStride, normalTable } = this.#plan;
    const kernels = this.#exports;
    const { widthPx } = profile.array;
    const firstPixel = band.firstRow * widthPx;
    kernels.setConvertBand(widthPx, band.rows * widthPx, firstPixel, levelStride, 2 ** profile.adc.bits);
    kernels.setConvertMaps(
      places.offsetDn.address,
      places.columnStep.address,
      places.columnInverse.address,
      places.inlDn.address,
      places.inlNearDn.address,
    );
    kernels.setConvertLists(
      places.rtsStart.address,
      places.rtsPixels.address,
      places.overrideStart.address,
      places.overrides.address,
    );
    kernels.setConvertWork(
      places.levels.address,
      places.sums.address,
      places.normals.address,
      normalTable.address,
      places.line.address,
      places.scratch.address,
    );
    kernels.setConvertTimes(
      places.noiseFactor.address,
      places.sampleS.address,
      places.rampDn.address,
      places.transfer.address,
    );
  }

  /**
   * @param charge f32 [read][row of the band][column], e-, in the converter's own memory (the collector's).
   * @returns codes: a view that the next call overwrites.
   * @throws RangeError for a window or a number of reads that the buffers do not hold.
   */
  convert(
    charge: Float32Array,
    schedule: ReadSchedule,
    window: ReadWindow,
    conditions: ImagingConditions,
    key: NoiseKey,
  ): { readonly firstLine: number; readonly lines: number; readonly codes: Uint16Array } {
    const area = linesOfBand(window, this.band, this.#plan.profile.array.widthPx);
    this.#begin(charge, schedule, conditions, key);
    const lineCodes = window.width;
    const planeCodes = area.lines * lineCodes;
    for (let line = 0; line < area.lines; line++) {
      this.#levelsOfLine(schedule, window, area, line);
      this.#rampNoise(conditions.effects, area, line, schedule.reads);
      this.#codesOfLine(window, area, line * lineCodes, planeCodes);
    }
    const codes = this.#views.codes.subarray(0, schedule.reads * planeCodes);
    if (window.binningX * window.binningY === 1) this.#maps.overwriteStuck(codes, area, window.width);
    return { firstLine: area.firstLine, lines: area.lines, codes };
  }

  /**
   * Levels before ramp and converter of one row of the band, DN, for those who look at few pixels.
   * @returns f32 [read][column], a copy; the same bits as in `convert`.
   */
  levelsOfRow(
    charge: Float32Array,
    schedule: ReadSchedule,
    conditions: ImagingConditions,
    key: NoiseKey,
    row: number,
  ): Float32Array {
    const { widthPx } = this.#plan.profile.array;
    this.#begin(charge, schedule, conditions, key);
    this.#levels(schedule, row, 0, widthPx);
    const levels = new Float32Array(schedule.reads * widthPx);
    for (let read = 0; read < schedule.reads; read++) {
      const from = read * this.#plan.levelStride;
      levels.set(this.#views.levels.subarray(from, from + widthPx), read * widthPx);
    }
    return levels;
  }

  #begin(charge: Float32Array, schedule: ReadSchedule, conditions: ImagingConditions, key: NoiseKey): void {
    this.#checkCharge(charge, schedule);
    const { profile } = this.#plan;
    const { effects, analogGain } = conditions;
    this.#maps.prepare(effects);
    this.#noise = followerNoise(profile.pixel, effects);
    this.#scaleDnPerE = analogGain / gainEPerDn(profile);
    this.#factorTimes = new Float64Array(0);
    const { low, high } = keyOfSeed(key.seed);
    this.#key = { low, high, frame: key.frame };
    this.#exports.setConvertFrame(
      charge.byteOffset,
      low,
      high,
      key.frame,
      schedule.reads,
      this.#scaleDnPerE,
      1 / fullWellE(profile),
      this.#maps.transferBent,
      noiseKind(this.#noise, schedule.reads),
      this.#maps.rampBent,
      this.#maps.rampError,
    );
  }

  #checkCharge(charge: Float32Array, { reads }: ReadSchedule): void {
    const { maxReads, profile, band } = this.#plan;
    if (!(reads >= 1 && reads <= maxReads)) {
      throw new RangeError(
        `converter: found ${reads} reads, expected 1 to ${maxReads}, for which it was planned`,
      );
    }
    const expected = reads * band.rows * profile.array.widthPx;
    if (charge.buffer !== this.#views.codes.buffer || charge.length < expected) {
      throw new RangeError(
        `converter: found ${charge.length} charges, expected at least ${expected} in the memory that it was made with`,
      );
    }
  }

  /** Levels of all rows of a line; more than one are summed up. */
  #levelsOfLine(schedule: ReadSchedule, { binningY }: ReadWindow, area: BandLines, line: number): void {
    const first = area.firstRow + line * area.rowStep;
    for (let row = first; row < first + binningY; row++) {
      this.#levels(schedule, row, area.firstColumn, area.columns);
      if (binningY > 1) this.#exports.sumLevels(area.firstColumn, area.columns, row === first);
    }
  }

  #levels(schedule: ReadSchedule, row: number, firstColumn: number, columns: number): void {
    if (!this.#hasTimes(schedule, row)) this.#setTimes(schedule, row);
    this.#exports.convertLevels(row, firstColumn, columns);
  }

  /** The rows of most schedules have the same times, to the bit. */
  #hasTimes({ reads, sampleS }: ReadSchedule, row: number): boolean {
    const times = this.#factorTimes;
    if (times.length !== reads) return false;
    for (let read = 0, at = row * reads; read < reads; read++, at++) {
      if (sampleS[at] !== times[read]) return false;
    }
    return true;
  }

  #setTimes({ reads, sampleS }: ReadSchedule, row: number): void {
    const times = sampleS.slice(row * reads, (row + 1) * reads);
    this.#factorTimes = times;
    this.#views.sampleS.set(times);
    const factor = followerFactor(this.#noise, times);
    this.#views.noiseFactor.set(factor.map((element) => element * this.#scaleDnPerE));
  }

  #rampNoise({ rampNoise }: EffectsProfile, area: BandLines, line: number, reads: number): void {
    const noise = this.#views.rampDn.subarray(0, reads);
    const sensorRow = this.band.firstRow + area.firstRow + line * area.rowStep;
    if (rampNoise.on) fillRampNoise(noise, rampNoise.rmsDn, sensorRow, this.#key);
    else noise.fill(0);
  }

  #codesOfLine(window: ReadWindow, area: BandLines, firstCode: number, planeCodes: number): void {
    const { binningX, binningY } = window;
    this.#exports.convertCodes(
      this.#views.codes.byteOffset + 2 * firstCode,
      2 * planeCodes,
      area.firstColumn,
      window.width,
      area.columnStep,
      binningX,
      binningY,
      1 / (binningX * binningY),
    );
  }
}

function noiseKind(noise: FollowerNoise, reads: number): number {
  if (!(followerVariance(noise) > 0)) return NOISE_NONE;
  return reads === 1 || noise.processes.length === 0 ? NOISE_DIAGONAL : NOISE_FULL;
}
