import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { checkModule } from "../transport/sim/check-module.ts";
import { compileLogic, type LogicTarget } from "./compile-logic.ts";
import { LogicSource } from "./logic-source.ts";

/** A readout logic that a board accepts. */
export interface BuiltLogic {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  /** The project's files in it, by their paths from the package's root. */
  readonly sources: readonly string[];
}

/**
 * Compile the project's readout logic and check it as the board does.
 * @param project folder with a `firmware` folder whose files stand in for the package's.
 * @throws BuildError, FirmwareError.
 */
export async function buildLogic(
  project: string,
  packageRoot: string,
  target: LogicTarget,
): Promise<BuiltLogic> {
  const source = await LogicSource.open(resolve(project), packageRoot);
  const bytes = await compileLogic(source, target);
  checkModule(bytes, basename(resolve(project)));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex"), sources: source.used };
}
