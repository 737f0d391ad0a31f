import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const outputs = `${root}test-output/cortex-m7/`;

/** Sources of the programs. */
export const BOARD = `${root}firmware/boards/mps2-an500/`;

/** What all files of all programs are compiled with, for QEMU's mps2-an500. */
export const COMMON_FLAGS = ["-mcpu=cortex-m7", "-mthumb", "-std=gnu11", "-Wall", "-Wextra", "-Werror"];

function hashSources(hash: ReturnType<typeof createHash>, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) hashSources(hash, `${path}/`);
    else hash.update(entry.name).update(readFileSync(path));
  }
}

/**
 * Makes a program, or finds that of the same inputs: sources of the board, module, key.
 * @param make writes the ELF file, in a folder of its own. @returns the path of the ELF file
 */
export function programOf(
  wasm: Uint8Array,
  key: string,
  make: (folder: string, elf: string) => void,
): string {
  const hash = createHash("sha256").update(key).update(wasm);
  hashSources(hash, BOARD);
  const elf = `${outputs}${hash.digest("hex").slice(0, 16)}.elf`;
  if (existsSync(elf)) return elf;
  mkdirSync(outputs, { recursive: true });
  const folder = mkdtempSync(`${outputs}build-`);
  try {
    make(folder, `${folder}/made.elf`);
    renameSync(`${folder}/made.elf`, elf);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return elf;
}
