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

  /** A full report leaves when the next byte arrives, not before. */
  append(kind: number, bytes: Uint8Array): void {
    const stream = this.#open.get(kind) ?? { sent: 0, bytes: [] };
    this.#open.set(kind, stream);
    for (const byte of bytes) {
      if (stream.bytes.length === Reports.DATA_PAYLOAD_MAX) this.flush(kind);
      stream.bytes.push(byte);
    }
  }

  flush(kind: number): void {
    const stream = this.#open.get(kind);
    if (stream === undefined || stream.bytes.length === 0) return;
    this.send(kind, Uint8Array.from(stream.bytes), stream.sent);
    stream.sent += stream.bytes.length;
    stream.bytes = [];
  }
}
