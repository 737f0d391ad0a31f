import * as Reports from "../../hw-profiles/interface/reports.ts";
import { crc32c } from "./crc32c.ts";

const CHECK_BYTES = 4;

/** Whether a command report is of full length and its check is right. */
export function isWholeCommand(report: Uint8Array): boolean {
  if (report.length !== Reports.COMMAND_BYTES) return false;
  const found = viewOf(report).getUint32(Reports.COMMAND_CHECK, true);
  return found === crc32c(report.subarray(0, Reports.COMMAND_CHECK));
}

/** Whether a register report is of full length and its check is right. */
export function isWholeRegisterReport(report: Uint8Array): boolean {
  if (report.length !== Reports.REGISTER_REPORT_BYTES) return false;
  return viewOf(report).getUint32(Reports.REGISTER_CHECK, true) === registerCheck(report);
}

/** Write its check into a register report of full length. */
export function sealRegisterReport(report: Uint8Array): void {
  viewOf(report).setUint32(Reports.REGISTER_CHECK, registerCheck(report), true);
}

function registerCheck(report: Uint8Array): number {
  const head = report.subarray(0, Reports.REGISTER_CHECK);
  return crc32c(head, report.subarray(Reports.REGISTER_CHECK + CHECK_BYTES));
}

function viewOf(report: Uint8Array): DataView {
  return new DataView(report.buffer, report.byteOffset, report.byteLength);
}
