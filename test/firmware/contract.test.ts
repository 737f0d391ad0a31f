import { describe, expect, it } from "vitest";
import { ABI_VERSION, MEMORY_PAGES } from "../../hw-profiles/interface/abi.ts";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import { encodeParameters, INAS_PARAMETERS } from "./support/parameter-block.ts";
import { moduleBytes, TestBoard } from "./support/test-board.ts";

const EXPORTS = [
  "abi_version",
  "begin_frame",
  "configure",
  "contract_offsets",
  "end_frame",
  "memory",
  "process_line",
  "resume",
];

/** Names in memory-map.ts that are not fields: addresses and sizes of the blocks. */
const NOT_A_FIELD = /^(PARAM|FRAME|LAYOUT|STATUS)_(BLOCK|BYTES|BLOCK_BYTES)$/;

/** Field offsets of one block, rising. */
function offsets(prefix: string): number[] {
  return Object.entries(Blocks)
    .filter(([name]) => name.startsWith(prefix) && !NOT_A_FIELD.test(name))
    .map(([, offset]) => offset)
    .sort((a, b) => a - b);
}

/** The limits of the module's one memory, from its memory section (id 5). */
function memoryLimits(bytes: Uint8Array): { readonly minimum: number; readonly maximum: number | undefined } {
  let at = 8;
  const leb = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const id = bytes[at++]!;
    const end = leb() + at;
    if (id === 5) {
      expect(leb()).toBe(1);
      const hasMaximum = leb() === 1;
      return { minimum: leb(), maximum: hasMaximum ? leb() : undefined };
    }
    at = end;
  }
  throw new Error("module has no memory section");
}

describe.each(["readout.wasm", "readout-scalar.wasm", "readout-scalar-lidar.wasm"])(
  "%s keeps the contract",
  (name) => {
    const module = new WebAssembly.Module(moduleBytes(name));

    it("exports exactly the ABI and imports nothing", () => {
      expect(WebAssembly.Module.imports(module)).toEqual([]);
      expect(
        WebAssembly.Module.exports(module)
          .map((entry) => entry.name)
          .sort(),
      ).toEqual(EXPORTS);
    });

    it("has a fixed memory of the agreed size", () => {
      expect(memoryLimits(moduleBytes(name))).toEqual({ minimum: MEMORY_PAGES, maximum: MEMORY_PAGES });
    });

    it("says its ABI version", () => {
      expect(new TestBoard(name).exports.abi_version()).toBe(ABI_VERSION);
    });

    it("lays its structs out as memory-map.ts says", () => {
      const board = new TestBoard(name);
      const expected = ["PARAM_", "FRAME_", "LAYOUT_", "STATUS_"].flatMap(offsets);
      const view = new DataView(board.exports.memory.buffer, board.exports.contract_offsets());
      expect(expected.length).toBe(59 + 5 + 8 + 4);
      expect(expected.map((_, i) => view.getUint16(2 * i, true))).toEqual(expected);
    });

    it("uses less than 64 KiB for 320 columns of 32 gates", () => {
      const board = new TestBoard(name);
      board.configure(encodeParameters({ ...INAS_PARAMETERS, width: 320, height: 240 }));
      expect(board.layout(Blocks.LAYOUT_USED_BYTES)).toBeLessThanOrEqual(65536);
    });

    it("holds 640 columns of 32 gates", () => {
      const board = new TestBoard(name);
      expect(board.configure(encodeParameters({ ...INAS_PARAMETERS, width: 640, height: 512 }))).toBe(0);
    });
  },
);
