import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const RTL_FOLDER = fileURLToPath(new URL("../../../sim/rtl/", import.meta.url));
const BENCH_FOLDER = fileURLToPath(new URL(".", import.meta.url));

/** Sources of the chip. */
export const RTL_FILES: readonly string[] = verilogFiles(RTL_FOLDER);

export function verilogFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".v"));
  return names.sort().map((name) => join(folder, name));
}

/** Is this program of the system there? */
export function hasTool(name: string, versionFlag: string): boolean {
  return spawnSync(name, [versionFlag], { stdio: "ignore" }).error === undefined;
}

export const hasIcarus = hasTool("iverilog", "-V") && hasTool("vvp", "-V");

/** Title of tests that need Icarus Verilog; says what to install where it is absent. */
export function icarusTitle(title: string): string {
  return hasIcarus ? title : `${title} (found no iverilog and vvp: install the package iverilog)`;
}

/** What a run of the bench needs. Parameters are compiled in, registers and memories are given to the run. */
export interface BenchRun {
  readonly parameters: Readonly<Record<string, number>>;
  readonly registers: Readonly<Record<string, number>>;
  readonly memories: Readonly<Record<string, readonly (number | bigint)[]>>;
}

/**
 * Compile the bench and run it in a folder that is made.
 * @param rtlFiles sources of the chip; others than RTL_FILES for mutants.
 * @returns text of the VCD. @throws Error with what the tool said.
 */
export async function runBench(
  folder: string,
  { memories, parameters, registers }: BenchRun,
  rtlFiles: readonly string[] = RTL_FILES,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const program = join(folder, "bench.vvp");
  const lengths = Object.entries(memories).map(([name, words]) => [
    `${name.toUpperCase()}_LENGTH`,
    words.length,
  ]);
  const flags = [...Object.entries(parameters), ...lengths].map(
    ([name, value]) => `-Pbench.${name}=${value}`,
  );
  const sources = [...verilogFiles(BENCH_FOLDER), ...rtlFiles];
  await execute("iverilog", ["-g2005", "-s", "bench", ...flags, "-o", program, ...sources]);
  const plusargs = Object.entries(registers).map(([name, value]) => `+${name}=${value}`);
  for (const [name, words] of Object.entries(memories)) {
    const path = join(folder, `${name}.hex`);
    await writeFile(path, words.map(hexadecimal).join(""));
    plusargs.push(`+${name}=${path}`);
  }
  const vcd = join(folder, "rtl.vcd");
  await execute("vvp", ["-n", program, ...plusargs, `+vcd=${vcd}`]);
  return readFile(vcd, "utf8");
}

function hexadecimal(word: number | bigint): string {
  return `${BigInt.asUintN(64, BigInt(word)).toString(16)}\n`;
}

/** What the programs print is an error, but for the line that names the VCD. */
function execute(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const said = text.replace(/^VCD info: .*\n/gm, "");
      if (code === 0 && said === "") resolve();
      else reject(new Error(`${program} ended with code ${code}: ${said}`));
    });
  });
}
