import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { crc32c } from "./crc32c.ts";

/** Sends reports with running sequence numbers; one stream per payload kind fills reports over line boundaries. */
export class ReferenceSender {
  sequence = 0;
  readonly #open = new Map<number, { sent: number; bytes: number[] }>();
  #frame = 0;
  #reports: Uint8Array[] = [];

  startFrame(frame: number): void {
    this.#frame = frame;
    this.#reports = [];
    this.#open.clear();
  }

  /** Reports since startFrame. */
  get reports(): readonly Uint8Array[] {
    return this.#reports;
  }

  send(kind: number, payload: Uint8Array, offset = 0): void {
    const report = new Uint8Array(Reports.REPORT_BYTES);
    const view = new DataView(report.buffer);
    report[Reports.DATA_REPORT_ID] = Reports.REPORT_ID_DATA;
    report[Reports.DATA_PAYLOAD_KIND] = kind;
    view.setUint16(Reports.DATA_PAYLOAD_LENGTH, payload.length, true);
    view.setUint32(Reports.DATA_SEQUENCE, this.sequence, true);
    view.setUint32(Reports.DATA_FRAME, this.#frame, true);
    view.setUint32(Reports.DATA_OFFSET, offset, true);
    const head = crc32c(report.subarray(0, Reports.DATA_CRC));
    view.setUint32(Reports.DATA_CRC, crc32c(payload, head), true);
    report.set(payload, Reports.DATA_HEADER_BYTES);
    this.#reports.push(report);
    this.sequence = (this.sequence + 1) >>> 0;
  }

  /** Bytes of a kind sent since startFrame. */
  sent(kind: number): number {
    return this.#open.get(kind)?.sent ?? 0;
  }

  /**
   * A full report leaves when the next byte arrives, not before. `line`: number of the line that these bytes are, in a
   * stream whose reports begin with a head.
   */
  append(kind: number, bytes: Uint8Array, line?: number): void {
    const stream = this.#open.get(kind) ?? { sent: 0, bytes: [] };
    this.#open.set(kind, stream);
    bytes.forEach((byte, i) => {
      if (stream.bytes.length === Reports.DATA_PAYLOAD_MAX) this.flush(kind);
      if (line !== undefined && stream.bytes.length === 0) stream.bytes.push(0, 0, 0, 0);
      if (line !== undefined && i === 0) mark(stream.bytes, line);
      stream.bytes.push(byte);
    });
  }

  flush(kind: number): void {
    const stream = this.#open.get(kind);
    if (stream === undefined || stream.bytes.length === 0) return;
    this.send(kind, Uint8Array.from(stream.bytes), stream.sent);
    stream.sent += stream.bytes.length;
    stream.bytes = [];
  }
}

/** The first line that starts in a report is told in its head. */
function mark(report: number[], line: number): void {
  if (report[Reports.RAW_HEAD_START] !== 0 || report[Reports.RAW_HEAD_START + 1] !== 0) return;
  const start = report.length;
  report.splice(0, Reports.RAW_HEAD_BYTES, line & 0xff, line >> 8, start & 0xff, start >> 8);
}
