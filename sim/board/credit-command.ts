import * as Reports from "../../hw-profiles/interface/reports.ts";

/** Credit that a command report grants; undefined if it is no command that the board knows. */
export function creditOf(report: Uint8Array): number | undefined {
  const isCredit =
    report.length >= Reports.COMMAND_BYTES &&
    report[Reports.COMMAND_REPORT_ID] === Reports.REPORT_ID_COMMAND &&
    report[Reports.COMMAND_KIND] === Reports.COMMAND_CREDIT;
  if (!isCredit) return undefined;
  return new DataView(report.buffer, report.byteOffset).getUint32(Reports.COMMAND_VALUE, true);
}
