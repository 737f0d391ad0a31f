import { execFileSync } from "node:child_process";
import { MEMORY_PAGES } from "../../../hw-profiles/interface/abi.ts";
import { BOARD, COMMON_FLAGS, programOf } from "./program.ts";
import { writeModule } from "./wasm2c.ts";

/** Cortex-M7 with double precision, as QEMU's mps2-an500 has it. No contraction: a fused multiply-add rounds once less. */
const FLAGS = [
  ...COMMON_FLAGS,
  "-mfpu=fpv5-d16",
  "-mfloat-abi=hard",
  "-O3",
  "-funroll-loops",
  "-fno-math-errno",
  "-fno-trapping-math",
  `-DMEMORY_PAGES=${MEMORY_PAGES}`,
  "-nostartfiles",
];

const SOURCES = ["module.c", "replay.c", "script.c", "semihosting.c", "start.c"];

export interface ElfOptions {
  /** A scalar module. */
  readonly wasm: Uint8Array;
  /** False leaves -ffp-contract=off away: gcc then fuses multiplications and additions. */
  readonly exact: boolean;
}

/** Compiles a scalar module for the board; the same inputs are compiled once. Returns the path of the ELF file. */
export function buildElf({ wasm, exact }: ElfOptions): string {
  const flags = exact ? [...FLAGS, "-ffp-contract=off"] : FLAGS;
  return programOf(wasm, flags.join(" "), (folder, elf) => {
    writeModule(wasm, "readout", folder);
    // The generated code as a system header: its warnings are not ours.
    const paths = [`-I${BOARD}`, "-isystem", folder, "-T", `${BOARD}an500.ld`];
    const sources = SOURCES.map((file) => BOARD + file);
    execFileSync("arm-none-eabi-gcc", [...flags, ...paths, ...sources, "-o", elf], { stdio: "pipe" });
  });
}
