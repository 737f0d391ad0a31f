import { checkCode } from "./check-code.ts";
import { checkExports } from "./exports.ts";
import type { Finding } from "./finding.ts";
import type { MemoryType, ModuleParts } from "./module-parts.ts";
import { MalformedModule } from "./module-reader.ts";
import { readModule, startsAsModule } from "./read-module.ts";
import type { HardwareTarget } from "./target.ts";

const REBUILD = "build one with `cqd build` or `npm run build:firmware`";

export interface Admission {
  /** Empty: the board may run it. */
  readonly findings: readonly Finding[];
  /** FEATURE_* of opcodes that the module needs; 0 when it could not be read. */
  readonly features: number;
}

/**
 * What stands against running these bytes as readout logic on a target. The same check on the board, in the host and in
 * the page; the module's own answers (ABI version, golden input) are asked for by whoever has an instance.
 */
export function admit(bytes: Uint8Array<ArrayBuffer>, target: HardwareTarget): Admission {
  const unusable = checkBytes(bytes, target);
  if (unusable !== undefined) return { findings: [unusable], features: 0 };
  try {
    const parts = readModule(bytes);
    const code = checkCode(bytes, parts, target);
    return { findings: [...checkParts(parts, target), ...code.findings], features: code.features };
  } catch (error) {
    if (!(error instanceof MalformedModule)) throw error;
    return { findings: [unreadable(error)], features: 0 };
  }
}

function checkBytes(
  bytes: Uint8Array<ArrayBuffer>,
  { payloadMaxBytes }: HardwareTarget,
): Finding | undefined {
  if (!startsAsModule(bytes)) return notAModule(bytes);
  if (bytes.length > payloadMaxBytes) {
    return {
      code: "too-large",
      found: `${bytes.length} bytes`,
      expected: `at most ${payloadMaxBytes}`,
      nextStep: "leave out what the sensor does not need (cqd build --mode), then build again",
    };
  }
  if (WebAssembly.validate(bytes)) return undefined;
  return {
    code: "invalid",
    found: `a module that does not validate (${engineMessage(bytes)})`,
    expected: "valid WebAssembly",
    nextStep: REBUILD,
  };
}

function notAModule(bytes: Uint8Array): Finding {
  const head = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return {
    code: "not-a-module",
    found: bytes.length === 0 ? "an empty file" : `a file that starts with ${head}`,
    expected: "a WebAssembly module (00 61 73 6d 01 00 00 00)",
    nextStep: REBUILD,
  };
}

/** The engine says why only when it compiles. */
function engineMessage(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    new WebAssembly.Module(bytes);
    return "no reason given";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function unreadable({ at, message }: MalformedModule): Finding {
  return {
    code: "unreadable",
    found: `a module that ${message} (byte ${at})`,
    expected: "WebAssembly 2.0 without references",
    nextStep: "switch newer features of the compiler off, then build again",
  };
}

function checkParts(parts: ModuleParts, target: HardwareTarget): Finding[] {
  return [
    ...checkImports(parts),
    ...checkExports(parts),
    ...checkMemory(parts, target),
    ...checkStart(parts),
    ...checkTables(parts),
  ];
}

function checkImports({ imports }: ModuleParts): Finding[] {
  if (imports.length === 0) return [];
  return [
    {
      code: "import",
      found: `imports of ${imports.map((entry) => `${entry.module}.${entry.name}`).join(", ")}`,
      expected: "no imports: the board offers none",
      nextStep: "take out what calls them, then build again",
    },
  ];
}

function checkMemory({ memories }: ModuleParts, { pages }: HardwareTarget): Finding[] {
  const expected = `exactly ${pages} pages (minimum = maximum)`;
  const nextStep = "build with --initialMemory and --maximumMemory of that size";
  const [memory, ...more] = memories;
  if (memory === undefined || more.length > 0) {
    const found = memory === undefined ? "no memory of its own" : `${memories.length} memories`;
    return [{ code: "memory", found, expected: `one of ${expected}`, nextStep }];
  }
  const isPlain = !memory.isShared && !memory.is64Bit;
  if (isPlain && memory.minimum === pages && memory.maximum === pages) return [];
  return [{ code: "memory", found: memoryText(memory), expected, nextStep }];
}

function memoryText({ is64Bit, isShared, maximum, minimum }: MemoryType): string {
  const kind = `${isShared ? "shared " : ""}${is64Bit ? "64-bit " : ""}`;
  return `a ${kind}memory of ${minimum} to ${maximum ?? "unlimited"} pages`;
}

/** A start function would run before the ABI version is known, with nothing to bound its time. */
function checkStart({ start }: ModuleParts): Finding[] {
  if (start === undefined) return [];
  return [
    {
      code: "start",
      found: "a start function",
      expected: "none: a module runs only what the board calls",
      nextStep: "move what it does into configure(), then build it again",
    },
  ];
}

function checkTables({ tables }: ModuleParts): Finding[] {
  if (tables === 0) return [];
  return [
    {
      code: "table",
      found: "a table of functions",
      expected: "none: calls are direct",
      nextStep: "take out function values and virtual calls, then build again",
    },
  ];
}
