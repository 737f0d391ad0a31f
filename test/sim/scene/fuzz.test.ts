import fc from "fast-check";
import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { cloudImage } from "../../../sim/scene/depth/open-pcd.ts";
import { parseIntrinsics } from "../../../sim/scene/depth/read-intrinsics.ts";
import { readGlb } from "../../../sim/scene/mesh/glb.ts";
import { checkMesh } from "../../../sim/scene/mesh/mesh.ts";
import { readObj } from "../../../sim/scene/mesh/obj.ts";
import { readPly } from "../../../sim/scene/mesh/ply.ts";
import { decompressLzf, largestLzfOutput } from "../../../sim/scene/pcd/lzf.ts";
import { readPcd } from "../../../sim/scene/pcd/read-pcd.ts";
import { readDepthPng } from "../../../sim/scene/png/read-depth-png.ts";
import { SceneError } from "../../../sim/scene/scene-error.ts";
import { type TestMesh, writeGlb, writeObj, writePly } from "./mesh-files.ts";
import { packLzf, type TestField, writePcd } from "./pcd-files.ts";

const SEED = 20261121;
const RUNS = 400;

const FIELDS: readonly TestField[] = [
  { name: "x", size: 4, type: "F", value: (i) => i % 6 },
  { name: "y", size: 4, type: "F", value: (i) => Math.floor(i / 6) },
  { name: "z", size: 4, type: "F", value: () => 1 },
  { name: "rgb", size: 4, type: "U", value: (i) => i * 1000 },
];
const MESH: TestMesh = {
  vertices: [
    [0, 0, 1],
    [1, 0, 1],
    [1, 1, 1],
    [0, 1, 1],
  ],
  quads: [[0, 1, 2, 3]],
};
const DEPTH = { width: 9, height: 7, channels: 1, depth: 16 } as const;

type Reader = (bytes: Uint8Array) => unknown;

const TARGETS: Readonly<Record<string, { samples: readonly Uint8Array[]; read: Reader }>> = {
  PCD: {
    samples: (["ascii", "binary", "binary_compressed"] as const).map((encoding) =>
      writePcd(6, 5, FIELDS, encoding),
    ),
    read: (bytes) => cloudImage("fuzz", readPcd("fuzz", bytes)),
  },
  PLY: {
    samples: (["ascii", "binary_little_endian", "binary_big_endian"] as const).map((f) => writePly(MESH, f)),
    read: (bytes) => checkMesh("fuzz", readPly("fuzz", bytes)),
  },
  OBJ: { samples: [writeObj(MESH)], read: (bytes) => checkMesh("fuzz", readObj("fuzz", bytes)) },
  GLB: { samples: [writeGlb(MESH)], read: (bytes) => checkMesh("fuzz", readGlb("fuzz", bytes)) },
  PNG: {
    samples: [encode({ ...DEPTH, data: Uint16Array.from({ length: 63 }, (_, i) => i * 999) })],
    read: (bytes) => readDepthPng("fuzz", bytes),
  },
  intrinsics: {
    samples: [Buffer.from('{"fx": 525, "fy": 525, "cx": 319.5, "cy": 239.5, "depthScaleM": 0.001}')],
    read: (bytes) => parseIntrinsics("fuzz", new TextDecoder().decode(bytes)),
  },
};

interface Damage {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

const NUMBERS = ["0", "-1", "4294967295", "1e9", "nan", "99999999999999", "65536", "2147483648", " ", "\n"];

/** Bytes, or numbers as text, in place of a few bytes somewhere. */
const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(12),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom(...NUMBERS).map((text) => Uint8Array.from(Buffer.from(text))),
  ),
});

function damaged(sample: Uint8Array, blows: readonly Damage[], keep: number): Uint8Array {
  let bytes = Buffer.from(sample);
  for (const { at, remove, insert } of blows) {
    const start = Math.floor(at * bytes.length);
    bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
  }
  return bytes.subarray(0, Math.ceil(keep * bytes.length));
}

/** Returns normally or throws a SceneError; anything else is a crash. */
function survives(read: Reader, bytes: Uint8Array): void {
  const before = process.memoryUsage().arrayBuffers;
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    expect(error.message.length).toBeLessThan(1000);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20);
}

describe("damaged files give a SceneError or a scene, never a crash, a hang or much memory", () => {
  for (const [name, { samples, read }] of Object.entries(TARGETS)) {
    it(`${name}: ${RUNS} damaged files`, () => {
      for (const sample of samples) expect(() => read(sample)).not.toThrow();
      const keep = fc.oneof(
        { weight: 3, arbitrary: fc.constant(1) },
        fc.double({ min: 0, max: 1, noNaN: true }),
      );
      const blows = fc.array(damage, { minLength: 1, maxLength: 4 });
      const property = fc.property(fc.constantFrom(...samples), blows, keep, (sample, hits, share) => {
        survives(read, damaged(sample, hits, share));
      });
      fc.assert(property, { seed: SEED, numRuns: RUNS });
    });

    it(`${name}: arbitrary bytes`, () => {
      const property = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => survives(read, bytes));
      fc.assert(property, { seed: SEED, numRuns: 150 });
    });
  }

  it("LZF: arbitrary streams, and what was packed comes back", () => {
    const bytes = fc.uint8Array({ maxLength: 500 });
    const any = fc.property(bytes, fc.nat(5000), (stream, size) => {
      const out = decompressLzf(stream, size);
      if (out !== undefined) expect(out.length).toBe(size);
      if (out !== undefined) expect(size).toBeLessThanOrEqual(largestLzfOutput(stream.length));
    });
    fc.assert(any, { seed: SEED, numRuns: RUNS });
    const few = fc.array(fc.constantFrom(0, 1, 2, 255), { minLength: 1, maxLength: 2000 });
    const roundTrip = fc.property(few, (values) => {
      expect([...(decompressLzf(packLzf(Uint8Array.from(values)), values.length) ?? [])]).toEqual(values);
    });
    fc.assert(roundTrip, { seed: SEED, numRuns: 100 });
  });
});
