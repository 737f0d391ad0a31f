import { ACQUISITION_ACTIVE, ACQUISITION_FIFO_WAITING } from "../../hw-profiles/interface/registers.ts";
import { STATUS_BUSY, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import type { ExposureJob } from "../pool/exposure-job.ts";
import { createFrameStore, type FrameStore } from "../pool/frame-store.ts";
import { openExposer } from "../pool/open-exposer.ts";
import { cyclesToNs, frameTiming } from "../roic/frame-timing.ts";
import { eventReport } from "./event-report.ts";
import { ExposurePipeline } from "./exposure-pipeline.ts";
import { FrameLog } from "./frame-log.ts";
import { ReadoutUnit } from "./readout-unit.ts";
import { registerBindings } from "./register-bindings.ts";
import { RegisterFile } from "./register-file.ts";
import { RegisterPort } from "./register-port.ts";
import type { RegisterTarget } from "./register-target.ts";
import { ReportFifo } from "./report-fifo.ts";
import { type BoardSettings, initialSettings } from "./settings.ts";

export interface BoardOptions {
  readonly profile: LidarProfile;
  /** As sim/scene/open-scene.ts names it. */
  readonly scene: string;
  /** Seed of the temporal noise, u64. */
  readonly seed: bigint;
  /** Worker threads; 0 = everything in this one. Does not change any byte. */
  readonly threads: number;
  readonly raysPerSide: number;
  /** The readout logic, and what to call it in messages. */
  readonly firmware: { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string };
  /** Called for every data report that leaves the board. */
  readonly onReport: (report: Uint8Array) => void;
}

/** What one frame slot of virtual time brought. */
export type SlotResult = "idle" | "frame" | "dropped" | "failed";

/**
 * The simulated board: wires sensor, frame store, readout logic, registers and the output FIFO. Virtual time only:
 * it moves by one frame slot for every call of advance(), and settings take effect where a slot starts.
 *
 * Not modelled: the time that the readout logic takes, and the bus.
 */
export class Board implements RegisterTarget {
  readonly profile: LidarProfile;
  readonly registers: RegisterPort;
  readonly frames = new FrameLog();
  private readonly fifo: ReportFifo;
  private readonly readout: ReadoutUnit;
  private readonly store: FrameStore;
  private readonly pipeline: ExposurePipeline;
  private present: BoardSettings;
  private active = false;
  /** Frames still to send; Infinity without a limit. */
  private framesLeft = 0;
  private frame = 0;
  private nowCycle = 0n;
  private dropped = 0;

  private constructor(
    options: BoardOptions,
    readout: ReadoutUnit,
    store: FrameStore,
    pipeline: ExposurePipeline,
  ) {
    this.profile = options.profile;
    this.present = initialSettings(options.profile);
    this.readout = readout;
    this.store = store;
    this.pipeline = pipeline;
    this.fifo = new ReportFifo(options.onReport);
    this.registers = new RegisterPort(new RegisterFile(registerBindings(this)));
  }

  /** @throws FirmwareError, SceneError, RangeError: whatever of the options does not hold. */
  static async open(options: BoardOptions): Promise<Board> {
    const { profile, scene, seed, raysPerSide, firmware } = options;
    const readout = new ReadoutUnit(profile, firmware.bytes, firmware.name);
    const store = createFrameStore(profile);
    const exposer = await openExposer({ profile, scene, seed, raysPerSide }, store, options.threads);
    return new Board(options, readout, store, new ExposurePipeline(exposer));
  }

  /** Acquisition runs, the host can take reports, and none waits: the next slot would lose nothing. */
  get ready(): boolean {
    return this.active && this.fifo.waiting === 0 && this.fifo.credits > 0;
  }

  /** The host can take so many more data reports. */
  grantCredit(reports: number): void {
    this.fifo.grant(reports);
  }

  /**
   * Let one frame slot of virtual time pass. If reports still wait for credit at its start, its frame is dropped
   * whole. A readout logic that fails ends the acquisition with an event report. One call at a time.
   */
  async advance(): Promise<SlotResult> {
    if (!this.active) return "idle";
    const settings = this.present;
    const { frameCycles } = frameTiming(this.profile, settings.pulsesPerGate);
    const result = this.fifo.waiting > 0 ? this.drop() : await this.runFrame(settings, frameCycles);
    this.nowCycle += BigInt(frameCycles);
    this.frame++;
    this.fifo.drain();
    return result;
  }

  async close(): Promise<void> {
    this.active = false;
    await this.pipeline.close();
  }

  get settings(): BoardSettings {
    return this.present;
  }

  get firmwareVersion(): string {
    return this.readout.firmwareVersion;
  }

  get acquisitionStatus(): number {
    const waiting = this.fifo.waiting > 0 ? ACQUISITION_FIFO_WAITING : 0;
    return (this.active ? ACQUISITION_ACTIVE : 0) | waiting;
  }

  get droppedFrames(): number {
    return this.dropped;
  }

  get reportsSent(): number {
    return this.fifo.sent;
  }

  change(settings: Partial<BoardSettings>): void {
    this.present = { ...this.present, ...settings };
  }

  startAcquisition(): number {
    if (this.active) return STATUS_BUSY;
    const status = this.readout.configure(this.present);
    if (status !== STATUS_OK) return status;
    this.active = true;
    this.framesLeft = this.present.frameCount === 0 ? Infinity : this.present.frameCount;
    this.dropped = 0;
    this.fifo.resetSent();
    return STATUS_OK;
  }

  /** The frame in progress is completed. */
  stopAcquisition(): void {
    this.active = false;
  }

  private drop(): SlotResult {
    this.dropped++;
    return "dropped";
  }

  private async runFrame(settings: BoardSettings, frameCycles: number): Promise<SlotResult> {
    const job = this.job(0, 0, settings);
    const slot = await this.pipeline.take(job);
    this.framesLeft--;
    if (this.framesLeft <= 0) this.active = false;
    if (this.active) this.pipeline.prepare(this.job(1, frameCycles, this.present));
    this.frames.add(job);
    const start = {
      frame: this.frame,
      temperatureMk: settings.temperatureMk,
      startCycle: this.nowCycle,
      endCycle: this.nowCycle + BigInt(frameCycles),
      dropped: this.dropped,
    };
    let status = this.readout.configure(settings);
    if (status === STATUS_OK) {
      status = this.readout.read(start, this.store.slots[slot]!, (report) => this.fifo.push(report));
    }
    return status === STATUS_OK ? "frame" : this.fail(status);
  }

  private job(framesAhead: number, cyclesAhead: number, settings: BoardSettings): ExposureJob {
    const startCycle = Number(this.nowCycle) + cyclesAhead;
    return {
      frame: this.frame + framesAhead,
      startNs: cyclesToNs(startCycle, this.profile.adc.clockHz),
      settings: {
        pulsesPerGate: settings.pulsesPerGate,
        ambientSun: settings.ambientSun,
        temperatureMk: settings.temperatureMk,
      },
    };
  }

  private fail(status: number): SlotResult {
    const { firmware } = this.readout;
    this.fifo.push(
      eventReport({ sequence: firmware.sequence, frame: this.frame, status, detail: firmware.detail }),
    );
    firmware.sequence = (firmware.sequence + 1) >>> 0;
    this.active = false;
    return "failed";
  }
}
