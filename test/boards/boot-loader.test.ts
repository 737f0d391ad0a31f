import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { OUTCOMES } from "../../sim/flash/torn.ts";
import { moduleBytes } from "../firmware/support/test-board.ts";
import { GEOMETRIES } from "../tools/campaign-flash/geometries.ts";
import { PLANTED_BUGS } from "../tools/campaign-flash/planted-bugs.ts";
import { plantedBytes } from "../tools/campaign-flash/planted-module.ts";
import type { Script } from "./boot/script.ts";
import { countCalls, recordEveryCut, recordRefusals, recordSessions } from "./boot/sessions.ts";
import { boardTools } from "./support/board-tools.ts";
import { buildBootElf, buildBootObject } from "./support/boot-elf.ts";
import { runElf } from "./support/emulator.ts";

const BOOT = moduleBytes("boot.wasm");
const MODULE = new WebAssembly.Module(BOOT);
const CODE_BYTES_MAX = 6144;
/** Of the boot loader, and of the flash's model and SHA-256 below it. */
const STACK_BYTES_MAX = 1024;

/** Sessions of power: flashes, lives on each, sessions of each life. */
const LIVES = 10;
const SESSIONS = 14;

/** Ways of the boot loader that the sessions must have gone. */
const MET = [
  ...[
    "boot 1",
    "boot 2",
    "boot 3",
    "confirm 0",
    "confirm 38",
    "revert 0",
    "revert 38",
    "erase 0",
    "erase 35",
  ],
  ...["install_begin 0", "install_begin 14", "install_begin 34", "install_offer 0", "install_offer 32"],
  ...["install_offer 33", "install_write 0", "install_write 33", "install_write 40", "install_write 41"],
  ...["install_finish 0", "install_finish 15", "install_finish 33", "read_back 0", "read_back 35"],
  ...["boot cut", "confirm cut", "install_begin cut", "install_write cut", "install_finish cut"],
];
/** Manifests refused: for this many reasons at least. */
const REASONS = 8;

/** Output of a sound program for a script: nothing printed, exit code 0. */
function outputOf(wasm: Uint8Array, input: Uint8Array): Uint8Array {
  const { exitCode, text, output } = runElf(buildBootElf(wasm), input);
  expect({ exitCode, text }).toEqual({ exitCode: 0, text: "" });
  return output;
}

describe.skipIf(!boardTools())("the boot loader as machine code of a Cortex-M7", () => {
  it("needs its board, memmove and memset, and no more than 6 KiB", () => {
    const object = buildBootObject(BOOT);
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
  });

  it("does to the flash what it does in V8, in 2100 sessions of power with cuts at torn operations", () => {
    const sessions = recordSessions(MODULE, GEOMETRIES, LIVES, SESSIONS);
    expect(countCalls(sessions, /^boot /)).toBe(GEOMETRIES.length * LIVES * SESSIONS);
    expect(countCalls(sessions, / cut$/)).toBeGreaterThan(500);
    expect([...sessions.outcomes].sort()).toEqual([...OUTCOMES].sort());
    expect(MET.filter((name) => !sessions.codes.has(name))).toEqual([]);
    const reasons = [...sessions.codes.keys()].filter((name) => /^install_begin [1-9]/.test(name));
    expect(reasons.length).toBeGreaterThanOrEqual(REASONS);
    const { script } = sessions;
    const output = outputOf(BOOT, script.input);
    expect(script.difference(output)).toBeUndefined();
    const [stack] = script.measurements(output).flatMap(({ words }) => words);
    expect(stack).toBeLessThanOrEqual(STACK_BYTES_MAX);
  });

  it.each([3, 8])("and in an update with each operation ended in each of nine ways, on flash %i", (index) => {
    const sessions = recordEveryCut(MODULE, GEOMETRIES[index]!);
    expect(countCalls(sessions, / cut$/)).toBeGreaterThanOrEqual(200);
    expect([...sessions.outcomes].sort()).toEqual([...OUTCOMES].sort());
    const { script } = sessions;
    expect(script.difference(outputOf(BOOT, script.input))).toBeUndefined();
  });

  it("refuses the flashes that it refuses in V8", () => {
    const { script, codes } = recordRefusals(MODULE);
    expect([...codes.keys()].sort()).toEqual(["boot 4", "erase 33"]);
    expect(script.difference(outputOf(BOOT, script.input))).toBeUndefined();
  });
});

describe.skipIf(!boardTools())("the comparison can fail", () => {
  let script: Script;
  beforeAll(() => {
    ({ script } = recordSessions(MODULE, GEOMETRIES.slice(0, 2), LIVES, SESSIONS));
  });

  it("does not without a bug, however the boot loader was compiled", async () => {
    const { file, find } = PLANTED_BUGS[0]!;
    const wasm = await plantedBytes({ id: "none", title: "no bug", file, find, replace: find });
    expect(wasm).not.toEqual(BOOT);
    expect(script.difference(outputOf(wasm, script.input))).toBeUndefined();
  });

  it.each(["confirm-wrong-slot", "skip-doubtful"])("does with %s", async (id) => {
    const wasm = await plantedBytes(PLANTED_BUGS.find((bug) => bug.id === id)!);
    expect(script.difference(outputOf(wasm, script.input))).toBeDefined();
  });
});
