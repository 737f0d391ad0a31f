import { expect, test } from "vitest";
import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import {
  STATUS_BAD_STATE,
  STATUS_MORE,
  STATUS_NO_MEMORY,
  STATUS_OK,
  STATUS_TRAP,
} from "../../../hw-profiles/interface/status.ts";
import { FirmwareError } from "../../../sim/board/firmware-error.ts";
import { FirmwareHost } from "../../../sim/board/firmware-host.ts";
import { readArtefact } from "../../../sim/pool/artefacts.ts";
import { type TinyModule, tinyModule } from "./tiny-module.ts";

test("a module that keeps the contract is accepted", () => {
  expect(() => new FirmwareHost(tinyModule(), "tiny.wasm")).not.toThrow();
  expect(() => new FirmwareHost(readArtefact("readout.wasm"), "readout.wasm")).not.toThrow();
  expect(() => new FirmwareHost(readArtefact("readout-scalar.wasm"), "readout-scalar.wasm")).not.toThrow();
});

const wrong: [string, TinyModule, RegExp][] = [
  ["ABI version", { abi: 7 }, /found ABI version 7, expected ABI version 3/],
  ["imports", { withImport: true }, /found imports of env\.abort, expected no imports/],
  ["missing function", { missing: "resume" }, /found no export "resume", expected a function "resume"/],
  ["missing memory", { missing: "memory" }, /found no export "memory", expected a memory/],
  ["kind", { memoryInstead: "configure" }, /found export "configure" of kind memory, expected a function/],
  ["growing memory", { maxPages: 10 }, /found a memory of 3 to 10 pages, expected exactly 3/],
  ["unlimited memory", { maxPages: undefined }, /3 to unlimited pages/],
  ["start function", { withStart: true }, /found a start function, expected none/],
  ["more pages", { minPages: 200, maxPages: 200 }, /200 to 200 pages/],
];

test.each(wrong)("refused by name: %s", (_, options, message) => {
  const open = () => new FirmwareHost(tinyModule(options), "my.wasm");
  expect(open).toThrow(FirmwareError);
  expect(open).toThrow(message);
  expect(open).toThrow(/^readout firmware my\.wasm: found .*, expected .*; .*build/);
});

test("files that are no module are refused", () => {
  const host = (bytes: number[]) => () => new FirmwareHost(Uint8Array.from(bytes), "x");
  expect(host([])).toThrow(/found an empty file/);
  expect(host([0x7f, 0x45, 0x4c, 0x46, 2])).toThrow(
    /starts with 7f 45 4c 46 02, expected a WebAssembly module/,
  );
  expect(host([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99, 1, 0])).toThrow(/does not validate/);
  expect(host([...tinyModule().subarray(0, 60)])).toThrow(/does not validate/);
});

const MAX_REPORTS = 30;
const FRAME = { frame: 0, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0 };

/** A parameter block of which only the size of the lines matters. */
function parameters(): Uint8Array {
  const block = new Uint8Array(Memory.PARAM_BYTES);
  new DataView(block.buffer).setUint32(Memory.PARAM_WIDTH, 64, true);
  new DataView(block.buffer).setUint32(Memory.PARAM_GATES, 32, true);
  return block;
}

function runTiny(options: TinyModule): { configured: number; status: number; sent: number } {
  const host = new FirmwareHost(tinyModule(options), "tiny.wasm");
  const configured = host.configure(parameters());
  let sent = 0;
  const status = host.runFrame(
    FRAME,
    1,
    MAX_REPORTS,
    () => undefined,
    () => {
      sent++;
    },
  );
  return { configured, status, sent };
}

test("a trap is a status, and the next configure() starts a fresh instance that goes on counting", () => {
  const host = new FirmwareHost(tinyModule({ traps: "process_line" }), "traps.wasm");
  expect(host.configure(parameters())).toBe(STATUS_OK);
  host.sequence = 41;
  const memory = host.memory;
  expect(
    host.runFrame(
      FRAME,
      1,
      MAX_REPORTS,
      () => undefined,
      () => undefined,
    ),
  ).toBe(STATUS_TRAP);
  expect(host.configure(parameters())).toBe(STATUS_OK);
  expect(host.memory).not.toBe(memory);
  expect(host.sequence).toBe(41);
});

test.each([
  ["outside of the memory", [0x2f800, 0x4000, 0x5000, 0x6000, 0x8000, 4]],
  ["over the contract's blocks", [0, 0x4000, 0x5000, 0x6000, 0x8000, 4]],
  ["at an odd address", [0x2001, 0x4000, 0x5000, 0x6000, 0x8000, 4]],
  ["without room for a report", [0x2000, 0x4000, 0x5000, 0x6000, 0x8000, 0]],
])("a layout %s is refused", (_, layout) => {
  expect(runTiny({ layout }).configured).toBe(STATUS_NO_MEMORY);
});

test("a module that claims reports beyond its area, or more without any, is stopped", () => {
  expect(runTiny({ reportCount: 4 })).toEqual({ configured: STATUS_OK, status: STATUS_OK, sent: 12 });
  expect(runTiny({ reportCount: 5 })).toEqual({ configured: STATUS_OK, status: STATUS_BAD_STATE, sent: 0 });
  expect(runTiny({ status: STATUS_MORE }).status).toBe(STATUS_BAD_STATE);
  expect(runTiny({ status: STATUS_MORE, reportCount: 4 })).toMatchObject({
    status: STATUS_BAD_STATE,
    sent: 28,
  });
  expect(runTiny({ status: 77 }).status).toBe(77);
});
