import { describe, expect, it } from "vitest";
import { cloudImage } from "../../../sim/scene/depth/open-pcd.ts";
import { decompressLzf } from "../../../sim/scene/pcd/lzf.ts";
import { readPcd } from "../../../sim/scene/pcd/read-pcd.ts";
import { packLzf, type TestEncoding, type TestField, writePcd } from "./pcd-files.ts";
import { repeatable, sceneError } from "./support.ts";

const [WIDTH, HEIGHT] = [24, 18];
const [FX, FY, CX, CY] = [20, 21, 11.5, 8.25];

function depth(i: number): number {
  return i % 7 === 3 ? Number.NaN : Math.fround(2 + (i % WIDTH) / 100);
}

const POSITION: readonly TestField[] = [
  { name: "x", size: 4, type: "F", value: (i) => Math.fround(((i % WIDTH) - CX) * depth(i)) / FX },
  { name: "y", size: 4, type: "F", value: (i) => Math.fround((Math.floor(i / WIDTH) - CY) * depth(i)) / FY },
  { name: "z", size: 4, type: "F", value: depth },
];
const RGB: TestField = { name: "rgb", size: 4, type: "U", value: (i) => (i % 2 === 0 ? 0xffffff : 0x000000) };

function fileOf(fields: readonly TestField[], encoding: TestEncoding = "binary"): Uint8Array {
  return writePcd(WIDTH, HEIGHT, fields, encoding);
}

/** The file with its header changed. */
function lying(from: string, to: string, encoding: TestEncoding = "binary"): Uint8Array {
  const text = fileOf([...POSITION, RGB], encoding).toString();
  expect(text).toContain(from);
  const file = Buffer.from(fileOf([...POSITION, RGB], encoding));
  const end = file.indexOf("DATA");
  return Buffer.concat([Buffer.from(file.subarray(0, end).toString().replace(from, to)), file.subarray(end)]);
}

describe("PCD", () => {
  it("reads ascii, binary and binary_compressed alike", () => {
    const binary = readPcd("a", fileOf([...POSITION, RGB], "binary"));
    expect(readPcd("a", fileOf([...POSITION, RGB], "binary_compressed"))).toEqual(binary);
    const ascii = readPcd("a", fileOf([...POSITION, RGB], "ascii"));
    expect(ascii).toEqual(binary);
    expect(binary.z[0]).toBe(2);
    expect(binary.z[3]).toBeNaN();
    expect([...binary.brightness!.slice(0, 2)]).toEqual([1, 0]);
  });

  it("takes fields in any order, size and type, with counts and unknown fields between", () => {
    const [x, y, z] = POSITION as [TestField, TestField, TestField];
    const odd: TestField[] = [
      { name: "curvature", size: 8, type: "F", count: 3, value: () => 7 },
      { ...z, size: 8 },
      { name: "label", size: 2, type: "I", value: (i) => -i },
      y,
      { name: "intensity", size: 1, type: "U", value: (i) => i % 200 },
      x,
    ];
    const plain = readPcd("a", fileOf(POSITION));
    for (const encoding of ["ascii", "binary", "binary_compressed"] as const) {
      const cloud = readPcd("a", fileOf(odd, encoding));
      expect(cloud.x).toEqual(plain.x);
      expect(cloud.y).toEqual(plain.y);
      expect(cloud.z).toEqual(plain.z);
      expect(Math.max(...cloud.brightness!)).toBe(1);
    }
  });

  it("estimates the intrinsics from the points, also with y up and some outliers", () => {
    const plain = cloudImage("a", readPcd("a", fileOf(POSITION))).intrinsics;
    expect(plain.fx).toBeCloseTo(FX, 3);
    expect(plain.fy).toBeCloseTo(FY, 3);
    expect(plain.cx).toBeCloseTo(CX, 3);
    expect(plain.cy).toBeCloseTo(CY, 3);
    const [x, y, z] = POSITION as [TestField, TestField, TestField];
    const flipped = [x, { ...y, value: (i: number) => -y.value(i) }, z];
    expect(cloudImage("a", readPcd("a", fileOf(flipped))).intrinsics.fy).toBeCloseTo(FY, 3);
    const wild = [{ ...x, value: (i: number) => (i % 41 === 0 ? 30 : x.value(i)) }, y, z];
    expect(cloudImage("a", readPcd("a", fileOf(wild))).intrinsics.fx).toBeCloseTo(FX, 1);
  });

  it("unpacks what an independent packer packed", () => {
    const random = repeatable(5);
    for (const size of [1, 31, 33, 1000, 20000]) {
      const raw = Uint8Array.from({ length: size }, (_, i) => (random() < 0.7 ? i % 5 : 256 * random()));
      expect(decompressLzf(packLzf(raw), size)).toEqual(raw);
      expect(decompressLzf(packLzf(raw), size + 1)).toBeUndefined();
      expect(decompressLzf(packLzf(raw), size - 1)).toBeUndefined();
    }
  });
});

describe("LZF that lies", () => {
  it("refers to bytes before its start", () => {
    // A literal "a", then three bytes from one back: fine. From two back: there is nothing.
    expect([...decompressLzf(Uint8Array.of(0, 97, 0x20, 0), 4)!]).toEqual([97, 97, 97, 97]);
    expect(decompressLzf(Uint8Array.of(0, 97, 0x20, 1), 4)).toBeUndefined();
  });

  it("ends within a literal or a reference", () => {
    expect(decompressLzf(Uint8Array.of(3, 97, 98), 4)).toBeUndefined();
    expect(decompressLzf(Uint8Array.of(0, 97, 0x20), 4)).toBeUndefined();
    expect(decompressLzf(Uint8Array.of(0, 97, 0xe0, 1), 11)).toBeUndefined();
  });
});

describe("PCD that lies", () => {
  const cases: readonly (readonly [name: string, file: () => Uint8Array, says: readonly string[]])[] = [
    ["4-billion-point claim", () => lying("WIDTH 24", "WIDTH 4294967295"), ["POINTS 432"]],
    [
      "consistent 4-billion-point claim",
      () =>
        Buffer.from(
          lying("WIDTH 24", "WIDTH 238609294").toString().replace("POINTS 432", "POINTS 4294967292"),
        ),
      ["4294967292 points of 16 bytes"],
    ],
    ["too few bytes", () => fileOf(POSITION).subarray(0, 4000), ["432 points of 12 bytes = 5184 bytes"]],
    ["too few words", () => fileOf(POSITION, "ascii").subarray(0, 6000), ["end of the file", "a number"]],
    ["cut LZF", () => fileOf(POSITION, "binary_compressed").subarray(0, 900), ["compressed data"]],
    ["unknown type", () => lying("TYPE F", "TYPE Q"), ['type "Q"']],
    ["impossible size", () => lying("SIZE 4", "SIZE 3"), ['size "3"']],
    ["zero count", () => lying("COUNT 1", "COUNT 0"), ["whole number above 0"]],
    ["huge count", () => lying("COUNT 1", "COUNT 99999999"), ["at most 65536 bytes"]],
    ["negative width", () => lying("WIDTH 24", "WIDTH -24"), ['WIDTH "-24"']],
    ["missing z", () => lying("FIELDS x y z", "FIELDS x y w"), ["x, y and z among them"]],
    ["no data line", () => Buffer.from("VERSION 0.7\nWIDTH 5\n"), ["no DATA line"]],
    ["not a PCD", () => Buffer.from([0, 1, 2, 3, 255, 10, 9, 8]), ["PCD header"]],
    ["not organised", () => writePcd(432, 1, POSITION, "binary"), ["not organised (HEIGHT 1)", "mesh"]],
    [
      "no valid point",
      () => fileOf(POSITION.map((f) => ({ ...f, value: () => Number.NaN }))),
      ["no valid point"],
    ],
    [
      "no pinhole image",
      () => fileOf([{ ...POSITION[0]!, value: (i) => ((i * 7919) % 1000) / 300 }, ...POSITION.slice(1)]),
      ["no pinhole depth image"],
    ],
  ];
  for (const [name, file, says] of cases) {
    it(name, async () => {
      const error = await sceneError(() => cloudImage("file.pcd", readPcd("file.pcd", file())));
      for (const part of [...says, "scene file.pcd: found", "expected"])
        expect(error.message).toContain(part);
    });
  }
});
