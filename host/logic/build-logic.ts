import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import type { CheckedModule } from "../image/node/image-of-module.ts";
import { checkBuiltModule } from "./check-built-module.ts";
import { compileLogic } from "./compile-logic.ts";
import { hardwareOf, type LogicOptions } from "./logic-options.ts";
import { LogicSource } from "./logic-source.ts";

/** A readout logic that a board accepts. */
export interface BuiltLogic extends CheckedModule {
  readonly sha256: string;
  /** One's own files in it, by their paths from the package's root. */
  readonly sources: readonly string[];
}

/**
 * Compile a readout logic and check it as the board does.
 * @param source folder of a project or a file, see LogicSource.open().
 * @throws BuildError, FirmwareError.
 */
export async function buildLogic(
  source: string,
  packageRoot: string,
  options: LogicOptions,
): Promise<BuiltLogic> {
  const files = await LogicSource.open(source, packageRoot);
  const { bytes, compiler } = await compileLogic(files, options);
  const hardware = hardwareOf(options.target);
  return {
    ...checkBuiltModule(bytes, basename(resolve(source)), hardware, buildDigest(files, compiler)),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    sources: files.used,
  };
}

/** Over the compiler, its options, and every file that it has read. */
function buildDigest(files: LogicSource, compiler: string): Uint8Array {
  const hash = createHash("sha256").update(`${compiler}\n`);
  for (const [path, text] of files.texts) {
    hash.update(`${path} ${Buffer.byteLength(text)}\n`).update(text);
  }
  return hash.digest();
}
