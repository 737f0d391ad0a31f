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

/** A module whose function `f` stores a vector constant at the start of its memory. */
function vectorModule(lanes: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Int32Array.from(lanes).buffer);
  const code = [0, 0x41, 0, 0xfd, 12, ...bytes, 0xfd, 11, 4, 0, 0x0b];
  return Uint8Array.from([...HEAD, ...ACTION, 0x0a, code.length + 2, 1, code.length, ...code]);
}

/** Type, function, memory and exports of a module with an action `f` and a memory `m`. */
const ACTION = [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 9, 2, 1, 0x66, 0, 0, 1, 0x6d, 2, 0];

function memoryOfAction(module: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module));
  (exports["f"] as () => void)();
  return (exports["m"] as WebAssembly.Memory).buffer;
}

const vectorOf = (module: Uint8Array<ArrayBuffer>): number[] => [
  ...new Int32Array(memoryOfAction(module), 0, 4),
];

const memoryOf = (module: Uint8Array<ArrayBuffer>): number[] => [
  ...new Uint8Array(memoryOfAction(module), 0, 256),
];

/** A module with data at addresses below 64, their count, and a function of so many bytes. */
function dataModule(
  segments: readonly { readonly address: number; readonly bytes: readonly number[] }[],
  code: readonly number[] = [0, 0x0b],
): Uint8Array<ArrayBuffer> {
  const data = segments.flatMap(({ address, bytes }) => [0, 0x41, address, 0x0b, bytes.length, ...bytes]);
  const count = [12, 1, segments.length];
  const section = [0x0a, code.length + 2, 1, code.length, ...code];
  return Uint8Array.from([
    ...HEAD,
    ...ACTION,
    ...count,
    ...section,
    11,
    data.length + 1,
    segments.length,
    ...data,
  ]);
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

  it.each([
    ["zeros", [0, 0, 0, 0], 14],
    ["whole floats", [0x4000_0000, 0x4000_0000, 0x4000_0000, 0x4000_0000], 13],
    ["a float that is not whole", [0x3f80_0001, 0x3f80_0001, 0x3f80_0001, 0x3f80_0001], 11],
    ["a signalling NaN", [0x7f80_0001, 0x7f80_0001, 0x7f80_0001, 0x7f80_0001], 11],
    ["negative integers", [-4, -4, -4, -4], 14],
    ["the least integer", [-(2 ** 31), -(2 ** 31), -(2 ** 31), -(2 ** 31)], 10],
    ["unequal lanes", [1, 1, 1, 2], 0],
  ])("keep vectors of %s", (_, lanes, saved) => {
    const module = vectorModule(lanes);
    const shorter = compact(module);
    expect(vectorOf(shorter)).toEqual(lanes);
    expect(module.length - shorter.length).toBe(saved);
  });

  it("join data segments that lie close, and keep what is in memory", () => {
    const segments = [16, 18, 23, 50, 57].map((address) => ({ address, bytes: [address, 255] }));
    const module = dataModule(segments);
    const shorter = compact(module);
    expect(memoryOf(shorter)).toEqual(memoryOf(module));
    expect(memoryOf(module).filter((byte) => byte !== 0).length).toBe(10);
    // 16, 18, 23 become one; 50 and 57 stay two: five zeros apart, they would be no shorter. The count goes too.
    expect(module.length - shorter.length).toBe(2 * 5 - 3 + 3);
    expect(compact(shorter)).toEqual(shorter);
  });

  it("leave data segments that overlap, in their order", () => {
    const module = dataModule([
      { address: 20, bytes: [1, 2, 3, 4] },
      { address: 18, bytes: [9, 9, 9] },
    ]);
    expect(memoryOf(compact(module))).toEqual(memoryOf(module));
  });

  it("leave data segments that an instruction names", () => {
    const drop = [0, 0xfc, 9, 1, 0x0b];
    const module = dataModule(
      [
        { address: 16, bytes: [1] },
        { address: 18, bytes: [2] },
      ],
      drop,
    );
    expect(compact(module)).toEqual(module);
  });

  it.each(["readout.wasm", "readout-scalar.wasm", "stages.wasm", "stages-scalar.wasm"])(
    "%s of build/ is one already",
    (name) => {
      const module = moduleBytes(name);
      expect(Buffer.from(compact(module)).equals(module)).toBe(true);
    },
  );
});
