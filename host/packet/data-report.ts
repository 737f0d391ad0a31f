import {
  DATA_CRC,
  DATA_FRAME,
  DATA_HEADER_BYTES,
  DATA_OFFSET,
  DATA_PAYLOAD_KIND,
  DATA_PAYLOAD_LENGTH,
  DATA_PAYLOAD_MAX,
  DATA_REPORT_ID,
  DATA_SEQUENCE,
  KIND_EVENT,
  KIND_LEADER,
  REPORT_BYTES,
  REPORT_ID_DATA,
} from "../../hw-profiles/interface/reports.ts";
import { crc32c } from "./crc32c.ts";
import { hex, PacketError, requireLength, requireReportId, u32At, viewOf } from "./packet-error.ts";

export interface DataReport {
  /** KIND_* of the interface's reports.ts. */
  readonly kind: number;
  /** u32, +1 per report of a session, wraps. */
  readonly sequence: number;
  readonly frameNumber: number;
  /** Bytes from the start of this kind's stream in this frame. */
  readonly offset: number;
  /** A view into the report, valid as long as the report's bytes are. */
  readonly payload: Uint8Array;
}

/** Header CRC: bytes 0..15, then the payload. */
function reportCrc(report: Uint8Array, payloadLength: number): number {
  const header = crc32c(report, 0, DATA_CRC);
  return crc32c(report, DATA_HEADER_BYTES, DATA_HEADER_BYTES + payloadLength, header);
}

/**
 * Check and take apart one data report (report id included).
 * @throws PacketError on a wrong id, length, kind or CRC-32C.
 */
export function parseDataReport(report: Uint8Array): DataReport {
  requireLength("data report", report, DATA_HEADER_BYTES);
  requireReportId("data report", report, REPORT_ID_DATA);
  const length = report[DATA_PAYLOAD_LENGTH]! | (report[DATA_PAYLOAD_LENGTH + 1]! << 8);
  const room = Math.min(report.length - DATA_HEADER_BYTES, DATA_PAYLOAD_MAX);
  if (length > room)
    throw new PacketError(
      "length",
      "data report is cut short",
      `payload of ${length} bytes`,
      `at most ${room}`,
    );
  const crc = u32At(report, DATA_CRC);
  const expected = reportCrc(report, length);
  if (crc !== expected) throw new PacketError("crc", "CRC-32C of a data report", hex(crc), hex(expected));
  const kind = report[DATA_PAYLOAD_KIND]!;
  if (kind < KIND_LEADER || kind > KIND_EVENT)
    throw new PacketError("kind", "payload kind of a data report", kind, `${KIND_LEADER}..${KIND_EVENT}`);
  return {
    kind,
    sequence: u32At(report, DATA_SEQUENCE),
    frameNumber: u32At(report, DATA_FRAME),
    offset: u32At(report, DATA_OFFSET),
    payload: report.subarray(DATA_HEADER_BYTES, DATA_HEADER_BYTES + length),
  };
}

/**
 * A data report of REPORT_BYTES, zero padded.
 * @throws PacketError when the payload is longer than DATA_PAYLOAD_MAX.
 */
export function buildDataReport(fields: DataReport): Uint8Array {
  const { payload } = fields;
  if (payload.length > DATA_PAYLOAD_MAX)
    throw new PacketError(
      "length",
      "payload of a data report",
      payload.length,
      `at most ${DATA_PAYLOAD_MAX}`,
    );
  const report = new Uint8Array(REPORT_BYTES);
  const view = viewOf(report);
  report[DATA_REPORT_ID] = REPORT_ID_DATA;
  report[DATA_PAYLOAD_KIND] = fields.kind;
  view.setUint16(DATA_PAYLOAD_LENGTH, payload.length, true);
  view.setUint32(DATA_SEQUENCE, fields.sequence, true);
  view.setUint32(DATA_FRAME, fields.frameNumber, true);
  view.setUint32(DATA_OFFSET, fields.offset, true);
  report.set(payload, DATA_HEADER_BYTES);
  view.setUint32(DATA_CRC, reportCrc(report, payload.length), true);
  return report;
}
