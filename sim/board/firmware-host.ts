import * as Memory from "../../hw-profiles/interface/memory-map.ts";
import { REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import { STATUS_MORE, STATUS_OK, STATUS_TRAP } from "../../hw-profiles/interface/status.ts";
import { compileFirmware, type FirmwareExports, startFirmware } from "./firmware-check.ts";
import type { LineLayout } from "./line-dma.ts";

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
 * A trap becomes STATUS_TRAP. Not modelled: a watchdog; a module that loops for ever hangs this thread.
 */
export class FirmwareHost {
  private readonly module: WebAssembly.Module;
  private readonly name: string;
  private exports: FirmwareExports;
  private trapped = false;

  /** @throws FirmwareError when the bytes are not a module that this board can run. */
  constructor(bytes: Uint8Array<ArrayBuffer>, name: string) {
    this.name = name;
    this.module = compileFirmware(bytes, name);
    this.exports = startFirmware(this.module, name);
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

  /** Hand over a parameter block; a module that trapped is replaced by a fresh instance, which goes on counting. */
  configure(parameters: Uint8Array): number {
    if (this.trapped) this.restart();
    new Uint8Array(this.memory).set(parameters, Memory.PARAM_BLOCK);
    return this.call(this.exports.configure);
  }

  /** Addresses that configure() chose. */
  layout(): LineLayout {
    const view = new DataView(this.memory);
    const at = (field: number) => view.getUint32(Memory.LAYOUT_BLOCK + field, true);
    return {
      samples: at(Memory.LAYOUT_SAMPLES),
      offsetMap: at(Memory.LAYOUT_OFFSET_MAP),
      darkMap: at(Memory.LAYOUT_DARK_MAP),
      badMap: at(Memory.LAYOUT_BAD_MAP),
    };
  }

  /**
   * Run one frame through the module.
   * @param loadLine puts the samples and maps of a row into the module's memory.
   * @returns STATUS_OK, or what stopped the frame.
   */
  runFrame(
    start: FrameStart,
    rows: number,
    loadLine: (row: number) => void,
    send: (report: Uint8Array) => void,
  ): number {
    this.writeFrameBlock(start);
    let status = this.drain(this.exports.begin_frame, send);
    for (let row = 0; row < rows && status === STATUS_OK; row++) {
      loadLine(row);
      status = this.drain(() => this.exports.process_line(row), send);
    }
    return status === STATUS_OK ? this.drain(this.exports.end_frame, send) : status;
  }

  /** One call and as many resumes as its output needs. */
  private drain(first: ModuleCall, send: (report: Uint8Array) => void): number {
    let status = this.call(first);
    this.takeReports(send);
    while (status === STATUS_MORE) {
      status = this.call(this.exports.resume);
      this.takeReports(send);
    }
    return status;
  }

  private call(run: ModuleCall): number {
    try {
      return run() >>> 0;
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      this.trapped = true;
      return STATUS_TRAP;
    }
  }

  private takeReports(send: (report: Uint8Array) => void): void {
    if (this.trapped) return;
    const count = this.status(Memory.STATUS_REPORT_COUNT);
    const from = new DataView(this.memory).getUint32(Memory.LAYOUT_BLOCK + Memory.LAYOUT_REPORTS, true);
    for (let i = 0; i < count; i++) {
      send(new Uint8Array(this.memory.slice(from + i * REPORT_BYTES, from + (i + 1) * REPORT_BYTES)));
    }
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
    this.exports = startFirmware(this.module, this.name);
    this.trapped = false;
    this.sequence = next;
  }

  private status(field: number): number {
    return new DataView(this.memory).getUint32(Memory.STATUS_BLOCK + field, true);
  }
}
