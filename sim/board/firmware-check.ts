import { admit } from "../../hw-profiles/admission/admit.ts";
import { type HardwareTarget, VECTOR_TARGET } from "../../hw-profiles/admission/target.ts";
import { ABI_VERSION } from "../../hw-profiles/interface/abi.ts";
import { FirmwareError } from "./firmware-error.ts";

/** Exports that the board calls or reads; functions take no argument but process_line(row). */
export interface FirmwareExports {
  readonly memory: WebAssembly.Memory;
  readonly abi_version: () => number;
  readonly configure: () => number;
  readonly begin_frame: () => number;
  readonly process_line: (row: number) => number;
  readonly end_frame: () => number;
  readonly resume: () => number;
}

const REBUILD = "build one with `npm run build:firmware` or point --firmware at another file";

/** Compile a module that this board admits. @throws FirmwareError naming what was found and expected. */
export function compileFirmware(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  target: HardwareTarget = VECTOR_TARGET,
): WebAssembly.Module {
  const [finding] = admit(bytes, target).findings;
  if (finding !== undefined) {
    throw new FirmwareError(name, finding.found, finding.expected, finding.nextStep);
  }
  return new WebAssembly.Module(bytes);
}

/** Instantiate and shake hands on the ABI version. @throws FirmwareError */
export function startFirmware(module: WebAssembly.Module, name: string): FirmwareExports {
  const exports = new WebAssembly.Instance(module).exports as unknown as FirmwareExports;
  const found = exports.abi_version() >>> 0;
  if (found !== ABI_VERSION) {
    throw new FirmwareError(name, `ABI version ${found}`, `ABI version ${ABI_VERSION}`, REBUILD);
  }
  return exports;
}
