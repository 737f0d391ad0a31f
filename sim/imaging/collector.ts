import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { lagDecay } from "../detector/lag.ts";
import { keyOfSeed } from "../random/philox.ts";
import { type ChargeModel, COARSE_NORMAL_SIGMA, RowTableCache, type RowTables } from "./charge-tables.ts";
import { type CollectExports, collectExports } from "./collect-exports.ts";
import type { CollectorPlaces } from "./collector-places.ts";
import {
  chargeModel,
  conditionsResetNoiseE,
  darkRateEPerS,
  electronsPerPhoton,
  PatternCache,
} from "./device-rates.ts";
import type { ImagingMemory } from "./imaging-memory.ts";
import type { ChargeCollector, ImagingConditions, NoiseKey, ReadSchedule, SensorRows } from "./seams.ts";
import { TrapHistory } from "./trap-history.ts";

/** Pixels whose random words are drawn together (sim/kernels/imaging/collect-words.ts). */
const BLOCK_PIXELS = 16;

/** Charge collection of a band of sensor rows by build/imaging.wasm. */
export class BandCollector implements ChargeCollector {
  readonly band: SensorRows;
  readonly photonsPerS: Float32Array;
  /** [read][row of the band][column], up to the largest number of reads; collect() fills the schedule's. */
  readonly charge: Float32Array;
  readonly #profile: ImagingProfile;
  readonly #memory: ImagingMemory;
  readonly #places: CollectorPlaces;
  readonly #exports: CollectExports;
  readonly #patterns: PatternCache;
  #key = "";
  #model: ChargeModel | undefined;
  #tables: RowTableCache | undefined;
  #traps = new TrapHistory();

  /**
   * @param memory made from the plan that `places` were taken from (planCollector, with the same profile and band).
   * @throws TypeError if the memory's module is not the imaging kernels.
   */
  constructor(profile: ImagingProfile, band: SensorRows, memory: ImagingMemory, places: CollectorPlaces) {
    this.#profile = profile;
    this.band = band;
    this.#memory = memory;
    this.#places = places;
    this.#exports = collectExports(memory.kernels);
    this.#patterns = new PatternCache(profile, band);
    this.photonsPerS = memory.floats(places.photonsPerS);
    this.charge = memory.floats(places.charge);
    this.#placeBuffers();
  }

  #placeBuffers(): void {
    const places = this.#places;
    const reciprocals = this.#memory.doubles(places.reciprocals);
    for (let n = 1; n < reciprocals.length; n++) reciprocals[n] = 1 / n;
    this.#exports.setCollectBuffers(
      this.#pixels,
      this.#profile.array.widthPx,
      places.lightRateEPerS.address,
      places.darkRateEPerS.address,
      places.charge.address,
      places.normalTable.address,
      places.reciprocals.address,
    );
    this.#exports.setCollectTables(
      places.readTable.address,
      places.flickerTable.address,
      places.lagTable.address,
      places.lagStart.address,
      places.words.address,
      places.work.address,
      places.trapVectors.address,
    );
  }

  get #pixels(): number {
    return this.band.rows * this.#profile.array.widthPx;
  }

  setLight(conditions: ImagingConditions): void {
    const key = JSON.stringify([conditions.temperatureK, conditions.effects]);
    if (key !== this.#key) this.#setConditions(conditions);
    this.#key = key;
    const { crosstalk } = conditions.effects;
    const { photonsPerS, responseEPerPhoton } = this.#places;
    const share = crosstalk.on ? crosstalk.share : 0;
    this.#exports.collectLight(photonsPerS.address, responseEPerPhoton.address, share);
  }

  #setConditions(conditions: ImagingConditions): void {
    const { effects } = conditions;
    this.#checkTraps(effects.lag.traps.length);
    this.#fillRates(conditions);
    const model = chargeModel(this.#profile, conditions);
    const kneeE = effects.softSaturation.kneeShare * model.fullWellE;
    this.#exports.setCollectEffects(
      effects.shotNoise.on,
      effects.biasDependence.on,
      effects.flicker.on && effects.darkCurrent.on,
      effects.lag.on ? effects.lag.traps.length : 0,
      effects.softSaturation.on ? kneeE : 0,
      model.fullWellE - kneeE,
      conditionsResetNoiseE(this.#profile, conditions) / COARSE_NORMAL_SIGMA,
    );
    this.#model = model;
    this.#tables = new RowTableCache(model);
    if (!effects.lag.on) this.#traps = new TrapHistory();
  }

  #fillRates(conditions: ImagingConditions): void {
    const patterns = this.#patterns.of(conditions.effects);
    const electrons = electronsPerPhoton(this.#profile);
    const dark = darkRateEPerS(this.#profile, conditions);
    const response = this.#memory.floats(this.#places.responseEPerPhoton);
    const rates = this.#memory.floats(this.#places.darkRateEPerS);
    for (let pixel = 0; pixel < response.length; pixel++) {
      response[pixel] = electrons * patterns.response[pixel]!;
      rates[pixel] = dark * patterns.dark[pixel]!;
    }
  }

  collect(schedule: ReadSchedule, key: NoiseKey): void {
    const { reads } = schedule;
    this.#checkSchedule(schedule);
    const { low, high } = keyOfSeed(key.seed);
    this.#exports.setCollectFrame(reads, low, high, key.frame);
    const idleS = this.#startTraps(schedule, key.frame);
    const { widthPx } = this.#profile.array;
    const blocksPerRow = Math.ceil(widthPx / BLOCK_PIXELS);
    let loaded: RowTables | undefined;
    let idle: number | undefined = Number.NaN;
    for (let row = 0; row < this.band.rows; row++) {
      const tables = this.#tablesOf(row, schedule);
      if (tables !== loaded) this.#load(tables);
      loaded = tables;
      if (idleS?.[row] !== idle) this.#setLagStart(idleS?.[row]);
      idle = idleS?.[row];
      this.#exports.collectRow(row * widthPx, (this.band.firstRow + row) * blocksPerRow);
    }
  }

  #startTraps(schedule: ReadSchedule, frame: number): Float64Array | undefined {
    if (!this.#model?.effects.lag.on) return undefined;
    const { reads, sampleS } = schedule;
    const lastReadS = new Float64Array(this.band.rows);
    for (let row = 0, at = reads - 1; row < lastReadS.length; row++, at += reads)
      lastReadS[row] = sampleS[at]!;
    const { from, idleS } = this.#traps.start(frame, schedule.framePeriodS, lastReadS);
    const { traps } = this.#places;
    this.#exports.setCollectTraps(traps[from].address, traps[from === 0 ? 1 : 0].address);
    return idleS;
  }

  #setLagStart(idleS: number | undefined): void {
    const { lag } = this.#model!.effects;
    if (!lag.on) return;
    const shares = idleS === undefined ? lag.traps.map(() => 0) : lagDecay(lag.traps, idleS);
    this.#memory.floats(this.#places.lagStart).set(shares);
  }

  #tablesOf(row: number, { reads, sampleS, lightS }: ReadSchedule): RowTables {
    const from = row * reads;
    return this.#tables!.of(row, {
      sampleS: sampleS.subarray(from, from + reads),
      lightS: lightS.subarray(from, from + reads),
    });
  }

  #load(tables: RowTables): void {
    const { readTable, flickerTable, lagTable } = this.#places;
    this.#memory.floats(readTable).set(tables.reads);
    this.#memory.floats(flickerTable).set(tables.flicker);
    this.#memory.floats(lagTable).set(tables.lag);
  }

  #checkTraps(species: number): void {
    if (species <= this.#places.maxSpecies) return;
    throw new RangeError(
      `${species} trap species; this collector was planned for ${this.#places.maxSpecies}, as its profile has`,
    );
  }

  #checkSchedule({ reads, sampleS, lightS }: ReadSchedule): void {
    if (this.#model === undefined) {
      throw new Error("collect was called before setLight: set the conditions first");
    }
    const { maxReads } = this.#places;
    if (!(Number.isInteger(reads) && reads >= 1 && reads <= maxReads)) {
      throw new RangeError(`${reads} reads; expected 1..${maxReads}`);
    }
    const expected = reads * this.band.rows;
    if (sampleS.length === expected && lightS.length === expected) return;
    throw new RangeError(
      `read times of ${sampleS.length} samples and ${lightS.length} of light; expected ${expected}: ${this.band.rows} rows x ${reads} reads`,
    );
  }
}
