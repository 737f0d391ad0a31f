import * as Memory from "../../hw-profiles/interface/memory-map.ts";
import { REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import {
  STATUS_BAD_STATE,
  STATUS_MORE,
  STATUS_NO_MEMORY,
  STATUS_OK,
  STATUS_TRAP,
} from "../../hw-profiles/interface/status.ts";
import { FUEL_EXPORT } from "../metering/meter-module.ts";
import { compileFirmware, type FirmwareExports, type RunLimits, startFirmware } from "./firmware-check.ts";
import { layoutFits, type ModuleLayout, readLayout } from "./module-layout.ts";

export interface FrameStart {
  readonly frame: number;
  readonly temperatureMk: number;
  readonly startCycle: bigint;
  readonly endCycle: bigint;
  readonly dropped: number;
}

type ModuleCall = () => number;

/**
 * The microcontroller that runs the readout logic: one instance of the module, its memory, and the order of calls.
 * A trap becomes STATUS_TRAP; so does a call that takes all its fuel. Without a limit of fuel a module that loops for ever
 * hangs this thread.
 */
export class FirmwareHost {
  private readonly module: WebAssembly.Module;
  private readonly name: string;
  private exports: FirmwareExports;
  private readonly fuel: number | undefined;
  private trapped = false;
  private exhausted = false;
  /** Reports that the frame in progress may still send: the FIFO holds one frame. */
  private reportsLeft = 0;

  /** @throws FirmwareError when the bytes are not a module that this board can run. */
  constructor(bytes: Uint8Array<ArrayBuffer>, name: string, limits: RunLimits = {}) {
    this.name = name;
    this.fuel = limits.fuel;
    this.module = compileFirmware(bytes, name, limits);
    this.exports = this.start();
  }

  /** The last trap came because the fuel was used up. */
  get isExhausted(): boolean {
    return this.exhausted;
  }

  get memory(): ArrayBuffer {
    return this.exports.memory.buffer;
  }

  /** STATUS_DETAIL of the last call. */
  get detail(): number {
    return this.status(Memory.STATUS_DETAIL);
  }

  /** Sequence number of the next data report. */
  get sequence(): number {
    return this.status(Memory.STATUS_SEQUENCE);
  }

  set sequence(next: number) {
    new DataView(this.memory).setUint32(Memory.STATUS_BLOCK + Memory.STATUS_SEQUENCE, next, true);
  }

  /**
   * Hand over a parameter block; a module that trapped is replaced by a fresh instance, which goes on counting.
   * @returns STATUS_*; STATUS_NO_MEMORY also for a layout that the DMA cannot serve.
   */
  configure(parameters: Uint8Array): number {
    if (this.trapped) this.restart();
    new Uint8Array(this.memory).set(parameters, Memory.PARAM_BLOCK);
    const status = this.call(this.exports.configure);
    if (status !== STATUS_OK) return status;
    const view = new DataView(this.memory, Memory.PARAM_BLOCK);
    const widthPx = view.getUint32(Memory.PARAM_WIDTH, true);
    const gates = view.getUint32(Memory.PARAM_GATES, true);
    const fits = layoutFits(this.layout(), widthPx, gates, this.memory.byteLength);
    return fits ? STATUS_OK : STATUS_NO_MEMORY;
  }

  /** Addresses that configure() chose. */
  layout(): ModuleLayout {
    return readLayout(this.memory);
  }

  /**
   * Run one frame through the module.
   * @param maxReports what the output FIFO takes; a module that sends more is stopped with STATUS_BAD_STATE.
   * @param loadLine puts the samples and maps of a row into the module's memory.
   * @returns STATUS_OK, or what stopped the frame.
   */
  runFrame(
    start: FrameStart,
    rows: number,
    maxReports: number,
    loadLine: (row: number) => void,
    send: (report: Uint8Array) => void,
  ): number {
    this.writeFrameBlock(start);
    this.reportsLeft = maxReports;
    let status = this.drain(this.exports.begin_frame, send);
    for (let row = 0; row < rows && status === STATUS_OK; row++) {
      loadLine(row);
      status = this.drain(() => this.exports.process_line(row), send);
    }
    return status === STATUS_OK ? this.drain(this.exports.end_frame, send) : status;
  }

  /** One call and as many resumes as its output needs. */
  private drain(first: ModuleCall, send: (report: Uint8Array) => void): number {
    let status = this.callAndSend(first, send);
    while (status === STATUS_MORE) status = this.callAndSend(this.exports.resume, send);
    return status;
  }

  /** STATUS_BAD_STATE also for reports that cannot be there, or for asking for more without having sent any. */
  private callAndSend(run: ModuleCall, send: (report: Uint8Array) => void): number {
    const status = this.call(run);
    if (status === STATUS_TRAP) return status;
    const { reports, reportCapacity } = this.layout();
    const count = this.status(Memory.STATUS_REPORT_COUNT);
    if (count > Math.min(reportCapacity, this.reportsLeft)) return STATUS_BAD_STATE;
    if (status === STATUS_MORE && count === 0) return STATUS_BAD_STATE;
    this.reportsLeft -= count;
    // The module goes on writing there: the reports of a call leave as views of one copy.
    const copy = this.memory.slice(reports, reports + count * REPORT_BYTES);
    for (let from = 0; from + REPORT_BYTES <= copy.byteLength; from += REPORT_BYTES) {
      send(new Uint8Array(copy, from, REPORT_BYTES));
    }
    return status;
  }

  private call(run: ModuleCall): number {
    this.refuel(this.exports);
    try {
      return run() >>> 0;
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      this.trapped = true;
      this.exhausted = this.exports[FUEL_EXPORT]?.value === 0;
      return STATUS_TRAP;
    }
  }

  /** A module with fuel starts without any. */
  private start(): FirmwareExports {
    return startFirmware(this.module, this.name, (exports) => this.refuel(exports));
  }

  private refuel(exports: FirmwareExports): void {
    const tank = exports[FUEL_EXPORT];
    if (tank !== undefined) tank.value = this.fuel ?? 0;
  }

  private writeFrameBlock(start: FrameStart): void {
    const view = new DataView(this.memory, Memory.FRAME_BLOCK, Memory.FRAME_BYTES);
    view.setUint32(Memory.FRAME_NUMBER, start.frame, true);
    view.setUint32(Memory.FRAME_TEMPERATURE_MK, start.temperatureMk, true);
    view.setBigUint64(Memory.FRAME_START_CYCLE, start.startCycle, true);
    view.setBigUint64(Memory.FRAME_END_CYCLE, start.endCycle, true);
    view.setUint32(Memory.FRAME_DROPPED, start.dropped, true);
  }

  private restart(): void {
    const next = this.sequence;
    this.exports = this.start();
    this.trapped = false;
    this.sequence = next;
  }

  private status(field: number): number {
    return new DataView(this.memory).getUint32(Memory.STATUS_BLOCK + field, true);
  }
}
