import { admit } from "../../hw-profiles/admission/admit.ts";
import { type HardwareTarget, VECTOR_TARGET } from "../../hw-profiles/admission/target.ts";
import { ABI_VERSION } from "../../hw-profiles/interface/abi.ts";
import { FUEL_EXPORT, meterModule } from "../metering/meter-module.ts";
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
  /** Of a module with fuel alone: the turns that are left. */
  readonly [FUEL_EXPORT]?: { value: number };
}

export interface RunLimits {
  /** The hardware that runs the module; default: with vectors. */
  readonly target?: HardwareTarget | undefined;
  /** Turns of loops and calls of functions that one call of the board may take; default: no limit. */
  readonly fuel?: number | undefined;
}

const REBUILD = "build one with `npm run build:firmware` or point --firmware at another file";

/** Compile a module that this board admits. @throws FirmwareError naming what was found and expected. */
export function compileFirmware(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  { fuel, target = VECTOR_TARGET }: RunLimits = {},
): WebAssembly.Module {
  const [finding] = admit(bytes, target).findings;
  if (finding !== undefined) {
    throw new FirmwareError(name, finding.found, finding.expected, finding.nextStep);
  }
  return new WebAssembly.Module(fuel === undefined ? bytes : meterModule(bytes));
}

/**
 * Instantiate and shake hands on the ABI version. @throws FirmwareError
 * @param prepare called before the first call into the module.
 */
export function startFirmware(
  module: WebAssembly.Module,
  name: string,
  prepare: (exports: FirmwareExports) => void = () => undefined,
): FirmwareExports {
  const exports = new WebAssembly.Instance(module).exports as unknown as FirmwareExports;
  prepare(exports);
  const found = abiVersionOf(exports, name);
  if (found !== ABI_VERSION) {
    throw new FirmwareError(name, `ABI version ${found}`, `ABI version ${ABI_VERSION}`, REBUILD);
  }
  return exports;
}

function abiVersionOf(exports: FirmwareExports, name: string): number {
  try {
    return exports.abi_version() >>> 0;
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    throw new FirmwareError(name, "a trap in abi_version()", `ABI version ${ABI_VERSION}`, REBUILD);
  }
}
