import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readGlb } from "../../../sim/scene/mesh/glb.ts";
import { checkMesh } from "../../../sim/scene/mesh/mesh.ts";
import { readObj } from "../../../sim/scene/mesh/obj.ts";
import { readPly } from "../../../sim/scene/mesh/ply.ts";
import { openScene } from "../../../sim/scene/open-scene.ts";
import { type TestMesh, writeGlb, writeObj, writePly } from "./mesh-files.ts";
import { open, pinhole, SMALL, sceneError, single, traced, traceWasm } from "./support.ts";

/** A white square of 2 m at z = 4 and a black one of 0.4 m at z = 2, in the camera's frame. */
const SQUARES: TestMesh = {
  vertices: [
    [-1, -1, 4],
    [1, -1, 4],
    [1, 1, 4],
    [-1, 1, 4],
    [-0.2, -0.2, 2],
    [0.2, -0.2, 2],
    [0.2, 0.2, 2],
    [-0.2, 0.2, 2],
  ],
  quads: [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ],
  colours: [...Array(4).fill([255, 255, 255]), ...Array(4).fill([0, 0, 0])],
};

const FILES = {
  "a.obj": writeObj(SQUARES),
  "relative.obj": writeObj(SQUARES, true),
  "ascii.ply": writePly(SQUARES, "ascii"),
  "little.ply": writePly(SQUARES, "binary_little_endian"),
  "big.ply": writePly(SQUARES, "binary_big_endian"),
  "a.glb": writeGlb(SQUARES),
};

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scenes-"));
  for (const [name, bytes] of Object.entries(FILES)) await writeFile(join(folder, name), bytes);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("meshes", () => {
  for (const name of Object.keys(FILES)) {
    it(`${name}: ranges, reflectance and misses of two squares`, async () => {
      const settings = name.endsWith("glb") ? "?up=camera" : "";
      const scene = await open(join(folder, name) + settings);
      const hits = traced(scene, single([0, 0, 1], [0.5, 0.25, 4], [-0.19, 0.1, 2], [2, 0, 4]));
      expect(hits.rangeM[0]).toBeCloseTo(2, 5);
      expect(hits.rangeM[1]).toBeCloseTo(Math.hypot(0.5, 0.25, 4), 5);
      expect(hits.rangeM[2]).toBeCloseTo(Math.hypot(0.19, 0.1, 2), 5);
      expect([hits.rangeM[3], hits.signalRho[3], hits.ambientRho[3]]).toEqual([0, 0, 0]);
      // Black is taken as 0.1, white as 0.8; seen face on, under the sun with cosine 3/7.
      expect(hits.signalRho[0]).toBeCloseTo(0.1, 5);
      expect(hits.signalRho[1]).toBeCloseTo((0.8 * 4) / Math.hypot(0.5, 0.25, 4), 5);
      expect(hits.ambientRho[1]).toBeCloseTo(0.8 * (0.3 + 0.7 * (3 / 7)), 5);
    });
  }

  it("turns, scales and centres a model", async () => {
    const scene = await open(`${join(folder, "a.obj")}?up=y&scale=10&distance=60&rho=0.25`);
    // The middle (0, 0, 3) goes to z = 60; y up turns z around: the far square comes nearer.
    const hits = traced(scene, single([0, 0, 1], [8, 8, 50]));
    expect(hits.rangeM[0]).toBeCloseTo(50, 4);
    expect(hits.rangeM[1]).toBeCloseTo(Math.hypot(8, 8, 50), 4);
    expect(hits.signalRho[0]).toBeCloseTo(0.25, 6);
  });

  it("shows all of a model with distance=auto", async () => {
    const hits = traced(await open(`${join(folder, "a.obj")}?up=z`), pinhole(SMALL));
    expect(hits.rangeM.filter((range) => range > 0).length).toBeGreaterThan(10);
    const border = [...hits.rangeM.slice(0, 4 * SMALL.columns), ...hits.rangeM.slice(-4 * SMALL.columns)];
    expect(Math.max(...border)).toBe(0);
  });

  it("follows the nodes of a GLB file", async () => {
    const moved = writeGlb(SQUARES, (document) => {
      document["nodes"] = [
        { children: [1], translation: [0, 0, 1] },
        { mesh: 0, rotation: [0, 0, Math.SQRT1_2, Math.SQRT1_2], scale: [2, 1, 1] },
      ];
    });
    const mesh = checkMesh("a", readGlb("a", moved));
    // Vertex (1, -1, 4): scaled to (2, -1, 4), turned by 90 degrees to (1, 2, 4), moved to (1, 2, 5).
    [1, 2, 5].forEach((value, axis) => {
      expect(mesh.positions[3 + axis]).toBeCloseTo(value, 5);
    });
  });

  it("tells how far it is", async () => {
    const told: [string, number][] = [];
    const onProgress = (activity: string, fraction: number): void => {
      told.push([activity, fraction]);
    };
    traced(await openScene(join(folder, "a.obj"), { traceWasm, onProgress }), pinhole(SMALL));
    expect(told.at(-1)).toEqual(["tracing the mesh", 1]);
  });
});

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  expect(bytes.includes(from)).toBe(true);
  return Buffer.from(bytes.toString("latin1").replace(from, to), "latin1");
}

describe("meshes that lie", () => {
  const little = FILES["little.ply"];
  const glb = (edit: (document: Record<string, unknown>) => void) => () =>
    readGlb("m", writeGlb(SQUARES, edit));
  const ply = (bytes: Buffer) => () => checkMesh("m", readPly("m", bytes));
  const obj = (text: string) => () => checkMesh("m", readObj("m", Buffer.from(text)));
  const cases: readonly (readonly [name: string, action: () => unknown, says: string])[] = [
    [
      "PLY: 4-billion-vertex claim",
      ply(replaced(little, "vertex 8", "vertex 4294967295")),
      "4294967295 vertex of at",
    ],
    ["PLY: cut", ply(little.subarray(0, little.length - 30)), "with 10 bytes left"],
    ["PLY: unknown type", ply(replaced(little, "float y", "quark y")), "property quark y"],
    [
      "PLY: no such format",
      ply(replaced(little, "format binary_little_endian", "format morse")),
      "no known format",
    ],
    ["PLY: not a PLY", ply(Buffer.from("solid cube")), "end_header"],
    ["PLY: points only", ply(writePly({ ...SQUARES, quads: [] }, "ascii")), "8 points without faces"],
    [
      "PLY: wild corner",
      ply(replaced(FILES["ascii.ply"], "9 4 4 5 6 7", "9 4 4 5 6 70")),
      "a face with vertex 70",
    ],
    ["PLY: NaN", ply(replaced(FILES["ascii.ply"], "-1 -1 4", "-1 nan 4")), "a coordinate NaN at vertex 0"],
    [
      "PLY: long list",
      ply(replaced(FILES["ascii.ply"], "9 4 4", "9 4000000000 4")),
      "a list of 4000000000 values",
    ],
    ["OBJ: wild corner", obj("v 0 0 1\nf 1 2 3\n"), "a face with vertex 1"],
    ["OBJ: vertex 0", obj("v 0 0 1\nf 0 1 2\n"), "vertex numbers from 1 to 1"],
    ["OBJ: words", obj("v 0 zero 1\n"), '"v 0 zero 1" in line 1'],
    ["OBJ: empty", obj(""), "no vertex"],
    ["OBJ: infinite", obj("v 0 0 1e99\nv 1 0 1\nv 0 1 1\nf 1 2 3"), "a coordinate Infinity at vertex 0"],
    ["GLB: not a GLB", () => readGlb("m", Buffer.from("glTF but not really one")), "no glTF 2.0 header"],
    [
      "GLB: cut",
      () => readGlb("m", FILES["a.glb"].subarray(0, FILES["a.glb"].length - 8)),
      "bytes that its header claims",
    ],
    [
      "GLB: a chunk longer than the file",
      () => {
        const lying = Buffer.from(FILES["a.glb"]);
        lying.writeUInt32LE(0xfffffff0, 12);
        return readGlb("m", lying);
      },
      "the whole chunk",
    ],
    [
      "GLB: 4-billion claim",
      glb((document) => {
        (document["accessors"] as { count: number }[])[0]!.count = 4294967295;
      }),
      "values that end at",
    ],
    [
      "GLB: cycle",
      glb((document) => Object.assign(document, { nodes: [{ children: [0] }] })),
      "contain each other",
    ],
    [
      "GLB: Draco",
      glb((d) => Object.assign(d, { extensionsRequired: ["KHR_draco_mesh_compression"] })),
      "KHR_draco",
    ],
    [
      "GLB: claims more bytes than there are",
      () => {
        const lying = Buffer.from(FILES["a.glb"]);
        lying.writeUInt32LE(0xffffffff, 8);
        return readGlb("m", lying);
      },
      "the 4294967295 bytes that its header claims",
    ],
    [
      "GLB: a view beyond its buffer",
      glb((document) => {
        (document["bufferViews"] as { byteLength: number }[])[0]!.byteLength = 4e9;
      }),
      "a bufferView that ends at 4000000000",
    ],
    [
      "GLB: offset below 0",
      glb((document) => {
        (document["accessors"] as { byteOffset: number }[])[0]!.byteOffset = -4;
      }),
      "byteOffset -4",
    ],
    [
      "GLB: half a vertex",
      glb((document) => {
        (document["accessors"] as { count: number }[])[0]!.count = 1.5;
      }),
      "count 1.5",
    ],
    [
      "GLB: matrix of one number",
      glb((document) => {
        (document["nodes"] as { matrix: number[] }[])[0]!.matrix = [1];
      }),
      "a node whose matrix is no 16 numbers",
    ],
    ["GLB: no mesh", glb((document) => Object.assign(document, { meshes: [] })), "a reference to meshes[0]"],
  ];
  for (const [name, action, says] of cases) {
    it(name, async () => {
      const error = await sceneError(action);
      expect(error.message).toContain(says);
      expect(error.message).toMatch(/^scene m: found .*; expected .*\. [A-Z].*\.$/s);
    });
  }
});
