// What the charge kernel needs to know of a row's reads, as the tables that sim/kernels/imaging/collect-settings.ts names.

import type { EffectsProfile } from "../../hw-profiles/sensor-profile.ts";
import type { BiasDependence } from "../detector/bias-dependence.ts";
import { flickerCovariance, lowerFactor } from "../detector/flicker.ts";
import { lagStep } from "../detector/lag.ts";

/** When a row integrates: ends of the intervals and light in them, s, cumulative (ReadSchedule). */
export interface RowTimes {
  readonly sampleS: Float64Array;
  readonly lightS: Float64Array;
}

/** What the tables depend on besides the times. */
export interface ChargeModel {
  readonly effects: EffectsProfile;
  readonly fullWellE: number;
  readonly bias: BiasDependence;
}

export interface RowTables {
  /** f32 [read][4]: seconds of light, seconds of dark current, and x = b dt for 1 e-/s of either. */
  readonly reads: Float32Array;
  /** Lower triangle, row by row: electrons for a dark rate of 1 e-/s. Empty without flicker. */
  readonly flicker: Float32Array;
  /** f32 [read][species][species + 2], see lagStep. Empty without lag. */
  readonly lag: Float32Array;
}

export const READ_TABLE_FLOATS = 4;

/** Standard deviation of normalFromWord over the words 0x10000 n + 0x8000, which the kernel uses where 16 bits do. */
export const COARSE_NORMAL_SIGMA = 0.9999898605026841;

/** Floats of the three tables at most. */
export function tableLengths(reads: number, species: number) {
  return {
    reads: reads * READ_TABLE_FLOATS,
    flicker: (reads * (reads + 1)) / 2,
    lag: reads * species * (species + 2),
  };
}

/** @param times of one row. */
export function rowTables(times: RowTimes, model: ChargeModel): RowTables {
  const { flicker, lag } = model.effects;
  return {
    reads: readTable(times, model),
    flicker: flicker.on ? flickerTable(times, flicker) : new Float32Array(0),
    lag: lag.on ? lagTable(times, lag) : new Float32Array(0),
  };
}

function intervals(ends: Float64Array): Float64Array {
  return ends.map((end, read) => end - (read > 0 ? ends[read - 1]! : 0));
}

function readTable({ sampleS, lightS }: RowTimes, { bias, fullWellE }: ChargeModel): Float32Array {
  const dark = intervals(sampleS);
  const light = intervals(lightS);
  return Float32Array.from({ length: dark.length * READ_TABLE_FLOATS }, (_, at) => {
    const read = Math.floor(at / READ_TABLE_FLOATS);
    const entry = [light[read]!, dark[read]!];
    entry.push((light[read]! * bias.eqeFall) / fullWellE, (dark[read]! * bias.darkFall) / fullWellE);
    return entry[at % READ_TABLE_FLOATS]!;
  });
}

function flickerTable({ sampleS }: RowTimes, flicker: EffectsProfile["flicker"]): Float32Array {
  const scale = Math.sqrt(2 * flicker.cornerHz) / COARSE_NORMAL_SIGMA;
  const factor = lowerFactor(flickerCovariance(sampleS, flicker.minHz), sampleS.length);
  return Float32Array.from(factor, (value) => scale * value);
}

function lagTable({ sampleS }: RowTimes, lag: EffectsProfile["lag"]): Float32Array {
  return Float32Array.from([...intervals(sampleS)].flatMap((timeS) => lagStep(lag.traps, timeS)));
}

/** Tables of a band's rows, kept while times and model stay: rows with equal times share theirs. */
export class RowTableCache {
  readonly #model: ChargeModel;
  readonly #rows: ({ readonly times: RowTimes; readonly tables: RowTables } | undefined)[] = [];

  constructor(model: ChargeModel) {
    this.#model = model;
  }

  of(row: number, times: RowTimes): RowTables {
    for (const known of [this.#rows[row], this.#rows[row - 1]]) {
      if (known === undefined || !sameTimes(known.times, times)) continue;
      this.#rows[row] = known;
      return known.tables;
    }
    const copy = { sampleS: times.sampleS.slice(), lightS: times.lightS.slice() };
    const tables = rowTables(copy, this.#model);
    this.#rows[row] = { times: copy, tables };
    return tables;
  }
}

function sameTimes(a: RowTimes, b: RowTimes): boolean {
  return sameNumbers(a.sampleS, b.sampleS) && sameNumbers(a.lightS, b.lightS);
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
