import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/**
 * As fast as this machine can, in lanes of 128 bits like WebAssembly's, and to the same bits: no fused multiply-add. What the
 * last two give up is errno and floating-point exceptions, which nobody reads; without them sqrtf and divisions stay scalar.
 */
const OPTIONS = [
  "-std=gnu17",
  "-O3",
  "-march=native",
  "-mprefer-vector-width=128",
  "-mmove-max=128",
  "-mstore-max=128",
  "-ffp-contract=off",
  "-fno-math-errno",
  "-fno-trapping-math",
];

export function hasCompiler(): boolean {
  return spawnSync("gcc", ["--version"]).status === 0;
}

/**
 * Compiles the C twins. Returns the path of the program, which removeNative() takes away again.
 * @throws Error when gcc is missing or refuses.
 */
export function buildNative(): string {
  const scratch = mkdtempSync(join(tmpdir(), "cqd-native-"));
  const program = join(scratch, "native");
  const sources = readdirSync(folder).filter((file) => file.endsWith(".c"));
  try {
    execFileSync("gcc", [...OPTIONS, "-o", program, ...sources, "-lm"], { cwd: folder, stdio: "pipe" });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(`found no program from the C twins (${detail}), expected gcc to build them; install gcc`);
  }
  return program;
}

/** Takes away what buildNative() made; a program that runs may go on. */
export function removeNative(program: string): void {
  rmSync(dirname(program), { recursive: true });
}
