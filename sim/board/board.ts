import {
  ACQUISITION_ACTIVE,
  ACQUISITION_FIFO_WAITING,
  STREAM_HID,
} from "../../hw-profiles/interface/registers.ts";
import { STATUS_BUSY, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { eventReport } from "./event-report.ts";
import type { FlashSetup, FlashUnit } from "./flash/flash-unit.ts";
import type { FramePlan, FrameSlot } from "./frame-plan.ts";
import { type FirmwareFile, Microcontroller } from "./microcontroller.ts";
import { RegisterFile } from "./register-file.ts";
import { RegisterPort } from "./register-port.ts";
import type { RegisterTarget } from "./register-target.ts";
import { ReportFifo } from "./report-fifo.ts";
import { openSensor, type Sensor, type SensorOptions } from "./sensor.ts";
import { Session } from "./session.ts";

export interface BoardOptions extends SensorOptions {
  /** The readout logic that runs from power-on, unless `flash` has the state that an earlier run left. */
  readonly firmware: FirmwareFile;
  /** Default: a blank flash that knows no key. */
  readonly flash?: FlashSetup | undefined;
  /** Called for every data report that leaves the board. */
  readonly onReport: (report: Uint8Array) => void;
  /** Called when the board gets another holder: reports that left it and were not taken are void. */
  readonly onSession?: () => void;
}

/** What one frame slot of virtual time brought. */
export type SlotResult = "idle" | "frame" | "dropped" | "failed";

/**
 * The simulated board: wires sensor, frame store, readout logic, registers and the output FIFO, and knows no mode.
 * Virtual time only: it moves by one frame slot for every call of advance(), and settings take effect where a slot starts.
 *
 * Not modelled: the time that the readout logic takes, and the bus.
 */
export class Board implements RegisterTarget {
  readonly sensor: Sensor;
  readonly registers: RegisterPort;
  private readonly fifo: ReportFifo;
  private readonly processor: Microcontroller;
  private readonly session = new Session();
  /** STREAM_*; what it means is the bus's business. */
  streamInterface = STREAM_HID;
  /** The bus counts them here. */
  lostReports = 0;
  private active = false;
  /** Frames still to send; Infinity without a limit. */
  private framesLeft = 0;
  private frame = 0;
  /** Frames whose settings have been taken. */
  private planned = 0;
  private nowCycle = 0n;
  private dropped = 0;
  /** A frame slot is under way. */
  private isBusy = false;
  /** Counts disconnections, and acquisitions that begin before a frame of the last one has ended: that frame is lost. */
  private epoch = 0;

  private readonly onSession: (() => void) | undefined;

  private constructor(processor: Microcontroller, sensor: Sensor, options: BoardOptions) {
    this.processor = processor;
    this.sensor = sensor;
    this.onSession = options.onSession;
    this.fifo = new ReportFifo(options.onReport);
    this.registers = new RegisterPort(
      new RegisterFile(new Map(sensor.bindings(this)), sensor.settings),
      this.session,
    );
  }

  /** @throws FirmwareError, SceneError, RangeError: whatever of the options does not hold. */
  static async open(options: BoardOptions): Promise<Board> {
    const processor = new Microcontroller(options.firmware, options.profile, options.flash);
    return new Board(processor, await openSensor(options), options);
  }

  /** Acquisition runs, the host can take reports, and none waits: the next slot would lose nothing. */
  get ready(): boolean {
    return this.active && this.fifo.waiting === 0 && this.fifo.credits > 0;
  }

  /** The host can take so many more data reports. Credit of anybody but the holder of the session counts nothing. */
  grantCredit(reports: number, session = 0): void {
    this.session.heard(session);
    if (this.session.admits(session)) this.fifo.grant(reports);
  }

  /**
   * Let one frame slot of virtual time pass. If reports still wait for credit at its start, its frame is dropped
   * whole. A readout logic that fails ends the acquisition with an event report. One call at a time.
   */
  async advance(): Promise<SlotResult> {
    if (!this.active) return "idle";
    this.isBusy = true;
    const plan = this.sensor.plan();
    this.planned = this.frame + 1;
    const result = this.fifo.waiting > 0 ? await this.drop(plan) : await this.runFrame(plan);
    this.nowCycle += BigInt(plan.frameCycles);
    this.frame++;
    this.isBusy = false;
    this.restartIfDue();
    this.fifo.drain();
    return result;
  }

  /** The host is gone: its session ends, acquisition stops, credit is void, and what waits for it is lost. */
  disconnect(): void {
    this.beginSession(0);
  }

  beginSession(token: number): void {
    this.session.begin(token);
    this.active = false;
    this.epoch++;
    this.fifo.clear();
    this.streamInterface = STREAM_HID;
    this.onSession?.();
  }

  async close(): Promise<void> {
    this.active = false;
    await this.sensor.close();
  }

  get firmwareVersion(): string {
    return this.processor.firmwareVersion;
  }

  flash(): FlashUnit {
    return this.processor.flash();
  }

  restartReadout(): void {
    this.processor.want();
    if (!this.isBusy) this.restartIfDue();
  }

  readoutConfirmed(): void {
    this.processor.confirmed();
  }

  /** An acquisition that was stopped is active until its last frame is whole. */
  get acquisitionStatus(): number {
    const waiting = this.fifo.waiting > 0 ? ACQUISITION_FIFO_WAITING : 0;
    return (this.active || this.isBusy ? ACQUISITION_ACTIVE : 0) | waiting;
  }

  get sessionToken(): number {
    return this.session.holder;
  }

  get sessionActivity(): number {
    return this.session.activity;
  }

  get isActive(): boolean {
    return this.active;
  }

  get droppedFrames(): number {
    return this.dropped;
  }

  get reportsSent(): number {
    return this.fifo.sent;
  }

  get nextFrame(): number {
    return this.planned;
  }

  startAcquisition(): number {
    if (this.active) return STATUS_BUSY;
    const status = this.processor.configure(this.sensor.plan());
    if (status !== STATUS_OK) return status;
    this.active = true;
    if (this.isBusy) this.epoch++;
    const { frameCount } = this.sensor.settings.present;
    this.framesLeft = frameCount === 0 ? Infinity : frameCount;
    this.dropped = 0;
    this.fifo.resetSent();
    return STATUS_OK;
  }

  /** The frame in progress is completed. */
  stopAcquisition(): void {
    this.active = false;
  }

  private async drop(plan: FramePlan): Promise<SlotResult> {
    this.dropped++;
    if (plan.exposesDropped) await plan.expose(this.slot(plan, 0n));
    return "dropped";
  }

  private async runFrame(plan: FramePlan): Promise<SlotResult> {
    const slot = this.slot(plan, 0n);
    const { epoch } = this;
    const codes = await plan.expose(slot);
    if (epoch !== this.epoch) return "dropped";
    this.framesLeft--;
    if (this.framesLeft <= 0) this.active = false;
    if (this.active) this.prepareNext(plan);
    const start = {
      frame: slot.frame,
      temperatureMk: plan.temperatureMk,
      startCycle: slot.startCycle,
      endCycle: this.nowCycle + BigInt(plan.endCycles),
      dropped: this.dropped,
    };
    const status = this.processor.read(plan, start, codes, (report) => this.fifo.push(report));
    if (status === STATUS_OK) return "frame";
    // A trial that failed costs its frame: the one before it goes on.
    return this.processor.isRestartDue ? "failed" : this.fail(status);
  }

  private prepareNext(present: FramePlan): void {
    const next = this.sensor.plan();
    const slot = this.slot(next, BigInt(present.frameCycles));
    next.prepare({ ...slot, frame: slot.frame + 1 });
  }

  private slot({ startCycles }: FramePlan, cyclesAhead: bigint): FrameSlot {
    return { frame: this.frame, startCycle: this.nowCycle + cyclesAhead + BigInt(startCycles) };
  }

  /** No frame starts while the boot loader decides. */
  private restartIfDue(): void {
    this.nowCycle += BigInt(this.processor.restartIfDue());
  }

  private fail(status: number): SlotResult {
    const { detail } = this.processor;
    const sequence = this.processor.takeSequence();
    this.fifo.push(eventReport({ sequence, frame: this.frame, status, detail }));
    this.active = false;
    return "failed";
  }
}
