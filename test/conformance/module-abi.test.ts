import { describe, expect, it } from "vitest";
import { readModule } from "../../hw-profiles/admission/read-module.ts";
import { ABI_VERSION, MAX_GATES, MEMORY_BASE, MEMORY_PAGES } from "../../hw-profiles/interface/abi.ts";
import * as Memory from "../../hw-profiles/interface/memory-map.ts";
import * as Built from "./readout-module.ts";

const FUNCTIONS = [
  "abi_version",
  "begin_frame",
  "configure",
  "contract_offsets",
  "end_frame",
  "process_line",
  "resume",
];
/** The contract's offsets of one block, by rising offset, without addresses and sizes. */
function offsets(prefix: string, leftOut: readonly string[]): number[] {
  return Object.entries(Memory)
    .filter(([name]) => name.startsWith(prefix) && !leftOut.includes(name))
    .map(([, offset]) => offset)
    .sort((a, b) => a - b);
}

const contract = [
  ...offsets("PARAM_", ["PARAM_BLOCK", "PARAM_BYTES"]),
  ...offsets("FRAME_", ["FRAME_BLOCK", "FRAME_BYTES"]),
  ...offsets("LAYOUT_", ["LAYOUT_BLOCK", "LAYOUT_BYTES"]),
  ...offsets("STATUS_", ["STATUS_BLOCK", "STATUS_BLOCK_BYTES"]),
];

describe.each(Built.READOUT_MODULES)("%s", (name) => {
  const bytes = Built.readModule(name);
  const module = new WebAssembly.Module(bytes);

  it("imports nothing and exports the ABI, nothing else", () => {
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    const found = WebAssembly.Module.exports(module).map((entry) => `${entry.kind} ${entry.name}`);
    expect(found.sort()).toEqual([...FUNCTIONS.map((fn) => `function ${fn}`), "memory memory"].sort());
  });

  it("has a fixed memory and no start function", () => {
    const { memory } = new WebAssembly.Instance(module).exports;
    if (!(memory instanceof WebAssembly.Memory)) throw new Error("found no exported memory");
    expect(memory.buffer.byteLength).toBe(MEMORY_PAGES * 65_536);
    const { memories, start } = readModule(bytes);
    expect(memories).toMatchObject([{ minimum: MEMORY_PAGES, maximum: MEMORY_PAGES }]);
    expect(start).toBeUndefined();
  });

  it("says the ABI version of the contract", () => {
    const { abi_version } = new WebAssembly.Instance(module).exports;
    expect((abi_version as () => number)()).toBe(ABI_VERSION);
  });

  it("has the struct offsets of the contract", () => {
    const { memory, contract_offsets } = new WebAssembly.Instance(module).exports;
    const table = (contract_offsets as () => number)();
    const words = new Uint16Array((memory as WebAssembly.Memory).buffer, table, contract.length);
    expect([...words]).toEqual(contract);
  });
});

it("the blocks of the memory map do not overlap and end below the module's static data", () => {
  expect(Memory.PARAM_GATE_DELAYS_NS + 4 * MAX_GATES).toBe(Memory.PARAM_GATE_WIDTHS_NS);
  expect(Memory.PARAM_GATE_WIDTHS_NS + 4 * MAX_GATES).toBe(Memory.PARAM_MODE);
  expect(Memory.PARAM_FLICKER_RATIO + 4).toBeLessThanOrEqual(Memory.PARAM_BYTES);
  expect(Memory.PARAM_BLOCK + Memory.PARAM_BYTES).toBeLessThanOrEqual(Memory.FRAME_BLOCK);
  expect(Memory.FRAME_BLOCK + Memory.FRAME_BYTES).toBeLessThanOrEqual(Memory.LAYOUT_BLOCK);
  expect(Memory.LAYOUT_BLOCK + Memory.LAYOUT_BYTES).toBeLessThanOrEqual(Memory.STATUS_BLOCK);
  expect(Memory.STATUS_BLOCK + Memory.STATUS_BLOCK_BYTES).toBeLessThanOrEqual(MEMORY_BASE);
});
