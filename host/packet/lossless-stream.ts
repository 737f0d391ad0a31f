// The raw stream of PIXEL_FORMAT_LOSSLESS: lines of their own length over reports whose heads tell where lines start.
import {
  DATA_PAYLOAD_MAX,
  RAW_HEAD_BYTES,
  RAW_HEAD_LINE,
  RAW_HEAD_START,
  RAW_LINE_PLAIN,
} from "../../hw-profiles/interface/reports.ts";
import { losslessLineEnd, unpackLosslessLine } from "./lossless-line.ts";
import { PacketError } from "./packet-error.ts";

/** Bytes of lines in a full report. */
const BODY_BYTES = DATA_PAYLOAD_MAX - RAW_HEAD_BYTES;

export interface PlaneShape {
  readonly width: number;
  readonly height: number;
  /** Planes: gates K or reads N. */
  readonly gates: number;
}

/** Length that a frame's stream has at most: no line compressed. */
export function largestLosslessBytes({ gates, height, width }: PlaneShape): number {
  const bytes = gates * height * (2 * width + 1);
  return bytes + Math.ceil(bytes / BODY_BYTES) * RAW_HEAD_BYTES;
}

export interface LosslessPlanes {
  /** K x H x W, plane-major; 0 in lost lines. */
  readonly codes: Uint16Array;
  /**
   * H x K: 1 = line lost, by missing bytes of its own or of the lines that it is told by, or by a contradiction: then all
   * lines since the last head that agreed are in doubt.
   */
  readonly lost: Uint8Array;
  /** The first contradiction in bytes that did arrive: no transport makes one, the device did. */
  readonly error: PacketError | undefined;
}

/**
 * Reads what arrived of a stream of `length` bytes; `gaps`: ranges of it that did not.
 * Damage costs the lines that it touches and those of the same row that are told by them, nothing else.
 */
export function decodeLossless(
  bytes: Uint8Array,
  length: number,
  gaps: readonly (readonly [start: number, end: number])[],
  shape: PlaneShape,
): LosslessPlanes {
  const reader = new StreamReader(bytes, length, gaps, shape);
  reader.read();
  const { codes, error, lost } = reader;
  return { codes, lost, error };
}

class StreamReader {
  readonly codes: Uint16Array;
  readonly lost: Uint8Array;
  error: PacketError | undefined;
  readonly #bytes: Uint8Array;
  readonly #shape: PlaneShape;
  /** By report: 1 = here. One that is no longer than its head counts for none. */
  readonly #here: Uint8Array;
  /** The reports' bytes without heads, each at its place. */
  readonly #lines: Uint8Array;
  /** The next line to read; lines before it are read or lost for good. */
  #line = 0;
  /** The line that the last agreeing head named: those from there on are not confirmed yet. */
  #agreed = 0;
  /** The first report after the present run that is not here. */
  #stop = 0;

  constructor(
    bytes: Uint8Array,
    length: number,
    gaps: readonly (readonly [start: number, end: number])[],
    shape: PlaneShape,
  ) {
    const { gates, height, width } = shape;
    this.codes = new Uint16Array(gates * height * width);
    this.lost = new Uint8Array(gates * height).fill(1);
    this.#bytes = bytes;
    this.#shape = shape;
    const reports = Math.max(0, Math.ceil((length - RAW_HEAD_BYTES) / DATA_PAYLOAD_MAX));
    this.#here = new Uint8Array(reports).fill(1);
    for (const [start, end] of gaps)
      this.#here.fill(0, Math.floor(start / DATA_PAYLOAD_MAX), Math.ceil(end / DATA_PAYLOAD_MAX));
    this.#lines = new Uint8Array(Math.min(reports * BODY_BYTES, length - reports * RAW_HEAD_BYTES));
    for (let report = 0; report < reports; report++) {
      const from = report * DATA_PAYLOAD_MAX + RAW_HEAD_BYTES;
      const body = bytes.subarray(from, Math.min(from + BODY_BYTES, length));
      if (this.#here[report] === 1) this.#lines.set(body, report * BODY_BYTES);
    }
  }

  read(): void {
    const reports = this.#here.length;
    const whole = !this.#here.includes(0);
    for (let report = 0; report < reports && this.#line < this.lost.length; )
      report = this.#startOf(report) === 0 ? report + 1 : this.#readRun(report);
    if (whole && this.#line < this.lost.length) {
      this.#doubt(this.#agreed);
      this.#complain("lines in a raw stream", this.#line, this.lost.length);
    }
  }

  /** Byte of the payload where the first line in a report starts; 0: none does, or the report is not here. */
  #startOf(report: number): number {
    return this.#here[report] === 1 ? this.#headWord(report, RAW_HEAD_START) : 0;
  }

  #headWord(report: number, field: number): number {
    const at = report * DATA_PAYLOAD_MAX + field;
    return this.#bytes[at]! | (this.#bytes[at + 1]! << 8);
  }

  #complain(what: string, found: number, expected: number | string): void {
    this.error ??= new PacketError("inconsistent", what, found, expected);
  }

  /** The lines from `first` on that were read are not to be trusted. */
  #doubt(first: number): void {
    for (let line = first; line < this.#line; line++) {
      this.lost[line] = 1;
      this.#codesOf(line).fill(0);
    }
  }

  /** Reads lines from the head of a report on, as far as reports follow without gap. Returns where to look next. */
  #readRun(report: number): number {
    const line = this.#headWord(report, RAW_HEAD_LINE);
    const start = this.#startOf(report);
    if (line < this.#line || line >= this.lost.length) {
      this.#doubt(line);
      this.#complain("line of a raw report", line, `${this.#line}..${this.lost.length - 1}`);
      return report + 1;
    }
    if (start < RAW_HEAD_BYTES || start >= DATA_PAYLOAD_MAX) {
      this.#complain("start of a line in a raw report", start, `${RAW_HEAD_BYTES}..${DATA_PAYLOAD_MAX - 1}`);
      return report + 1;
    }
    this.#line = line;
    this.#agreed = line;
    if (report >= this.#stop) {
      const gap = this.#here.indexOf(0, report);
      this.#stop = gap < 0 ? this.#here.length : gap;
    }
    try {
      return this.#readLines(report, start - RAW_HEAD_BYTES, this.#stop);
    } catch (error) {
      if (!(error instanceof PacketError)) throw error;
      this.#doubt(this.#agreed);
      this.error ??= error;
      return report + 1;
    }
  }

  /**
   * Lines from byte `offset` of report `first` up to report `next`.
   * @returns the report to go on with: `next`, or the one whose head contradicts the lines before it.
   */
  #readLines(first: number, offset: number, next: number): number {
    const end = Math.min(next * BODY_BYTES, this.#lines.length);
    let at = first * BODY_BYTES + offset;
    let checked = first;
    while (this.#line < this.lost.length) {
      const report = Math.floor(at / BODY_BYTES);
      if (report > checked && report < next) {
        if (!this.#headAgrees(report, at)) return report;
        checked = report;
        this.#agreed = this.#line;
      }
      const isFirst = this.#line % this.#shape.gates === 0;
      const lineEnd = losslessLineEnd(this.#lines, at, end, this.#shape.width, isFirst);
      if (lineEnd < 0) return next;
      this.#unpack(at, isFirst);
      this.#line++;
      at = lineEnd;
    }
    if (at === end) return next;
    this.#doubt(this.#agreed);
    this.#complain("end of the last line in a raw stream", at, end);
    return next;
  }

  /** The head of a report must name the line that starts there next. */
  #headAgrees(report: number, at: number): boolean {
    const expected = at - report * BODY_BYTES + RAW_HEAD_BYTES;
    const start = this.#startOf(report);
    const line = this.#headWord(report, RAW_HEAD_LINE);
    if (start === expected && line === this.#line) return true;
    this.#doubt(this.#agreed);
    this.#complain(`head of raw report ${report}`, line, `line ${this.#line} at byte ${expected}`);
    return false;
  }

  /** A packed line whose reference is lost, is lost. */
  #unpack(at: number, isFirst: boolean): void {
    const line = this.#line;
    const isAlone = isFirst || this.#lines[at] === RAW_LINE_PLAIN;
    if (!isAlone && this.lost[line - 1] === 1) return;
    const reference = isFirst ? undefined : this.#codesOf(line - 1);
    unpackLosslessLine(this.#lines, at, this.#codesOf(line), reference);
    this.lost[line] = 0;
  }

  #codesOf(line: number): Uint16Array {
    const { gates, height, width } = this.#shape;
    const row = Math.floor(line / gates);
    const start = ((line % gates) * height + row) * width;
    return this.codes.subarray(start, start + width);
  }
}
