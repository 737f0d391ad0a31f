import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { BOOT_MEMORY_PAGES } from "../../hw-profiles/interface/flash.ts";
import { boardTools } from "./support/board-tools.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cqd-boot-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where the primitives that wasm2c 1.0.32 writes end and the module begins: wasm-rt.h has ours. */
const BODY_STARTS = "static bool s_module_initialized = false;";
const SOURCE = '#include "wasm-rt.h"\n#include "boot.h"\n#include "body.inc"\n';
const CODE_BYTES_MAX = 6144;

/** The boot loader as machine code of a Cortex-M7 without its floating-point unit. @returns the object file */
function compile(): string {
  execFileSync("wasm2c", [`${root}build/boot.wasm`, "-n", "boot", "-o", `${folder}/boot.c`]);
  const text = readFileSync(`${folder}/boot.c`, "utf8");
  writeFileSync(`${folder}/body.inc`, text.slice(text.indexOf(BODY_STARTS)));
  writeFileSync(`${folder}/module.c`, SOURCE);
  const include = [`-I${root}firmware/boards/mps2-an500`, `-I${folder}`];
  const target = ["-mcpu=cortex-m7", "-mthumb", "-mfloat-abi=soft", "-Os"];
  const pages = `-DMEMORY_PAGES=${BOOT_MEMORY_PAGES}`;
  const output = `${folder}/boot.o`;
  execFileSync("arm-none-eabi-gcc", ["-c", ...target, pages, ...include, `${folder}/module.c`, "-o", output]);
  return output;
}

it.skipIf(!boardTools())(
  "the boot loader is machine code of a Cortex-M7: what it needs, and its size",
  () => {
    const object = compile();
    const names = execFileSync("arm-none-eabi-nm", ["-u", object], { encoding: "utf8" });
    expect(names.match(/\w+$/gm)?.filter((name) => name !== "U")).toEqual([
      "Z_cryptoZ_hash_begin",
      "Z_cryptoZ_hash_end",
      "Z_cryptoZ_hash_update",
      "Z_cryptoZ_verify",
      "Z_flashZ_erase",
      "Z_flashZ_program",
      "Z_flashZ_read",
      "Z_runZ_admit",
      "Z_runZ_trial",
      "memmove",
      "memset",
      "module_memory",
      "stop",
    ]);
    const sizes = execFileSync("arm-none-eabi-size", [object], { encoding: "utf8" });
    const [code, data] = sizes.split("\n")[1]!.trim().split(/\s+/).map(Number);
    expect(code).toBeLessThanOrEqual(CODE_BYTES_MAX);
    expect(data).toBe(0);
  },
);
