import * as Reports from "../../hw-profiles/interface/reports.ts";
import { crc32c } from "./crc32c.ts";

export interface BoardEvent {
  readonly sequence: number;
  readonly frame: number;
  /** STATUS_*. */
  readonly status: number;
  readonly detail: number;
}

/** The data report that tells the host why the acquisition ended. */
export function eventReport(event: BoardEvent): Uint8Array {
  const report = new Uint8Array(Reports.REPORT_BYTES);
  const view = new DataView(report.buffer);
  view.setUint8(Reports.DATA_REPORT_ID, Reports.REPORT_ID_DATA);
  view.setUint8(Reports.DATA_PAYLOAD_KIND, Reports.KIND_EVENT);
  view.setUint16(Reports.DATA_PAYLOAD_LENGTH, Reports.EVENT_BYTES, true);
  view.setUint32(Reports.DATA_SEQUENCE, event.sequence, true);
  view.setUint32(Reports.DATA_FRAME, event.frame, true);
  const payload = Reports.DATA_HEADER_BYTES;
  view.setUint32(payload + Reports.EVENT_STATUS, event.status, true);
  view.setUint32(payload + Reports.EVENT_FRAME, event.frame, true);
  view.setUint32(payload + Reports.EVENT_DETAIL, event.detail, true);
  const crc = crc32c(
    report.subarray(0, Reports.DATA_CRC),
    report.subarray(payload, payload + Reports.EVENT_BYTES),
  );
  view.setUint32(Reports.DATA_CRC, crc, true);
  return report;
}
