import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { aged, ERASED_PAGE, leftBetween, PAGE_BYTES } from "../../../sim/flash/page.ts";
import { BOARD, COMMON_FLAGS, programOf } from "./program.ts";
import { writeModule } from "./wasm2c.ts";

const FLAGS = [...COMMON_FLAGS, `-DMEMORY_PAGES=${Flash.BOOT_MEMORY_PAGES}`];
/** The boot loader as it ships: small, and without the floating-point unit. */
const LOADER_FLAGS = [...FLAGS, "-mfloat-abi=soft", "-Os"];
const BOARD_FLAGS = [...FLAGS, "-mfpu=fpv5-d16", "-mfloat-abi=softfp", "-O3"];

const OWN = ["boot-board.c", "boot-replay.c", "doubts.c", "nor-flash.c", "sha256.c"].map(
  (file) => `boot/${file}`,
);
const SHARED = ["script.c", "semihosting.c", "start.c"];

/** The age from which on sim/flash keeps a doubt as it is. */
function oldestDoubt(): number {
  const torn = leftBetween(ERASED_PAGE, new Uint8Array(PAGE_BYTES), "fading");
  for (let age = 0, page = torn; ; age++) {
    const next = aged(page);
    if (next === page) return age;
    page = next;
  }
}

/** The numbers of the contract, and of the flash's model, as C has them. */
function contract(): string {
  const all: readonly (readonly [string, unknown])[] = [
    ...Object.entries(Flash),
    ...Object.entries(Image),
    ["DOUBT_AGE_MAX", oldestDoubt()],
  ];
  const lines = all.flatMap(([name, value]) =>
    typeof value === "number" ? [`#define ${name} 0x${(value >>> 0).toString(16)}u`] : [],
  );
  return lines.join("\n");
}

function gcc(args: readonly string[]): void {
  execFileSync("arm-none-eabi-gcc", args, { stdio: "pipe" });
}

function compileLoader(wasm: Uint8Array, folder: string, object: string, more: readonly string[] = []): void {
  writeModule(wasm, "boot", folder);
  // The generated code as a system header: its warnings are not ours.
  const paths = [`-I${BOARD}`, "-isystem", folder];
  gcc(["-c", ...LOADER_FLAGS, ...more, ...paths, `${BOARD}boot/boot-module.c`, "-o", object]);
}

/** gcc's graph of the boot loader's calls, with the bytes of every frame. */
export function bootCallGraph(wasm: Uint8Array): string {
  const file = programOf(wasm, ["calls", ...LOADER_FLAGS].join(" "), (folder, made) => {
    compileLoader(wasm, folder, `${folder}/loader.o`, ["-fcallgraph-info=su"]);
    renameSync(`${folder}/loader.ci`, made);
  });
  return readFileSync(file, "utf8");
}

/** The boot loader alone, as machine code. @returns the path of the object file */
export function buildBootObject(wasm: Uint8Array): string {
  return programOf(wasm, LOADER_FLAGS.join(" "), (folder, object) => compileLoader(wasm, folder, object));
}

/** The boot loader on its board, with flash and ROM. @returns the path of the ELF file */
export function buildBootElf(wasm: Uint8Array): string {
  const header = contract();
  const key = [...LOADER_FLAGS, ...BOARD_FLAGS, header].join(" ");
  return programOf(wasm, key, (folder, elf) => {
    const object = `${folder}/loader.o`;
    compileLoader(wasm, folder, object);
    writeFileSync(`${folder}/contract.h`, header);
    const paths = [`-I${BOARD}`, `-I${folder}`, "-T", `${BOARD}an500.ld`];
    const sources = [...OWN, ...SHARED].map((file) => BOARD + file);
    gcc([...BOARD_FLAGS, ...paths, "-nostartfiles", ...sources, object, "-o", elf]);
  });
}
