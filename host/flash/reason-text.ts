import {
  BOOT_RESULTS,
  type NamedState,
  REASON_TABLE,
  SLOT_STATES,
} from "../../hw-profiles/interface/flash-table.ts";

function nameOf(table: readonly NamedState[], code: number): string {
  return table.find((entry) => entry.code === code)?.name ?? `unknown (${code})`;
}

/** "confirmed", "trial", "recovery": what BOOT_* the board decided. */
export function bootResultName(code: number): string {
  return nameOf(BOOT_RESULTS, code);
}

/** "empty", "pending": of SLOT_*. */
export function slotStateName(code: number): string {
  return nameOf(SLOT_STATES, code);
}

/** Why something was refused, failed or reverted, in words. */
export interface Reason {
  readonly code: number;
  readonly name: string;
  readonly cause: string;
  readonly nextStep: string;
}

/** Of a REFUSED_*, FAILED_*, REVERTED_* or GEOMETRY_*. */
export function reasonOf(code: number): Reason {
  const known = REASON_TABLE.find((entry) => entry.code === code);
  if (known !== undefined) return known;
  const nextStep = "Update this program: the board's boot loader is newer.";
  return { code, name: `reason ${code}`, cause: "This program does not know the reason.", nextStep };
}

/** "TRAP: The module trapped on trial. Run it ...". */
export function reasonText(code: number): string {
  const { cause, name, nextStep } = reasonOf(code);
  return `${name}: ${cause} ${nextStep}`;
}
