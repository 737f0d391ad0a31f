import { readArtefact } from "../pool/artefacts.ts";
import type { ExposingBand } from "../pool/exposing-band.ts";
import type { ImagingJob, ImagingSetup } from "../pool/imaging-job.ts";
import type { ImagingSequencerRegisters } from "../roic/sequencer/imaging-registers.ts";
import type { LightScene } from "../scene/radiance/light-scene.ts";
import { openLightScene } from "../scene/radiance/open-light-scene.ts";
import { BandLight, lightGeometry } from "./band-light.ts";
import { BandCollector } from "./collector.ts";
import { planCollector } from "./collector-places.ts";
import { planConverter } from "./convert-plan.ts";
import { ImagingConverter } from "./converter.ts";
import { ImagingMemory, MemoryPlan } from "./imaging-memory.ts";
import { readSchedule, readWindow } from "./read-schedule.ts";
import type { ImagingConditions, LevelConverter, SensorRows } from "./seams.ts";

/** Bands start on multiples of so many rows: the largest bin, so that no line has rows in two bands. */
export const BIN_ROWS = 4;

interface BandCodes {
  readonly registers: ImagingSequencerRegisters;
  readonly found: ReturnType<LevelConverter["convert"]>;
}

/**
 * A band of sensor rows with everything that makes light into codes: scene, charge, levels. Results depend on the sensor
 * pixel and on what was exposed before, so that any split into bands gives the same bytes.
 */
export class ImagingBand implements ExposingBand<ImagingJob> {
  readonly collector: BandCollector;
  readonly converter: ImagingConverter;
  private readonly setup: ImagingSetup;
  private readonly band: SensorRows;
  private readonly light: BandLight;
  private temperatureMk = Number.NaN;
  private last: BandCodes | undefined;

  private constructor(setup: ImagingSetup, band: SensorRows, scene: LightScene) {
    const { profile } = setup;
    this.setup = setup;
    this.band = band;
    this.light = new BandLight(scene, lightGeometry(profile), band);
    const plan = new MemoryPlan();
    const places = planCollector(plan, profile, band);
    const converterPlan = planConverter(plan, profile, band);
    const memory = ImagingMemory.create(readArtefact("imaging.wasm"), plan);
    this.collector = new BandCollector(profile, band, memory, places);
    this.converter = new ImagingConverter(memory, converterPlan);
  }

  static async open(setup: ImagingSetup, band: SensorRows): Promise<ImagingBand> {
    const options = { traceWasm: readArtefact("trace.wasm") };
    const scene = await openLightScene(setup.scene, lightGeometry(setup.profile), options);
    return new ImagingBand(setup, band, scene);
  }

  /** Bring light and conditions of the job to the collector, without exposing. */
  illuminate(job: ImagingJob): ImagingConditions {
    const { effects } = this.setup.profile;
    const conditions = { temperatureK: job.temperatureMk / 1000, analogGain: job.analogGain, effects };
    const isNew = this.light.fill(job.startNs, job.lightFactor, this.collector.photonsPerS);
    if (isNew || job.temperatureMk !== this.temperatureMk) this.collector.setLight(conditions);
    this.temperatureMk = job.temperatureMk;
    return conditions;
  }

  /** Codes of all reads, kept until the next exposure. */
  expose(job: ImagingJob): void {
    const { profile, seed } = this.setup;
    const { registers } = job;
    const conditions = this.illuminate(job);
    const schedule = readSchedule(profile, registers, this.band, job.sinceLastCycles);
    const key = { seed, frame: job.frame };
    const { charge } = this.collector;
    this.collector.collect(schedule, key);
    const found = this.converter.convert(charge, schedule, readWindow(registers), conditions, key);
    this.last = { registers, found };
  }

  /** To planes of the whole frame, u16 [read][line][column] from the start of `planes` on. */
  copyCodes(planes: Uint16Array): void {
    if (this.last === undefined) return;
    const { registers, found } = this.last;
    const { height, reads, width } = registers;
    const bandCodes = found.lines * width;
    for (let read = 0; read < reads; read++) {
      const from = read * bandCodes;
      planes.set(found.codes.subarray(from, from + bandCodes), (read * height + found.firstLine) * width);
    }
  }
}
