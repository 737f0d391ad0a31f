import * as Reports from "../../hw-profiles/interface/reports.ts";
import { isWholeCommand } from "./report-check.ts";

export interface CreditCommand {
  readonly credit: number;
  /** Token of the sender, 0 = none. */
  readonly session: number;
}

/** Credit that a command report grants; undefined if it is damaged, or no command that the board knows. */
export function parseCreditCommand(report: Uint8Array): CreditCommand | undefined {
  const isCredit =
    isWholeCommand(report) &&
    report[Reports.COMMAND_REPORT_ID] === Reports.REPORT_ID_COMMAND &&
    report[Reports.COMMAND_KIND] === Reports.COMMAND_CREDIT;
  if (!isCredit) return undefined;
  const view = new DataView(report.buffer, report.byteOffset);
  return {
    credit: view.getUint32(Reports.COMMAND_VALUE, true),
    session: view.getUint32(Reports.COMMAND_SESSION, true),
  };
}
