import {
  ACQUISITION_ACTIVE,
  ACQUISITION_FIFO_WAITING,
  STREAM_HID,
} from "../../hw-profiles/interface/registers.ts";
import { STATUS_BUSY, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { eventReport } from "./event-report.ts";
import type { FramePlan, FrameSlot } from "./frame-plan.ts";
import { ReadoutUnit } from "./readout-unit.ts";
import { RegisterFile } from "./register-file.ts";
import { RegisterPort } from "./register-port.ts";
import type { RegisterTarget } from "./register-target.ts";
import { ReportFifo } from "./report-fifo.ts";
import { openSensor, type Sensor, type SensorOptions } from "./sensor.ts";
import { Session } from "./session.ts";

export interface BoardOptions extends SensorOptions {
  /** The readout logic, and what to call it in messages. */
  readonly firmware: { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string };
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
  private readonly readout: ReadoutUnit;
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
  /** Counts disconnections: a frame that one interrupts is lost. */
  private epoch = 0;

  private readonly onSession: (() => void) | undefined;

  private constructor(readout: ReadoutUnit, sensor: Sensor, options: BoardOptions) {
    this.readout = readout;
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
    const readout = new ReadoutUnit(options.firmware.bytes, options.firmware.name);
    return new Board(readout, await openSensor(options), options);
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
    const plan = this.sensor.plan();
    this.planned = this.frame + 1;
    const result = this.fifo.waiting > 0 ? await this.drop(plan) : await this.runFrame(plan);
    this.nowCycle += BigInt(plan.frameCycles);
    this.frame++;
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
    return this.readout.firmwareVersion;
  }

  get acquisitionStatus(): number {
    const waiting = this.fifo.waiting > 0 ? ACQUISITION_FIFO_WAITING : 0;
    return (this.active ? ACQUISITION_ACTIVE : 0) | waiting;
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
    const status = this.readout.configure(this.sensor.plan());
    if (status !== STATUS_OK) return status;
    this.active = true;
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
    let status = this.readout.configure(plan);
    if (status === STATUS_OK) {
      status = this.readout.read(plan, start, codes, (report) => this.fifo.push(report));
    }
    return status === STATUS_OK ? "frame" : this.fail(status);
  }

  private prepareNext(present: FramePlan): void {
    const next = this.sensor.plan();
    const slot = this.slot(next, BigInt(present.frameCycles));
    next.prepare({ ...slot, frame: slot.frame + 1 });
  }

  private slot({ startCycles }: FramePlan, cyclesAhead: bigint): FrameSlot {
    return { frame: this.frame, startCycle: this.nowCycle + cyclesAhead + BigInt(startCycles) };
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
