import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import { STATUS_MORE, STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { ReferenceFrame, ReferenceRow } from "../../reference/firmware/frame.ts";

/** Operations of firmware/boards/mps2-an500/replay.c. */
const OPERATIONS = { end: 0, write: 1, read: 2, call: 3, count: 4, touch: 5, spin: 6 } as const;

interface Answer {
  readonly bytes: Uint8Array;
  readonly numbers: boolean;
}

type Export = (argument: number) => number | undefined;

/**
 * A conversation of the board with a module, held with V8 and written down for replay.c: what the board writes
 * and calls, and what comes back.
 */
export class Transcript {
  /** Exports by number. */
  readonly #names: readonly string[];
  readonly #exports: WebAssembly.Exports;
  readonly #memory: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #input: Uint8Array[] = [];
  readonly #output: Answer[] = [];

  constructor(wasm: Uint8Array<ArrayBuffer>) {
    const module = new WebAssembly.Module(wasm);
    const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
    this.#names = functions.map(({ name }) => name);
    this.#exports = new WebAssembly.Instance(module, {}).exports;
    this.#memory = new Uint8Array((this.#exports["memory"] as WebAssembly.Memory).buffer);
    this.#view = new DataView(this.#memory.buffer);
  }

  /** input.bin. */
  get input(): Uint8Array {
    return Buffer.concat([...this.#input, words(OPERATIONS.end)]);
  }

  /**
   * Where output.bin first differs from what V8 gave: results, everything that was read. -1: nowhere. In memory that was
   * read as numbers, the sign of what is no number may differ: WebAssembly leaves it open, and x86 and ARM choose differently.
   */
  difference(output: Uint8Array): number {
    let at = 0;
    for (const { bytes, numbers } of this.#output) {
      const found = differenceOf(bytes, output.subarray(at, at + bytes.length), numbers);
      if (found >= 0) return at + found;
      at += bytes.length;
    }
    return output.length === at ? -1 : at;
  }

  /** Bytes of output.bin so far. */
  get answerBytes(): number {
    return this.#output.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  word(address: number): number {
    return this.#view.getUint32(address, true);
  }

  write(address: number, bytes: ArrayBufferView): void {
    const copy = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice();
    this.#memory.set(copy, address);
    this.#input.push(words(OPERATIONS.write, address, copy.length), copy);
  }

  /** Reads back memory, to be compared; `numbers`: as words that may be floats. */
  read(address: number, length: number, numbers = false): void {
    this.#input.push(words(OPERATIONS.read, address, length));
    this.#output.push({ bytes: this.#memory.slice(address, address + length), numbers });
  }

  call(name: string, argument = 0): number {
    const result = Number((this.#exports[name] as Export)(argument) ?? 0);
    this.#input.push(words(OPERATIONS.call, this.#number(name), argument));
    this.#output.push({ bytes: words(result), numbers: false });
    return result;
  }

  /** Asks for the ticks of `times` calls; what V8 has no answer to is 0 in `expected`. */
  count(name: string, argument: number, times: number): void {
    for (let time = 0; time < times; time++) (this.#exports[name] as Export)(argument);
    this.#input.push(words(OPERATIONS.count, this.#number(name), argument, times));
    this.#output.push({ bytes: words(0), numbers: false });
  }

  /** Makes the board read at any address of the module's, in range or not. */
  touch(address: number): void {
    this.#input.push(words(OPERATIONS.touch, address, 0));
    this.#output.push({ bytes: words(0), numbers: false });
  }

  /** Asks for the ticks of a loop of two instructions a turn. */
  spin(turns: number): void {
    this.#input.push(words(OPERATIONS.spin, turns, 0));
    this.#output.push({ bytes: words(0), numbers: false });
  }

  #number(name: string): number {
    const number = this.#names.indexOf(name);
    if (number < 0) throw new Error(`found the export ${name}, expected one of ${this.#names.join(", ")}`);
    return number;
  }
}

const NOT_A_NUMBER = 0x7f80_0000;
const WITHOUT_SIGN = 0x7fff_ffff;

function differenceOf(expected: Uint8Array, found: Uint8Array, numbers: boolean): number {
  if (Buffer.compare(expected, found) === 0) return -1;
  for (let at = 0; at < expected.length; at++) {
    if (expected[at] === found[at]) continue;
    const word = at & ~3;
    const [a, b] = [expected, found].map((bytes) => wordWithoutSign(bytes, word));
    if (!numbers || a !== b || a === undefined || a <= NOT_A_NUMBER) return at;
  }
  return expected.length === found.length ? -1 : found.length;
}

function wordWithoutSign(bytes: Uint8Array, at: number): number | undefined {
  if (at + 4 > bytes.length) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0, true) & WITHOUT_SIGN;
}

function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values, (value) => value >>> 0).buffer);
}

/** Configures; returns the status. */
export function configure(transcript: Transcript, block: Uint8Array): number {
  transcript.write(Blocks.PARAM_BLOCK, block);
  return transcript.call("configure");
}

/** Writes the maps and samples of a row where the layout wants them. */
export function writeRow(transcript: Transcript, row: ReferenceRow): void {
  const at = (field: number): number => transcript.word(Blocks.LAYOUT_BLOCK + field);
  transcript.write(at(Blocks.LAYOUT_SAMPLES), row.samples);
  transcript.write(at(Blocks.LAYOUT_OFFSET_MAP), row.offset);
  transcript.write(at(Blocks.LAYOUT_DARK_MAP), row.dark);
  transcript.write(at(Blocks.LAYOUT_BAD_MAP), row.bad);
}

export function writeFrameBlock(transcript: Transcript, frame: Omit<ReferenceFrame, "rows">): void {
  const view = new DataView(new ArrayBuffer(Blocks.FRAME_BYTES));
  view.setUint32(Blocks.FRAME_NUMBER, frame.frame, true);
  view.setUint32(Blocks.FRAME_TEMPERATURE_MK, frame.temperatureMk, true);
  view.setBigUint64(Blocks.FRAME_START_CYCLE, frame.startCycle, true);
  view.setBigUint64(Blocks.FRAME_END_CYCLE, frame.endCycle, true);
  view.setUint32(Blocks.FRAME_DROPPED, frame.dropped, true);
  transcript.write(Blocks.FRAME_BLOCK, view);
}

/** Reads the reports of a call and takes what waits. */
function drain(transcript: Transcript, status: number): void {
  readReports(transcript);
  for (let last = status; last !== STATUS_OK; readReports(transcript)) {
    if (last !== STATUS_MORE) throw new Error(`the module returned status ${last}`);
    last = transcript.call("resume");
  }
}

function readReports(transcript: Transcript): void {
  const count = transcript.word(Blocks.STATUS_BLOCK + Blocks.STATUS_REPORT_COUNT);
  transcript.read(transcript.word(Blocks.LAYOUT_BLOCK + Blocks.LAYOUT_REPORTS), count * REPORT_BYTES);
}

/**
 * Sends a frame through. Compared are all reports, and after the last row the whole memory in use: the tables and every
 * intermediate number of the last tile, f32 and f64.
 */
export function recordFrame(transcript: Transcript, frame: ReferenceFrame): void {
  writeFrameBlock(transcript, frame);
  drain(transcript, transcript.call("begin_frame"));
  frame.rows.forEach((row, y) => {
    writeRow(transcript, row);
    drain(transcript, transcript.call("process_line", y));
  });
  transcript.read(0, transcript.word(Blocks.LAYOUT_BLOCK + Blocks.LAYOUT_USED_BYTES), true);
  drain(transcript, transcript.call("end_frame"));
}
