import {
  DATA_CRC,
  DATA_FRAME,
  DATA_HEADER_BYTES,
  DATA_OFFSET,
  DATA_PAYLOAD_KIND,
  DATA_PAYLOAD_LENGTH,
  DATA_REPORT_ID,
  DATA_SEQUENCE,
  KIND_LINES,
} from "../../../hw-profiles/interface/reports.ts";
import { crc32c } from "../../reference/firmware/crc32c.ts";

export interface ReadReport {
  readonly id: number;
  readonly kind: number;
  readonly sequence: number;
  readonly frame: number;
  readonly offset: number;
  readonly crcGood: boolean;
  readonly payload: Uint8Array;
  /** What follows the payload, up to REPORT_BYTES. */
  readonly padding: Uint8Array;
}

/** Takes a data report apart. */
export function readReport(bytes: Uint8Array): ReadReport {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const end = DATA_HEADER_BYTES + view.getUint16(DATA_PAYLOAD_LENGTH, true);
  const payload = bytes.subarray(DATA_HEADER_BYTES, end);
  return {
    id: bytes[DATA_REPORT_ID]!,
    kind: bytes[DATA_PAYLOAD_KIND]!,
    sequence: view.getUint32(DATA_SEQUENCE, true),
    frame: view.getUint32(DATA_FRAME, true),
    offset: view.getUint32(DATA_OFFSET, true),
    crcGood: crc32c(payload, crc32c(bytes.subarray(0, DATA_CRC))) === view.getUint32(DATA_CRC, true),
    payload,
    padding: bytes.subarray(end),
  };
}

/** The payload stream of one kind, put together by the reports' offsets. */
export function streamOf(reports: readonly Uint8Array[], kind: number): Uint8Array {
  const parts = reports.map(readReport).filter((report) => report.kind === kind);
  const length = Math.max(0, ...parts.map((part) => part.offset + part.payload.length));
  const stream = new Uint8Array(length);
  for (const part of parts) stream.set(part.payload, part.offset);
  return stream;
}

/** The line records of a frame. */
export function linesPayload(reports: readonly Uint8Array[]): Uint8Array {
  return streamOf(reports, KIND_LINES);
}
