import { STATUS_TABLE } from "../../hw-profiles/interface/status-table.ts";

/** A status code in words: number, name, cause and next step. */
export function statusText(status: number): string {
  const entry = STATUS_TABLE.find(({ code }) => code === status);
  if (!entry) return `status ${status}, which this version does not know.`;
  return `status ${status}, ${entry.name}: ${entry.cause} ${entry.nextStep}`;
}
