import { encode } from "fast-png";
import { DataTexture, FloatType, HalfFloatType, RGBAFormat } from "three";
import { EXRExporter } from "three/examples/jsm/exporters/EXRExporter.js";
import { EXRLoader } from "three/examples/jsm/loaders/EXRLoader.js";
import { describe, expect, it } from "vitest";
import { readExr } from "../../../../sim/scene/radiance/picture/exr-picture.ts";
import { readPfm } from "../../../../sim/scene/radiance/picture/pfm-picture.ts";
import type { Picture } from "../../../../sim/scene/radiance/picture/picture.ts";
import { readPngPicture } from "../../../../sim/scene/radiance/picture/png-picture.ts";
import { sceneError } from "../support.ts";
import { type ExrOptions, type Sample, writeExr, writePfm } from "./picture-files.ts";

const [WIDTH, HEIGHT] = [21, 37];

/** Multiples of 1/8 below 64, which f16 and f32 hold exactly; different in every row, column and channel. */
const sample: Sample = (row, column, channel) => ((row * 29 + column * 7 + channel * 101) % 512) / 8;
const luminance = (row: number, column: number): number =>
  0.2126 * sample(row, column, 0) + 0.7152 * sample(row, column, 1) + 0.0722 * sample(row, column, 2);

function expectPicture(picture: Picture, expected: (row: number, column: number) => number): void {
  expect([picture.width, picture.height]).toEqual([WIDTH, HEIGHT]);
  picture.values.forEach((value, i) => {
    expect(value).toBeCloseTo(expected(Math.floor(i / WIDTH), i % WIDTH), 4);
  });
}

describe("PFM", () => {
  it.each([
    [1, true],
    [1, false],
    [3, true],
    [3, false],
  ] as const)("of %d channels, little endian: %s", (channels, isLittle) => {
    const picture = readPfm("p", writePfm(WIDTH, HEIGHT, channels, sample, { isLittle }));
    expectPicture(picture, channels === 3 ? luminance : (row, column) => sample(row, column, 0));
  });

  it("multiplies by its scale", () => {
    const picture = readPfm("p", writePfm(WIDTH, HEIGHT, 1, sample, { scale: 2.5 }));
    expectPicture(picture, (row, column) => 2.5 * sample(row, column, 0));
  });

  it.each([
    ["P6\n3 2\n255\n", "no PFM header"],
    ["Pf\n3 2\n0\n", "a scale of 0"],
    ["Pf\n0 2\n-1\n", "0 x 2 pixels"],
    ["Pf\n999999999 999999999\n-1\n", "999999999 x 999999999 pixels"],
    ["Pf\n3 2\n-1\n1234", "4 bytes of pixels; expected 24 bytes"],
  ])("%j is refused", async (text, says) => {
    expect((await sceneError(() => readPfm("p", Buffer.from(text)))).message).toContain(says);
  });
});

describe("EXR", () => {
  async function exported(
    compression: number,
    type: typeof FloatType | typeof HalfFloatType,
  ): Promise<Uint8Array> {
    const data = new Float32Array(4 * WIDTH * HEIGHT);
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      // Textures start at the bottom.
      const row = HEIGHT - 1 - Math.floor(i / WIDTH);
      for (let channel = 0; channel < 3; channel++) data[4 * i + channel] = sample(row, i % WIDTH, channel);
      data[4 * i + 3] = 1;
    }
    const texture = new DataTexture(data, WIDTH, HEIGHT, RGBAFormat, FloatType);
    return await new EXRExporter().parse(texture, { compression, type });
  }

  it.each([
    ["no compression", 0, "half", HalfFloatType],
    ["no compression", 0, "float", FloatType],
    ["RLE", 1, "half", HalfFloatType],
    ["RLE", 1, "float", FloatType],
    ["ZIPS", 2, "half", HalfFloatType],
    ["ZIPS", 2, "float", FloatType],
    ["ZIP", 3, "half", HalfFloatType],
    ["ZIP", 3, "float", FloatType],
  ] as const)("as three.js writes it: %s (%d), %s", async (_, compression, __, type) => {
    expectPicture(readExr("p", await exported(compression, type)), luminance);
  });

  it("as three.js writes it with PIZ is refused by name, with what to do", async () => {
    const error = await sceneError(async () => readExr("p", await exported(4, HalfFloatType)));
    expect(error.message).toContain("found PIZ compression");
    expect(error.message).toContain("ZIPS or ZIP");
  });

  const cases: readonly (readonly [string, readonly string[], ExrOptions])[] = [
    ["grey float", ["Y"], { compression: 3 }],
    ["grey half", ["Y"], { types: ["half"] }],
    ["grey that starts at another row", ["Y"], { top: -7, compression: 2 }],
    [
      "mixed samples, other channels between",
      ["A", "B", "G", "R", "Z"],
      { types: ["half", "float", "half", "float", "uint"] },
    ],
    [
      "mixed samples in ZIP",
      ["A", "B", "G", "R"],
      { types: ["half", "half", "float", "half"], compression: 3 },
    ],
  ];

  /** Samples of a channel by its name. */
  function named(names: readonly string[]): Sample {
    return (row, column, channel) =>
      sample(row, column, Math.max(0, ["R", "G", "B"].indexOf(names[channel] ?? "")));
  }

  it.each(cases)("%s", (_, names, options) => {
    const picture = readExr("p", writeExr(WIDTH, HEIGHT, names, named(names), options));
    expectPicture(picture, names.includes("Y") ? (row, column) => sample(row, column, 0) : luminance);
  });

  it("of the tests is what three.js reads", () => {
    const names = ["B", "G", "R"];
    const file = writeExr(WIDTH, HEIGHT, names, named(names), { compression: 3 });
    const loader = new EXRLoader().setDataType(FloatType);
    const read = loader.parse(new Uint8Array(file).buffer);
    const data = read.data as Float32Array;
    const ours = readExr("p", file);
    expect([read.width, read.height]).toEqual([WIDTH, HEIGHT]);
    ours.values.forEach((value, i) => {
      const at = 4 * ((HEIGHT - 1 - Math.floor(i / WIDTH)) * WIDTH + (i % WIDTH));
      expect(value).toBeCloseTo(0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!, 4);
    });
  });

  it.each([
    ["tiles", { flags: 0x200 }, "found tiles"],
    ["deep data", { flags: 0x800 }, "found deep data"],
    ["several parts", { flags: 0x1000 }, "found several parts"],
    ["PXR24", { compression: 5 }, "found PXR24 compression"],
    ["B44A", { compression: 7 }, "found B44A compression"],
    ["DWAB", { compression: 9 }, "found DWAB compression"],
    ["a compression of the future", { compression: 12 }, "found compression number 12"],
    ["whole numbers", { types: ["uint"] }, "whole numbers in channel Y"],
    ["coarse channels", { sampling: 2 }, "sampling 2 x 2"],
  ] as const)("with %s is refused", async (_, options, says) => {
    const file = writeExr(4, 3, ["Y"], () => 1, options);
    expect((await sceneError(() => readExr("p", file))).message).toContain(says);
  });

  it("without light, or that says more than it holds, is refused", async () => {
    const says = async (file: Uint8Array) => (await sceneError(() => readExr("p", file))).message;
    expect(await says(writeExr(4, 3, ["A", "Z"], () => 1))).toContain(
      "the channels A, Z; expected Y, or R, G and B",
    );
    expect(await says(Buffer.from("nothing of the kind"))).toContain("no EXR signature");
    const file = writeExr(4, 3, ["Y"], () => 1);
    expect(await says(file.subarray(0, 60))).toContain("a whole header");
    expect(await says(file.subarray(0, file.length - 1))).toContain("of a block of 16");
    const wide = Buffer.from(file);
    wide.writeInt32LE(4_000_000, wide.indexOf("dataWindow") + 29);
    expect(await says(wide)).toContain("enough for 4000004 x 3 pixels");
    const moved = Buffer.from(file);
    moved.writeInt32LE(1, file.length - 24);
    expect(await says(moved)).toContain("row 1 in block 2; expected row 2");
  });
});

describe("PNG", () => {
  /** IEC 61966-2-1, by Math.pow. */
  const decoded = (level: number): number =>
    level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;

  it.each([
    [8, 1],
    [8, 3],
    [16, 1],
    [16, 3],
    [8, 2],
    [16, 4],
  ] as const)("of %d bit and %d channels", (depth, channels) => {
    const white = 2 ** depth - 1;
    const codes = Array.from({ length: WIDTH * HEIGHT * channels }, (_, i) => (i * 7919) % (white + 1));
    const data = depth === 8 ? Uint8Array.from(codes) : Uint16Array.from(codes);
    const file = encode({ width: WIDTH, height: HEIGHT, data, channels, depth });
    for (const [transfer, curve] of [
      ["srgb", decoded],
      ["linear", (level: number) => level],
    ] as const) {
      const picture = readPngPicture("p", file, transfer);
      picture.values.forEach((value, i) => {
        const level = (channel: number): number => curve(codes[i * channels + channel]! / white);
        const grey = channels < 3 ? level(0) : 0.2126 * level(0) + 0.7152 * level(1) + 0.0722 * level(2);
        const alpha = channels % 2 === 0 ? codes[i * channels + channels - 1]! / white : 1;
        expect(value).toBeCloseTo(grey * alpha, 6);
      });
    }
  });

  it("of one bit is refused", async () => {
    const file = encode({
      width: 9,
      height: 1,
      data: Uint8Array.of(0xaa, 0x80),
      channels: 1,
      depth: 1,
    });
    const error = await sceneError(() => readPngPicture("p", file, "srgb"));
    expect(error.message).toContain("bit depth 1, colour type 0");
  });
});

describe("light that cannot be is refused with its pixel and value", () => {
  it.each([
    [-0.5, "-0.5"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [1e16, "10000000272564224"],
  ])("%d", async (value, text) => {
    const spoiled =
      (at: number): Sample =>
      (row, column, channel) =>
        row === 2 && column === 3 && channel === at ? value : 1;
    const says = async (read: () => Picture) => (await sceneError(read)).message;
    const grey = `found ${text} in pixel (3, 2); expected radiance from 0`;
    expect(await says(() => readPfm("p", writePfm(5, 4, 1, spoiled(0))))).toContain(grey);
    expect(await says(() => readPfm("p", writePfm(5, 4, 3, spoiled(2))))).toContain(
      `${text} in pixel (3, 2), channel B`,
    );
    const colours = () => readExr("p", writeExr(5, 4, ["B", "G", "R"], spoiled(1), { compression: 2 }));
    expect(await says(colours)).toContain(`${text} in pixel (3, 2), channel G`);
  });
});
