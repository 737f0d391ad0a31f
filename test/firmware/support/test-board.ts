import { readFileSync } from "node:fs";
import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import { STATUS_MORE, STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { ReferenceFrame, ReferenceRow } from "../../reference/firmware/frame.ts";

export interface ReadoutExports {
  readonly memory: WebAssembly.Memory;
  readonly abi_version: () => number;
  readonly configure: () => number;
  readonly begin_frame: () => number;
  readonly process_line: (row: number) => number;
  readonly end_frame: () => number;
  readonly resume: () => number;
  readonly contract_offsets: () => number;
}

/** Bytes of a module in build/. */
export function moduleBytes(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../../build/${name}`, import.meta.url)));
}

/** The least board that can drive a readout module. */
export class TestBoard {
  readonly exports: ReadoutExports;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(name: string) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(name)), {});
    this.exports = instance.exports as unknown as ReadoutExports;
    this.#bytes = new Uint8Array(this.exports.memory.buffer);
    this.#view = new DataView(this.exports.memory.buffer);
  }

  /** The module's whole memory. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  status(field: number): number {
    return this.#view.getUint32(Blocks.STATUS_BLOCK + field, true);
  }

  layout(field: number): number {
    return this.#view.getUint32(Blocks.LAYOUT_BLOCK + field, true);
  }

  configure(block: Uint8Array): number {
    this.#bytes.set(block, Blocks.PARAM_BLOCK);
    return this.exports.configure();
  }

  writeFrameBlock(frame: ReferenceFrame): void {
    this.#view.setUint32(Blocks.FRAME_BLOCK + Blocks.FRAME_NUMBER, frame.frame, true);
    this.#view.setUint32(Blocks.FRAME_BLOCK + Blocks.FRAME_TEMPERATURE_MK, frame.temperatureMk, true);
    this.#view.setBigUint64(Blocks.FRAME_BLOCK + Blocks.FRAME_START_CYCLE, frame.startCycle, true);
    this.#view.setBigUint64(Blocks.FRAME_BLOCK + Blocks.FRAME_END_CYCLE, frame.endCycle, true);
    this.#view.setUint32(Blocks.FRAME_BLOCK + Blocks.FRAME_DROPPED, frame.dropped, true);
  }

  writeRow(row: ReferenceRow): void {
    const { samples, offset, dark } = row;
    this.#bytes.set(
      new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
      this.layout(Blocks.LAYOUT_SAMPLES),
    );
    this.#bytes.set(
      new Uint8Array(offset.buffer, offset.byteOffset, offset.byteLength),
      this.layout(Blocks.LAYOUT_OFFSET_MAP),
    );
    this.#bytes.set(
      new Uint8Array(dark.buffer, dark.byteOffset, dark.byteLength),
      this.layout(Blocks.LAYOUT_DARK_MAP),
    );
    this.#bytes.set(row.bad, this.layout(Blocks.LAYOUT_BAD_MAP));
    this.#writeTimeMap(row);
  }

  /** The time map of the present row; in imaging there is none. */
  #writeTimeMap({ bad, time }: ReferenceRow): void {
    const address = this.layout(Blocks.LAYOUT_TIME_MAP);
    if (address === 0) return;
    const codes = time ?? new Int16Array(bad.length);
    this.#bytes.set(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength), address);
  }

  /** Copies of the reports that wait after the last call. */
  takeReports(): Uint8Array[] {
    const start = this.layout(Blocks.LAYOUT_REPORTS);
    return Array.from({ length: this.status(Blocks.STATUS_REPORT_COUNT) }, (_, i) =>
      this.#bytes.slice(start + i * REPORT_BYTES, start + (i + 1) * REPORT_BYTES),
    );
  }

  /** Takes the reports of a call, resuming until all are out. Throws on any other status. */
  drain(status: number): Uint8Array[] {
    const reports = this.takeReports();
    let last = status;
    while (last === STATUS_MORE) {
      last = this.exports.resume();
      reports.push(...this.takeReports());
    }
    if (last !== STATUS_OK) throw new Error(`module returned status ${last}`);
    return reports;
  }

  /** Runs a whole frame and returns its reports in order. */
  runFrame(frame: ReferenceFrame): Uint8Array[] {
    this.writeFrameBlock(frame);
    const reports = this.drain(this.exports.begin_frame());
    frame.rows.forEach((row, y) => {
      this.writeRow(row);
      reports.push(...this.drain(this.exports.process_line(y)));
    });
    reports.push(...this.drain(this.exports.end_frame()));
    return reports;
  }
}
