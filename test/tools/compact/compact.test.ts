import { describe, expect, it } from "vitest";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import { compact } from "./compact.ts";

const HEAD = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module of one function that returns a constant. */
function constantModule(type: "f32" | "f64", value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(8));
  if (type === "f32") view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  const bytes = [...new Uint8Array(view.buffer, 0, type === "f32" ? 4 : 8)];
  const code = [0, type === "f32" ? 0x43 : 0x44, ...bytes, 0x0b];
  const types = [0x01, 5, 1, 0x60, 0, 1, type === "f32" ? 0x7d : 0x7c];
  const section = [0x0a, code.length + 2, 1, code.length, ...code];
  return Uint8Array.from([...HEAD, ...types, 0x03, 2, 1, 0, 0x07, 5, 1, 1, 0x66, 0, 0, ...section]);
}

function constantOf(module: Uint8Array<ArrayBuffer>): number {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module));
  return (exports["f"] as () => number)();
}

const VALUES = [
  0,
  -0,
  1,
  -1,
  63,
  64,
  -64,
  -65,
  8191,
  8192,
  2 ** 20 - 1,
  2 ** 20,
  -(2 ** 20),
  0.5,
  1.5,
  0.1,
  1e300,
];

describe("compacted modules", () => {
  it.each(VALUES)("keep the constant %d, and none grows", (value) => {
    for (const type of ["f32", "f64"] as const) {
      const module = constantModule(type, value);
      const shorter = compact(module);
      expect(Object.is(constantOf(shorter), constantOf(module))).toBe(true);
      expect(shorter.length).toBeLessThanOrEqual(module.length);
    }
  });

  it("have whole f64 constants in three bytes", () => {
    expect(compact(constantModule("f64", 1)).length).toBe(constantModule("f64", 1).length - 6);
  });

  it.each(["readout.wasm", "readout-scalar.wasm", "stages.wasm", "stages-scalar.wasm"])(
    "%s of build/ is one already",
    (name) => {
      const module = moduleBytes(name);
      expect(Buffer.from(compact(module)).equals(module)).toBe(true);
    },
  );
});
