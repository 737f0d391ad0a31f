import * as R from "../../hw-profiles/interface/reports.ts";
import { crc32c } from "./firmware/crc32c.ts";

/** Give a register or command report of full length the check that its bytes have. @returns the same report */
export function sealed<Report extends Uint8Array>(report: Report): Report {
  const isCommand = report.length === R.COMMAND_BYTES;
  const at = isCommand ? R.COMMAND_CHECK : R.REGISTER_CHECK;
  const covered = [...report.subarray(0, at), ...report.subarray(at + 4)];
  const view = new DataView(report.buffer, report.byteOffset, report.byteLength);
  view.setUint32(at, crc32c(Uint8Array.from(covered)), true);
  return report;
}
