import type { Command } from "commander";
import { usageError } from "../command-error.ts";
import { isPlugged } from "./device-options.ts";

/** Options that mean nothing to a board on USB. */
const SIMULATED_ONLY = ["scene", "seed", "threads", "firmware", "flashFile", "deviation"] as const;

/** @throws CommandError when `command` was given one of them for a board on USB. */
export function refuseSimulatedOnly(device: string, command: Command): void {
  if (!isPlugged(device)) return;
  const given = SIMULATED_ONLY.find((name) => command.getOptionValueSource(name) === "cli");
  if (given === undefined) return;
  const flag = command.options.find((option) => option.attributeName() === given)?.long ?? given;
  throw usageError(
    `found ${flag} with ${device}, expected a simulated board: leave it out, or use sim:PROFILE`,
  );
}
