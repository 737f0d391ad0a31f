import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { createFrameStore, type FrameStore } from "../../pool/frame-store.ts";
import { imagingBands } from "../../pool/imaging-bands.ts";
import type { ImagingJob, ImagingSetup } from "../../pool/imaging-job.ts";
import { openExposer } from "../../pool/open-exposer.ts";
import { cyclesToNs } from "../../roic/frame-timing.ts";
import { frameStartCycle } from "../../roic/imaging-timing.ts";
import { commonBindings } from "../common-bindings.ts";
import { ExposurePipeline } from "../exposure-pipeline.ts";
import { FrameLog } from "../frame-log.ts";
import type { FramePlan, FrameSlot } from "../frame-plan.ts";
import { reportsOf } from "../max-reports.ts";
import type { Binding } from "../register-binding.ts";
import type { RegisterTarget } from "../register-target.ts";
import { SettingsStore } from "../settings.ts";
import { imagingBindings } from "./imaging-bindings.ts";
import { ImagingCalibration } from "./imaging-calibration.ts";
import { imagingParameters } from "./imaging-parameters.ts";
import { type ImagingProgram, imagingProgram } from "./imaging-program.ts";
import { refusalOf } from "./imaging-refusals.ts";
import { type ImagingSettings, initialImagingSettings } from "./imaging-settings.ts";

export interface ImagingSensorOptions extends ImagingSetup {
  readonly threads: number;
}

/** The board's part of imaging mode: settings, planes of reads, calibration. */
export class ImagingSensor {
  readonly mode = "imaging";
  readonly profile: ImagingProfile;
  readonly settings: SettingsStore<ImagingSettings>;
  readonly frames = new FrameLog<ImagingJob>();
  private readonly pipeline: ExposurePipeline<ImagingJob>;
  private readonly store: FrameStore;
  private readonly calibration: ImagingCalibration;
  /** Start of the exposure before; undefined = none yet. */
  private lastStart: bigint | undefined;

  private constructor(profile: ImagingProfile, store: FrameStore, pipeline: ExposurePipeline<ImagingJob>) {
    this.profile = profile;
    this.settings = new SettingsStore(initialImagingSettings(profile));
    this.store = store;
    this.pipeline = pipeline;
    this.calibration = new ImagingCalibration(profile);
  }

  /** @throws RangeError also for a profile that starts with settings which its own chip cannot run. */
  static async open(options: ImagingSensorOptions): Promise<ImagingSensor> {
    const { profile, scene, seed, threads } = options;
    const refusal = refusalOf(profile, initialImagingSettings(profile));
    if (refusal !== undefined) throw new RangeError(`profile ${profile.name}, exposure: ${refusal}`);
    const store = createFrameStore(frameCodes(profile));
    const exposer = await openExposer(imagingBands({ profile, scene, seed }), store, threads);
    return new ImagingSensor(profile, store, new ExposurePipeline(exposer));
  }

  plan(): FramePlan {
    const { profile } = this;
    const settings = this.settings.ofNextFrame;
    const program = imagingProgram(profile, settings);
    const { registers, timing } = program;
    const startCycles = frameStartCycle(timing, 0);
    const pixels = registers.width * registers.height;
    return {
      frameCycles: timing.frameCycles,
      startCycles,
      endCycles: startCycles + timing.activeCycles,
      temperatureMk: settings.temperatureMk,
      widthPx: registers.width,
      lines: registers.height,
      planes: registers.reads,
      parameters: imagingParameters(profile, settings, program),
      maxReports: reportsOf(pixels, bytesPerPixel(registers.reads), registers.reads * registers.height),
      exposesDropped: profile.effects.lag.on,
      maps: () => this.calibration.maps(settings, program),
      expose: (slot) => this.expose(settings, program, slot),
      prepare: (slot) => this.pipeline.prepare(this.job(settings, program, slot)),
    };
  }

  bindings(target: RegisterTarget): Binding[] {
    return [
      ...commonBindings(this.profile, target, this.settings, () => this.settings.present),
      ...imagingBindings(this.profile, target, this.settings),
    ];
  }

  async close(): Promise<void> {
    await this.pipeline.close();
  }

  private async expose(
    settings: ImagingSettings,
    program: ImagingProgram,
    slot: FrameSlot,
  ): Promise<Uint16Array> {
    const job = this.job(settings, program, slot);
    const filled = await this.pipeline.take(job);
    this.lastStart = slot.startCycle;
    this.frames.add(job);
    const { height, reads, width } = program.registers;
    return this.store.slots[filled]!.subarray(0, reads * height * width);
  }

  private job(
    { analogGain, lightFactor, temperatureMk }: ImagingSettings,
    { registers }: ImagingProgram,
    { frame, startCycle }: FrameSlot,
  ): ImagingJob {
    return {
      frame,
      startNs: cyclesToNs(Number(startCycle), this.profile.adc.clockHz),
      sinceLastCycles: this.lastStart === undefined ? 0 : Number(startCycle - this.lastStart),
      registers,
      temperatureMk,
      analogGain,
      lightFactor,
    };
  }
}

/** True CDS has two reads whatever a ramp may have. */
function frameCodes({ array, roic }: ImagingProfile): number {
  return Math.max(2, roic.maxReads) * array.heightPx * array.widthPx;
}

/** Intensity, sigma, flags and raw samples in 16 bits. */
function bytesPerPixel(reads: number): number {
  return (2 + reads) * Uint16Array.BYTES_PER_ELEMENT + 1;
}
