import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDepthPng } from "../../../sim/scene/png/read-depth-png.ts";
import { open, pinhole, sceneError, traced } from "./support.ts";

const [WIDTH, HEIGHT] = [40, 30];
/** Millimetres, a ramp in x, a hole in one corner. */
const CODES = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i < 5 ? 0 : 3000 + 2 * (i % WIDTH)));
const LENS = { columns: WIDTH, rows: HEIGHT, focalPx: 35, raysPerSide: 1 };
const INTRINSICS = { fx: 35, fy: 35, cx: (WIDTH - 1) / 2, cy: (HEIGHT - 1) / 2, depthScaleM: 0.001 };

let folder = "";

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function png(data: Uint8Array | Uint16Array, depth: 8 | 16 = 16): Uint8Array {
  return encode({ width: WIDTH, height: HEIGHT, data, channels: 1, depth });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scenes-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("depth PNG", () => {
  it("is seen by the camera that took it", async () => {
    const path = await write("depth.png", png(CODES));
    await write("depth.intrinsics.json", JSON.stringify(INTRINSICS));
    const rays = pinhole(LENS);
    const hits = traced(await open(path), rays);
    CODES.forEach((code, i) => {
      expect(hits.rangeM[i]! * rays.directions[3 * i + 2]!).toBeCloseTo(code / 1000, 2);
    });
    expect(hits.rangeM[0]).toBe(0);
    expect(hits.signalRho[WIDTH * 15 + 20]).toBeCloseTo(0.5, 2);
  });

  it("undoes every row filter", () => {
    // fast-png filters rows by their content; noise, ramps and constants make it use different ones.
    const noisy = CODES.map((code, i) => (i % (3 * WIDTH) < WIDTH ? (code * 7919) & 0xffff : code + (i & 7)));
    expect(readDepthPng("a", png(noisy)).codes).toEqual(noisy);
  });

  it("says what is missing or wrong", async () => {
    const bare = await write("bare.png", png(CODES));
    expect((await sceneError(() => open(bare))).message).toContain("bare.intrinsics.json");
    await write("bare.intrinsics.json", '{"fx": "wide"}');
    expect((await sceneError(() => open(bare))).message).toContain('fx: ""wide""');
    await write("bare.intrinsics.json", "{");
    expect((await sceneError(() => open(bare))).message).toContain("a JSON object like");
    await write("bare.intrinsics.json", JSON.stringify(INTRINSICS));
    await write("bare.png", png(CODES.map(() => 0)));
    expect((await sceneError(() => open(bare))).message).toContain("without any depth");
    await write("bare.png", png(new Uint8Array(CODES), 8));
    expect((await sceneError(() => open(bare))).message).toContain("bit depth 8");
    await write("bare.png", png(CODES).subarray(0, 100));
    expect((await sceneError(() => open(bare))).message).toContain("found");
    const lying = Buffer.from(png(CODES));
    lying.writeUInt32BE(60000, 16);
    await write("bare.png", lying);
    expect((await sceneError(() => open(bare))).message).toContain("enough for 60000 x 30 pixels");
    lying.writeUInt32BE(0xffffffff, 16);
    await write("bare.png", lying);
    expect((await sceneError(() => open(bare))).message).toContain("4294967295 x 30 pixels");
  });
});

describe("openScene refuses", () => {
  const cases: readonly (readonly [spec: string, says: string])[] = [
    ["rom", "no scene of that name"],
    ["", "no scene of that name"],
    ["room:lamp=1", 'the setting "lamp"'],
    ["wall:range", 'found "range"'],
    ["wall:range=far", 'range="far"'],
    ["wall:range=-1", "a number from 0.1 to 1000"],
    ["wall:range=3,range=4", '"range" twice'],
    ["wall:colour=red", 'the setting "colour"'],
    ["/nowhere/at/all.pcd", "no such file"],
    ["/nowhere/at/all.ply", "no such file"],
    ["scan.las", 'a file of type "las"'],
  ];
  for (const [spec, says] of cases) {
    it(`"${spec}"`, async () => {
      expect((await sceneError(() => open(spec))).message).toContain(says);
    });
  }

  it("a folder", async () => {
    const path = join(folder, "folder.obj");
    await mkdir(path);
    expect((await sceneError(() => open(path))).message).toContain("something that is no file");
  });

  it("settings of a file that it does not know", async () => {
    const path = await write("a.obj", "v 0 0 1\nv 1 0 1\nv 0 1 1\nf 1 2 3\n");
    expect((await sceneError(() => open(`${path}?size=3`))).message).toContain('the setting "size"');
    expect((await sceneError(() => open(`${path}?up=x`))).message).toContain('up="x"');
    expect((await sceneError(() => open(`${path}?up=camera&scale=0`))).message).toContain("scale=");
    await write("a.obj", "v 0 0 -1\nv 1 0 -1\nv 0 1 -1\nf 1 2 3\n");
    expect((await sceneError(() => open(path))).message).toContain("behind the camera");
  });
});
