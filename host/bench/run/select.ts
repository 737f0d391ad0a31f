import { nearestName } from "../../../hw-profiles/resolve/nearest-name.ts";
import type { Experiment } from "./experiment.ts";

/** A name that is no experiment. */
export class ExperimentNameError extends Error {
  override readonly name = "ExperimentNameError";
}

/** The named experiments in the order of the bench; all without a name. @throws ExperimentNameError. */
export function selectExperiments(
  all: readonly Experiment[],
  names: readonly string[],
): readonly Experiment[] {
  if (names.length === 0) return all;
  const known = all.map(({ name }) => name);
  for (const name of names) if (!known.includes(name)) throw new ExperimentNameError(unknown(name, known));
  return all.filter(({ name }) => names.includes(name));
}

function unknown(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return `found experiment "${name}", expected one of ${known.join(", ")}${hint}`;
}
