import * as R from "../../hw-profiles/interface/reports.ts";
import { crc32c } from "./crc32c.ts";
import { hex, PacketError, viewOf } from "./packet-error.ts";

const CHECK_BYTES = 4;

/** Write the check of a whole command report into it. */
export function sealCommand(report: Uint8Array): void {
  viewOf(report).setUint32(R.COMMAND_CHECK, commandCheck(report), true);
}

/** @throws PacketError "crc" when the check of a whole command report is wrong. */
export function requireCommandCheck(report: Uint8Array): void {
  const found = viewOf(report).getUint32(R.COMMAND_CHECK, true);
  requireSame("CRC-32C of a command report", found, commandCheck(report));
}

/** Write the check of a whole register report into it. */
export function sealRegisterReport(report: Uint8Array): void {
  viewOf(report).setUint32(R.REGISTER_CHECK, registerCheck(report), true);
}

/** @throws PacketError "crc" when the check of a whole register report is wrong. */
export function requireRegisterCheck(report: Uint8Array): void {
  const found = viewOf(report).getUint32(R.REGISTER_CHECK, true);
  requireSame("CRC-32C of a register report", found, registerCheck(report));
}

/** Whether this is a register report of full length with its check. */
export function isWholeRegisterReport(report: Uint8Array): boolean {
  return (
    report.length === R.REGISTER_REPORT_BYTES &&
    report[R.REGISTER_REPORT_ID] === R.REPORT_ID_REGISTER &&
    viewOf(report).getUint32(R.REGISTER_CHECK, true) === registerCheck(report)
  );
}

/** Whether this is a command report of full length with its check. */
export function isWholeCommand(report: Uint8Array): boolean {
  return (
    report.length === R.COMMAND_BYTES &&
    report[R.COMMAND_REPORT_ID] === R.REPORT_ID_COMMAND &&
    viewOf(report).getUint32(R.COMMAND_CHECK, true) === commandCheck(report)
  );
}

function commandCheck(report: Uint8Array): number {
  return crc32c(report, 0, R.COMMAND_CHECK);
}

function registerCheck(report: Uint8Array): number {
  const head = crc32c(report, 0, R.REGISTER_CHECK);
  return crc32c(report, R.REGISTER_CHECK + CHECK_BYTES, R.REGISTER_REPORT_BYTES, head);
}

function requireSame(what: string, found: number, expected: number): void {
  if (found !== expected) throw new PacketError("crc", what, hex(found), hex(expected));
}
