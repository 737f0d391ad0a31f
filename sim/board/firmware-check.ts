// What a module must be before the board runs it. The memory's limits and the start function stand only in the binary:
// the JavaScript interface does not tell them, so those sections are read here.

import { ABI_VERSION, MEMORY_PAGES } from "../../hw-profiles/interface/abi.ts";
import { FirmwareError } from "./firmware-error.ts";
import { hasStartSection, memoryLimits } from "./wasm-sections.ts";

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

export const FUNCTION_EXPORTS = [
  "abi_version",
  "configure",
  "begin_frame",
  "process_line",
  "end_frame",
  "resume",
] as const;

const REBUILD = "build one with `npm run build:firmware` or point --firmware at another file";

/** @throws FirmwareError naming what was found and expected. */
export function compileFirmware(bytes: Uint8Array<ArrayBuffer>, name: string): WebAssembly.Module {
  checkMagic(bytes, name);
  let module: WebAssembly.Module;
  try {
    module = new WebAssembly.Module(bytes);
  } catch (error) {
    throw new FirmwareError(
      name,
      `a module that does not validate (${text(error)})`,
      "valid WebAssembly",
      REBUILD,
    );
  }
  checkImports(module, name);
  checkExports(module, name);
  checkMemory(bytes, name);
  checkStart(bytes, name);
  return module;
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

function checkMagic(bytes: Uint8Array, name: string): void {
  const magic = [0x00, 0x61, 0x73, 0x6d];
  if (magic.every((byte, index) => bytes[index] === byte)) return;
  const head = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  throw new FirmwareError(
    name,
    bytes.length === 0 ? "an empty file" : `a file that starts with ${head}`,
    "a WebAssembly module (00 61 73 6d)",
    REBUILD,
  );
}

function checkImports(module: WebAssembly.Module, name: string): void {
  const imports = WebAssembly.Module.imports(module).map((entry) => `${entry.module}.${entry.name}`);
  if (imports.length === 0) return;
  throw new FirmwareError(
    name,
    `imports of ${imports.join(", ")}`,
    "no imports: the board offers none",
    REBUILD,
  );
}

function checkExports(module: WebAssembly.Module, name: string): void {
  const kinds = new Map(WebAssembly.Module.exports(module).map((entry) => [entry.name, entry.kind]));
  const wanted = [["memory", "memory"], ...FUNCTION_EXPORTS.map((fn) => [fn, "function"])] as [
    string,
    string,
  ][];
  for (const [exportName, kind] of wanted) {
    const found = kinds.get(exportName);
    if (found === kind) continue;
    const what =
      found === undefined ? `no export "${exportName}"` : `export "${exportName}" of kind ${found}`;
    throw new FirmwareError(name, what, `a ${kind} "${exportName}"`, REBUILD);
  }
}

function checkMemory(bytes: Uint8Array, name: string): void {
  const { minimum, maximum } = memoryLimits(bytes);
  if (minimum === MEMORY_PAGES && maximum === MEMORY_PAGES) return;
  throw new FirmwareError(
    name,
    `a memory of ${minimum ?? "no"} to ${maximum ?? "unlimited"} pages`,
    `exactly ${MEMORY_PAGES} pages (minimum = maximum)`,
    REBUILD,
  );
}

/** A start function would run before the ABI version is known, with nothing to bound its time. */
function checkStart(bytes: Uint8Array, name: string): void {
  if (!hasStartSection(bytes)) return;
  throw new FirmwareError(
    name,
    "a start function",
    "none: a module runs only what the board calls",
    "move what it does into configure(), then build it again",
  );
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
