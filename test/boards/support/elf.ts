import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { fileURLToPath } from "node:url";
import { MEMORY_PAGES } from "../../../hw-profiles/interface/abi.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const board = `${root}firmware/boards/mps2-an500/`;
const outputs = `${root}test-output/cortex-m7/`;

/** Where the primitives that wasm2c 1.0.32 writes end and the module begins. */
const BODY_STARTS = "static bool s_module_initialized = false;";

/** Cortex-M7 with double precision, as QEMU's mps2-an500 has it. No contraction: a fused multiply-add rounds once less. */
const FLAGS = [
  "-mcpu=cortex-m7",
  "-mthumb",
  "-mfpu=fpv5-d16",
  "-mfloat-abi=hard",
  "-std=gnu11",
  "-O3",
  "-funroll-loops",
  "-fno-math-errno",
  "-fno-trapping-math",
  "-Wall",
  "-Wextra",
  "-Werror",
  `-DMEMORY_PAGES=${MEMORY_PAGES}`,
  "-nostartfiles",
];

export interface ElfOptions {
  /** A scalar module. */
  readonly wasm: Uint8Array;
  /** False leaves -ffp-contract=off away: gcc then fuses multiplications and additions. */
  readonly exact: boolean;
}

/** wasm2c's C of a module, its own primitives cut off: wasm-rt.h has ours. */
function writeModule(wasm: Uint8Array, folder: string): void {
  writeFileSync(`${folder}/readout.wasm`, wasm);
  execFileSync("wasm2c", [`${folder}/readout.wasm`, "-n", "readout", "-o", `${folder}/readout.c`]);
  const text = readFileSync(`${folder}/readout.c`, "utf8");
  const start = text.indexOf(BODY_STARTS);
  if (start < 0) {
    throw new Error(
      `found no line "${BODY_STARTS}" in the output of wasm2c, expected that of version 1.0.32: install wabt 1.0.32`,
    );
  }
  writeFileSync(`${folder}/readout-body.inc`, text.slice(start));
  writeFileSync(`${folder}/calls.inc`, callsOf(readFileSync(`${folder}/readout.h`, "utf8")).join("\n"));
}

/** Cases of a switch that call the module's functions, from wasm2c's header: in the order of its exports. */
function callsOf(header: string): readonly string[] {
  const functions = header.matchAll(/^(u32|void) (Z_readoutZ_\w+)\(Z_readout_instance_t\*(, u32)?\);$/gm);
  return [...functions].map(([, result, name, argument], number) => {
    const call = `${name}(&readout${argument === undefined ? "" : ", argument"});`;
    return `case ${number}: ${result === "u32" ? `return ${call}` : `${call} return 0;`}`;
  });
}

/** Compiles a scalar module for the board; the same inputs are compiled once. Returns the path of the ELF file. */
export function buildElf({ wasm, exact }: ElfOptions): string {
  const sources = ["module.c", "replay.c", "semihosting.c", "start.c"].map((file) => board + file);
  const flags = exact ? [...FLAGS, "-ffp-contract=off"] : FLAGS;
  const hash = createHash("sha256").update(flags.join(" ")).update(wasm);
  for (const file of readdirSync(board).sort()) hash.update(readFileSync(board + file));
  const elf = `${outputs}${hash.digest("hex").slice(0, 16)}.elf`;
  if (existsSync(elf)) return elf;
  mkdirSync(outputs, { recursive: true });
  const folder = mkdtempSync(`${outputs}build-`);
  try {
    writeModule(wasm, folder);
    const made = `${folder}/readout.elf`;
    // The generated code as a system header: its warnings are not ours.
    const paths = [`-I${board}`, "-isystem", folder, "-T", `${board}an500.ld`];
    execFileSync("arm-none-eabi-gcc", [...flags, ...paths, ...sources, "-o", made], { stdio: "pipe" });
    renameSync(made, elf);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return elf;
}
