import * as R from "../../hw-profiles/interface/reports.ts";
import { PacketError, requireLength, requireReportId, viewOf } from "./packet-error.ts";

export interface Command {
  /** COMMAND_* of the interface's reports.ts. */
  readonly kind: number;
  readonly value: number;
}

/** Output report: "the host can take `reports` more data reports". */
export function buildCreditCommand(reports: number): Uint8Array {
  return buildCommand({ kind: R.COMMAND_CREDIT, value: reports });
}

export function buildCommand(command: Command): Uint8Array {
  const report = new Uint8Array(R.COMMAND_BYTES);
  report[R.COMMAND_REPORT_ID] = R.REPORT_ID_COMMAND;
  report[R.COMMAND_KIND] = command.kind;
  viewOf(report).setUint32(R.COMMAND_VALUE, command.value, true);
  return report;
}

/** @throws PacketError on a wrong id, length or kind. */
export function parseCommand(report: Uint8Array): Command {
  requireLength("command", report, R.COMMAND_BYTES);
  requireReportId("command", report, R.REPORT_ID_COMMAND);
  const kind = report[R.COMMAND_KIND]!;
  if (kind !== R.COMMAND_CREDIT) throw new PacketError("kind", "kind of a command", kind, R.COMMAND_CREDIT);
  return { kind, value: viewOf(report).getUint32(R.COMMAND_VALUE, true) };
}
