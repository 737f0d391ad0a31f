import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as Flash from "../../../hw-profiles/interface/flash.ts";

const bytes = readFileSync(fileURLToPath(new URL("../../../build/boot.wasm", import.meta.url)));
const module = new WebAssembly.Module(bytes);

describe("boot.wasm", () => {
  it("imports the flash, the ROM and the trial of its board, nothing else", () => {
    const imports = WebAssembly.Module.imports(module).map((each) => `${each.module}.${each.name}`);
    expect(imports.sort()).toEqual([
      "crypto.hash_begin",
      "crypto.hash_end",
      "crypto.hash_update",
      "crypto.verify",
      "flash.erase",
      "flash.program",
      "flash.read",
      "run.admit",
      "run.trial",
    ]);
  });

  it("exports its calls and its memory, no global", () => {
    const exports = WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`);
    expect(exports.sort()).toEqual([
      "function boot",
      "function confirm",
      "function erase",
      "function install_begin",
      "function install_finish",
      "function install_offer",
      "function install_write",
      "function read_back",
      "function revert",
      "memory memory",
    ]);
  });

  it("has no globals and no data: state is in the flash, and the memory is zero after a reset", () => {
    expect(sections(bytes)).not.toContain(GLOBAL_SECTION);
    expect(sections(bytes)).not.toContain(DATA_SECTION);
    expect(sections(bytes)).not.toContain(START_SECTION);
  });

  it("is small", () => {
    expect(bytes.length).toBeLessThanOrEqual(8192);
  });

  it("has the memory that the contract says", () => {
    const imports = { flash: {}, crypto: {}, run: {} } as Record<string, Record<string, unknown>>;
    for (const each of WebAssembly.Module.imports(module)) imports[each.module]![each.name] = () => 0;
    const { memory } = new WebAssembly.Instance(module, imports).exports as { memory: WebAssembly.Memory };
    expect(memory.buffer.byteLength).toBe(Flash.BOOT_MEMORY_PAGES * 65536);
  });
});

const GLOBAL_SECTION = 6;
const START_SECTION = 8;
const DATA_SECTION = 11;

/** Ids of the sections of a module. */
function sections(wasm: Uint8Array): number[] {
  const ids: number[] = [];
  let at = 8;
  while (at < wasm.length) {
    ids.push(wasm[at++]!);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++]!;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += length;
  }
  return ids;
}
