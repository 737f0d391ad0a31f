/**
 * Slow reference of charge collection: a ChargeCollector in plain TypeScript, one pixel at a time, f32 by Math.fround. It
 * shares with the product what is worked out once (patterns, rates, tables of the reads), which has tests of its own.
 */
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { lagDecay } from "../../../sim/detector/lag.ts";
import { COARSE_NORMAL_SIGMA, type RowTables, rowTables } from "../../../sim/imaging/charge-tables.ts";
import {
  chargeModel,
  conditionsResetNoiseE,
  darkRateEPerS,
  electronsPerPhoton,
} from "../../../sim/imaging/device-rates.ts";
import type {
  ChargeCollector,
  ImagingConditions,
  NoiseKey,
  ReadSchedule,
  SensorRows,
} from "../../../sim/imaging/seams.ts";
import { chargePatterns } from "../../../sim/pixel/charge-patterns.ts";
import { normalFromWord } from "../../../sim/random/normal.ts";
import { keyOfSeed, philox4x32 } from "../../../sim/random/philox.ts";
import { STREAM_CHARGE } from "../../../sim/random/streams.ts";
import { generateReference } from "./collect-shot-reference.ts";

const f = Math.fround;

interface TrapRecord {
  readonly traps: Float32Array;
  readonly schedule: ReadSchedule;
  readonly frame: number;
}

export class CollectorReference implements ChargeCollector {
  readonly band: SensorRows;
  readonly photonsPerS: Float32Array;
  readonly charge: Float32Array;
  /** f32 [species][pixel] after the frame collected last. */
  traps: Float32Array;
  readonly #profile: ImagingProfile;
  readonly #lightRates: Float32Array;
  readonly #darkRates: Float32Array;
  #conditions: ImagingConditions | undefined;
  #before: TrapRecord | undefined;

  constructor(profile: ImagingProfile, band: SensorRows, maxReads: number) {
    const pixels = profile.array.widthPx * band.rows;
    this.#profile = profile;
    this.band = band;
    this.photonsPerS = new Float32Array(pixels + 2 * profile.array.widthPx);
    this.charge = new Float32Array(pixels * maxReads);
    this.traps = new Float32Array(pixels * profile.effects.lag.traps.length);
    this.#lightRates = new Float32Array(pixels);
    this.#darkRates = new Float32Array(pixels);
  }

  setLight(conditions: ImagingConditions): void {
    this.#conditions = conditions;
    const patterns = chargePatterns(this.#profile, conditions.effects, this.band);
    const electrons = electronsPerPhoton(this.#profile);
    const dark = darkRateEPerS(this.#profile, conditions);
    for (let pixel = 0; pixel < this.#lightRates.length; pixel++) {
      const response = f(electrons * patterns.response[pixel]!);
      this.#lightRates[pixel] = this.#mixed(pixel, conditions) * response;
      this.#darkRates[pixel] = dark * patterns.dark[pixel]!;
    }
  }

  #mixed(pixel: number, { effects }: ImagingConditions): number {
    const { widthPx } = this.#profile.array;
    const share = effects.crosstalk.on ? f(effects.crosstalk.share) : 0;
    const at = pixel + widthPx;
    const column = pixel % widthPx;
    const light = this.photonsPerS;
    if (share === 0) return light[at]!;
    const vertical = f(light[at - widthPx]! + light[at + widthPx]!);
    const horizontal = f(light[column > 0 ? at - 1 : at]! + light[column < widthPx - 1 ? at + 1 : at]!);
    return f(f(light[at]! * f(1 - share)) + f(f(vertical + horizontal) * f(share * 0.25)));
  }

  /** Frames must come in order: unlike the product, this one keeps no state to go back to. */
  collect(schedule: ReadSchedule, key: NoiseKey): void {
    const conditions = this.#conditions!;
    const model = chargeModel(this.#profile, conditions);
    const { reads } = schedule;
    const { widthPx } = this.#profile.array;
    for (let row = 0; row < this.band.rows; row++) {
      const [from, to] = [row * reads, (row + 1) * reads];
      const times = {
        sampleS: schedule.sampleS.slice(from, to),
        lightS: schedule.lightS.slice(from, to),
      };
      const tables = rowTables(times, model);
      const shares = Float32Array.from(this.#trapShares(schedule, key.frame, row));
      for (let column = 0; column < widthPx; column++) {
        this.#collectPixel(row, column, reads, tables, shares, key);
      }
    }
    this.#before = { traps: this.traps, schedule, frame: key.frame };
    this.traps = this.traps.slice();
  }

  #trapShares(schedule: ReadSchedule, frame: number, row: number): number[] {
    const { traps } = this.#conditions!.effects.lag;
    const before = this.#before;
    if (before === undefined || schedule.framePeriodS === 0) return traps.map(() => 0);
    const { reads, sampleS } = before.schedule;
    const elapsedS = schedule.framePeriodS * (frame - before.frame);
    return lagDecay(traps, elapsedS - sampleS[(row + 1) * reads - 1]!);
  }

  #collectPixel(
    row: number,
    column: number,
    reads: number,
    tables: RowTables,
    shares: Float32Array,
    key: NoiseKey,
  ): void {
    const conditions = this.#conditions!;
    const { effects } = conditions;
    const { widthPx } = this.#profile.array;
    const pixel = row * widthPx + column;
    const rates = { light: this.#lightRates[pixel]!, dark: this.#darkRates[pixel]! };
    const words = (read: number) => this.#words(row, column, read, key);
    const resetSigma = f(conditionsResetNoiseE(this.#profile, conditions) / COARSE_NORMAL_SIGMA);
    const resetE = f(normalFromWord(((words(0)[1] << 16) | 0x8000) >>> 0) * resetSigma);
    const switches = {
      shotNoise: effects.shotNoise.on,
      biasDependence: effects.biasDependence.on,
    };
    const hasFlicker = effects.flicker.on && effects.darkCurrent.on;
    const traps = this.#startTraps(pixel, shares);
    const normals: number[] = [];
    let q = 0;
    for (let read = 0; read < reads; read++) {
      const [shotWord, otherWord] = words(read);
      const times = tables.reads.subarray(read * 4, read * 4 + 4);
      let generated = generateReference(rates, q, times, shotWord, switches);
      normals.push(normalFromWord(((otherWord & 0xffff0000) | 0x8000) >>> 0));
      if (hasFlicker) generated = f(generated + flicker(rates.dark, normals, tables.flicker));
      q = effects.lag.on ? lag(q, generated, traps, read, tables.lag) : f(q + generated);
      const kept = this.#softKnee(q);
      this.charge[read * this.#lightRates.length + pixel] = resetSigma > 0 ? kept + resetE : kept;
    }
    if (effects.lag.on) this.#storeTraps(pixel, traps);
  }

  #words(row: number, column: number, read: number, key: NoiseKey): [number, number] {
    const blocks = Math.ceil(this.#profile.array.widthPx / 16);
    const block = (this.band.firstRow + row) * blocks + Math.floor(column / 16);
    const { low, high } = keyOfSeed(key.seed);
    const counter = [(8 * block + (column % 8)) >>> 0, read, key.frame, STREAM_CHARGE] as const;
    const four = philox4x32(counter, low, high);
    return column % 16 < 8 ? [four[0], four[1]] : [four[2], four[3]];
  }

  #startTraps(pixel: number, shares: Float32Array): Float32Array {
    const pixels = this.#lightRates.length;
    return shares.map((share, k) => this.traps[k * pixels + pixel]! * share);
  }

  #storeTraps(pixel: number, traps: Float32Array): void {
    traps.forEach((charge, k) => {
      this.traps[k * this.#lightRates.length + pixel] = charge;
    });
  }

  #softKnee(q: number): number {
    const model = chargeModel(this.#profile, this.#conditions!);
    const { on, kneeShare } = model.effects.softSaturation;
    const knee = f(kneeShare * model.fullWellE);
    if (!on || !(q > knee)) return q;
    const headroom = f(model.fullWellE - kneeShare * model.fullWellE);
    const excess = f(q - knee);
    return f(knee + f(f(excess * headroom) / f(headroom + excess)));
  }
}

function flicker(dark: number, normals: readonly number[], factor: Float32Array): number {
  const read = normals.length - 1;
  const from = (read * (read + 1)) / 2;
  const sum = normals.reduce((total, z, j) => f(total + f(factor[from + j]! * z)), 0);
  return f(f(Math.sqrt(dark)) * sum);
}

/** Moves `traps` on; returns the charge on the node. */
function lag(q: number, generated: number, traps: Float32Array, read: number, table: Float32Array): number {
  const width = traps.length + 2;
  const before = traps.slice();
  let node = f(q + generated);
  before.forEach((charge, k) => {
    const row = table.subarray((read * traps.length + k) * width, (read * traps.length + k + 1) * width);
    let occupied = f(f(row[0]! * q) + f(row[1]! * generated));
    before.forEach((other, j) => {
      occupied = f(occupied + f(row[2 + j]! * other));
    });
    traps[k] = occupied;
    node = f(node + f(charge - occupied));
  });
  return node;
}
