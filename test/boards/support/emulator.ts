import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";

const MACHINE = ["-M", "mps2-an500", "-display", "none", "-monitor", "none", "-serial", "none"];
const SEMIHOSTING = ["-semihosting-config", "enable=on,target=native"];
/** Ends what hangs, and nothing else: less than a test may take. */
const LIMIT_MS = 230_000;

export interface Run {
  readonly exitCode: number | null;
  /** What the program printed. */
  readonly text: string;
  /** output.bin. */
  readonly output: Uint8Array;
}

/** Runs an ELF file on the emulated board with this input.bin. `counted`: one instruction is one ns of its clock. */
export function runElf(elf: string, input: Uint8Array, counted = false): Run {
  const folder = mkdtempSync(`${tmpdir()}/cqd-cortex-m7-`);
  try {
    writeFileSync(`${folder}/input.bin`, input);
    const counting = counted ? ["-icount", "shift=0"] : [];
    const args = [...MACHINE, ...SEMIHOSTING, ...counting, "-kernel", elf];
    const { status, stdout, stderr, error } = spawnSync("qemu-system-arm", args, {
      cwd: folder,
      timeout: LIMIT_MS,
      encoding: "utf8",
    });
    if (error) throw new Error(`qemu-system-arm did not run to its end: ${error.message}`);
    const file = `${folder}/output.bin`;
    const output = existsSync(file) ? new Uint8Array(readFileSync(file)) : new Uint8Array();
    return { exitCode: status, text: stdout + stderr, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
