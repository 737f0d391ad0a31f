import { execFileSync, spawnSync } from "node:child_process";

const TOOLS = ["wasm-validate", "wasm-objdump"];
const OUTPUT_MAX_BYTES = 1 << 28;

/** Ids of sections by the names that wasm-objdump gives them. */
const SECTION_IDS: ReadonlyMap<string, number> = new Map(
  [
    "Custom",
    "Type",
    "Import",
    "Function",
    "Table",
    "Memory",
    "Global",
    "Export",
    "Start",
    "Elem",
    "Code",
    "Data",
    "DataCount",
  ].map((name, id) => [name, id]),
);

/** What wasm-objdump reads of a module; places are bytes of the file. */
export interface DumpedModule {
  readonly sections: readonly { readonly id: number; readonly at: number; readonly bytes: number }[];
  readonly exports: readonly string[];
  readonly imports: readonly string[];
}

export interface DumpedInstruction {
  readonly at: number;
  readonly name: string;
}

/** Whether wabt is there. In CI it must be: there the tests that need it run and fail. */
export function hasWabt(): boolean {
  const missing = TOOLS.filter((tool) => spawnSync(tool, ["--version"]).status !== 0);
  if (missing.length === 0) return true;
  process.stderr.write(`found no ${missing.join(", ")}: test/tools/install-system.sh says what to install\n`);
  return process.env["CI"] !== undefined;
}

/** Verdict of wasm-validate on each file. @param options such as "--disable-simd", separated by spaces. */
export function validateFiles(files: readonly string[], options = ""): boolean[] {
  const script = `for file in "$@"; do wasm-validate ${options} "$file" >/dev/null 2>&1 && echo yes || echo no; done`;
  return run("sh", ["-c", script, "sh", ...files])
    .trim()
    .split("\n")
    .map((line) => line === "yes");
}

/** Sections, imports and exports of each file, all of them valid. */
export function dumpFiles(files: readonly string[]): DumpedModule[] {
  const parts = run("wasm-objdump", ["-h", "-x", ...files]).split(/^.*:\tfile format wasm.*$/m);
  return parts.slice(1).map((text) => ({
    sections: [...text.matchAll(/^ *(\w+) start=0x(\w+) end=0x\w+ \(size=0x(\w+)\)/gm)].map(
      ([, name = "", at = "", bytes = ""]) => ({
        id: SECTION_IDS.get(name) ?? -1,
        at: Number.parseInt(at, 16),
        bytes: Number.parseInt(bytes, 16),
      }),
    ),
    exports: [...text.matchAll(/^ - (\w+)\[\d+\](?: <.*>)? -> "(.*)"$/gm)].map(
      ([, kind, name]) => `${kind} ${name}`,
    ),
    imports: [...text.matchAll(/^ - \w+\[\d+\].* <- (.*)$/gm)].map(([, name = ""]) => name),
  }));
}

/** Instructions of all functions of each file, all of them valid. */
export function disassembleFiles(files: readonly string[]): DumpedInstruction[][] {
  const parts = run("wasm-objdump", ["-d", ...files]).split(/^.*:\tfile format wasm.*$/m);
  return parts
    .slice(1)
    .map((text) =>
      [...text.matchAll(/^ ([0-9a-f]{6}): [0-9a-f ]+\| +([a-z][a-z0-9_.]*)(?!\[)\b/gm)]
        .map(([, at = "", name = ""]) => ({ at: Number.parseInt(at, 16), name }))
        .filter(({ name }) => name !== "local"),
    );
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, {
    encoding: "utf8",
    maxBuffer: OUTPUT_MAX_BYTES,
    stdio: ["ignore", "pipe", "ignore"],
  });
}
