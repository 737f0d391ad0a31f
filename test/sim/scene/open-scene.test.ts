import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crc32 } from "../../../sim/scene/png/crc32.ts";
import { readDepthPng } from "../../../sim/scene/png/read-depth-png.ts";
import { open, pinhole, repeatable, sceneError, traced } from "./support.ts";

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

/** A PNG whose rows use the filters 0 to 4 in turn (PNG specification, section 9). */
function filteredPng(codes: Uint16Array): Buffer {
  const raw = Buffer.alloc(2 * codes.length);
  codes.forEach((code, i) => {
    raw.writeUInt16BE(code, 2 * i);
  });
  const rowBytes = 2 * WIDTH;
  const at = (row: number, i: number): number => (row < 0 || i < 0 ? 0 : raw[row * rowBytes + i]!);
  const rows = Array.from({ length: HEIGHT }, (_, row) => {
    const filter = row % 5;
    const line = Array.from({ length: rowBytes }, (_, i) => {
      const [left, up, corner] = [at(row, i - 2), at(row - 1, i), i < 2 ? 0 : at(row - 1, i - 2)];
      const guess = left + up - corner;
      const [byLeft, byUp, byCorner] = [left, up, corner].map((value) => Math.abs(guess - value)) as [
        number,
        number,
        number,
      ];
      const paeth = byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
      const predictions = [0, left, up, Math.floor((left + up) / 2), paeth];
      return (at(row, i) - predictions[filter]!) & 255;
    });
    return Buffer.from([filter, ...line]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.writeUInt8(16, 8);
  const chunk = (type: string, body: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length);
    const content = Buffer.concat([Buffer.from(type), body]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(content));
    return Buffer.concat([size, content, checksum]);
  };
  const packed = deflateSync(Buffer.concat(rows));
  const parts = [
    chunk("IHDR", header),
    chunk("IDAT", packed.subarray(0, 50)),
    chunk("IDAT", packed.subarray(50)),
  ];
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    ...parts,
    chunk("IEND", Buffer.alloc(0)),
  ]);
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
    const random = repeatable(17);
    const codes = CODES.map((code) => (random() < 0.5 ? code : Math.floor(65536 * random())));
    expect(readDepthPng("a", filteredPng(codes)).codes).toEqual(codes);
    expect(readDepthPng("a", png(codes)).codes).toEqual(codes);
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
    const damaged = Buffer.from(png(CODES));
    damaged.writeUInt8(damaged.readUInt8(29) ^ 1, 29);
    await write("bare.png", damaged);
    expect((await sceneError(() => open(bare))).message).toContain("the chunk IHDR with a wrong checksum");
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
    ["wall:ambient=1", "expected electrons=… with it"],
    ["wall:to=9,tilt=10", "expected no tilt of a chart"],
    ["wall:radial=1,tilt=10", "expected no tilt of a chart"],
    ["wall:radial=0.5", "expected 0 or 1"],
    ["wall:radial=0,to=9", "1 together with to"],
    ["wall:colour=red", 'the setting "colour"'],
    ["/nowhere/at/all.pcd", "no such file"],
    ["/nowhere/at/all.ply", "no such file"],
    ["/nowhere/at:12,00/all.ply", "no such file"],
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
