import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../package-version.ts";

/** A readout module as a file: what `info` shows and frame.json records. */
export interface FirmwareIdentity {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

const BUILT: ReadonlyMap<string, string> = new Map([
  ["simd", "readout.wasm"],
  ["scalar", "readout-scalar.wasm"],
]);

/** The module that `--firmware` names; undefined for a device that runs what lies in its flash. */
export async function firmwareIdentity(
  device: string,
  firmware: string,
  flashFile?: string,
): Promise<FirmwareIdentity | undefined> {
  if (!device.startsWith("sim") || flashFile !== undefined) return undefined;
  const built = BUILT.get(firmware);
  const content = await readFile(built ? join(packageRoot(), "build", built) : firmware);
  return {
    file: built ?? firmware,
    sha256: createHash("sha256").update(content).digest("hex"),
    bytes: content.length,
  };
}
