import * as R from "../../hw-profiles/interface/reports.ts";
import { PacketError, requireLength, requireReportId, viewOf } from "./packet-error.ts";
import { requireCommandCheck, sealCommand } from "./report-check.ts";

export interface Command {
  /** COMMAND_* of the interface's reports.ts. */
  readonly kind: number;
  readonly value: number;
  /** Token of the sender, 0 = none. */
  readonly session: number;
}

/** Output report: "the host can take `reports` more data reports". */
export function buildCreditCommand(reports: number, session = 0): Uint8Array {
  return buildCommand({ kind: R.COMMAND_CREDIT, value: reports, session });
}

export function buildCommand(command: Command): Uint8Array {
  const report = new Uint8Array(R.COMMAND_BYTES);
  report[R.COMMAND_REPORT_ID] = R.REPORT_ID_COMMAND;
  report[R.COMMAND_KIND] = command.kind;
  const view = viewOf(report);
  view.setUint32(R.COMMAND_VALUE, command.value, true);
  view.setUint32(R.COMMAND_SESSION, command.session, true);
  sealCommand(report);
  return report;
}

/** @throws PacketError on a wrong id, length, check or kind. */
export function parseCommand(report: Uint8Array): Command {
  requireLength("command", report, R.COMMAND_BYTES);
  requireReportId("command", report, R.REPORT_ID_COMMAND);
  requireCommandCheck(report);
  const kind = report[R.COMMAND_KIND]!;
  if (kind !== R.COMMAND_CREDIT) throw new PacketError("kind", "kind of a command", kind, R.COMMAND_CREDIT);
  const view = viewOf(report);
  return {
    kind,
    value: view.getUint32(R.COMMAND_VALUE, true),
    session: view.getUint32(R.COMMAND_SESSION, true),
  };
}
