import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sceneError } from "../support.ts";
import {
  GEOMETRY,
  IRRADIANCE_PER_RADIANCE,
  lightOf,
  openLight,
  PHOTONS_PER_W_PER_M2,
} from "./light-support.ts";
import { writeExr, writePfm } from "./picture-files.ts";

let folder = "";

async function write(name: string, content: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "radiance-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("a picture as a light scene", () => {
  const perRadiance = IRRADIANCE_PER_RADIANCE * PHOTONS_PER_W_PER_M2;

  it("has the photons of pi L T / (4 N^2 + 1)", async () => {
    const pfm = await write(
      "even.pfm",
      writePfm(80, 60, 1, () => 0.25),
    );
    const exr = await write(
      "even.EXR",
      writeExr(80, 60, ["Y"], () => 0.25, { compression: 3 }),
    );
    for (const text of [`picture:${pfm}`, `picture:${exr}`, `picture:${exr}?fit=stretch`]) {
      for (const value of lightOf(await openLight(text)))
        expect(value / (0.25 * perRadiance)).toBeCloseTo(1, 5);
    }
    expect(lightOf(await openLight(`picture:${pfm}?gain=8`))[0]! / (2 * perRadiance)).toBeCloseTo(1, 5);
  });

  it("has the white that a PNG was given, a white wall under the default lamp without", async () => {
    const data = Uint8Array.from({ length: 8 * 6 }, (_, i) => (i % 8 < 4 ? 255 : 0));
    const path = await write("half.png", encode({ width: 8, height: 6, data, channels: 1 }));
    const light = lightOf(await openLight(`picture:${path}?white=0.5`));
    expect(light[0]! / (0.5 * perRadiance)).toBeCloseTo(1, 5);
    expect(light[79]).toBe(0);
    const plain = lightOf(await openLight(`picture:${path}`));
    expect(plain[0]! / ((2 / Math.PI) * perRadiance)).toBeCloseTo(1, 5);
  });

  it("stands upright and is the same in any rows", async () => {
    const path = await write(
      "slope.pfm",
      writePfm(80, 60, 1, (row, column) => 1 + row + column / 80),
    );
    const light = lightOf(await openLight(`picture:${path}`));
    expect(light[0]).toBeLessThan(light[79]!);
    expect(light[0]! / light[59 * 80]!).toBeCloseTo(1 / 60, 6);
    expect(lightOf(await openLight(`picture:${path}`), GEOMETRY, 0, 7, 3)).toEqual(light.subarray(560, 800));
  });

  it("of a negative value says where it is", async () => {
    const path = await write(
      "bad.pfm",
      writePfm(8, 6, 1, (row, column) => (row === 1 && column === 2 ? -1 : 1)),
    );
    const { message } = await sceneError(() => openLight(`picture:${path}`));
    expect(message).toContain("found -1 in pixel (2, 1); expected radiance from 0");
    expect(message).toContain("bad.pfm");
  });
});

describe("a file of ranging as a light scene", () => {
  it("has its own settings, and the lamp", async () => {
    const path = await write("plate.obj", Buffer.from("v -9 -9 0\nv 9 -9 0\nv 9 9 0\nv -9 9 0\nf 1 2 3 4\n"));
    const bright = lightOf(await openLight(`${path}?lamp=8&distance=3&rho=0.5`));
    const dim = lightOf(await openLight(`${path}?distance=3&rho=0.25`));
    expect(bright[0]! / dim[0]!).toBeCloseTo(8, 5);
    const { message } = await sceneError(() => openLight(`${path}?lamp=8&size=3`));
    expect(message).toContain('the setting "size"');
  });

  it("is a depth image when it is a PNG", async () => {
    const data = new Uint16Array(12).fill(2000);
    const path = await write("depth.png", encode({ width: 4, height: 3, channels: 1, depth: 16, data }));
    const { message } = await sceneError(() => openLight(path));
    expect(message).toContain("no intrinsics beside the depth image");
  });
});

describe("openLightScene refuses", () => {
  it.each([
    [
      "unform:photons=1",
      "expected room, wall, uniform, dark, fingertip, ageing-led, picture:FILE (png, exr, pfm), or a file of type pcd",
    ],
    ["", "no scene of that name"],
    ["uniform", "found no settings; expected either irradiance"],
    ["uniform:photons=1,irradiance=1", "found photons, irradiance; expected either"],
    ["uniform:photons=1,nm=940", "found photons, nm; expected either"],
    ["uniform:photons=-1", "a number from 0 to"],
    ["uniform:photons=1e99", "a number from 0 to"],
    ["uniform:irradiance=1,nm=0", "a number from 200 to 20000"],
    ["uniform:photons=1,gradientX=1.5,gradientY=-1", "-0.250 of the mean in the darkest corner"],
    ["uniform:photons=1,colour=red", 'the setting "colour"'],
    ["dark:light=1", 'the setting "light"'],
    ["room:lamp=-1", "a number from 0 to 1000000"],
    ["room:lamp=bright", 'lamp="bright"'],
    ["room:size=3", 'the setting "size"'],
    ["wall:lamp=1,tilt=100", "a number from -80 to 80"],
    ["picture:", "a file of type png, exr, pfm"],
    ["picture:photo.jpg", "a file of type png, exr, pfm"],
    ["picture:/nowhere/photo.exr", "no such file"],
    ["picture:/nowhere/photo.exr?fit=fill", "no such file"],
    ["picture:/nowhere/photo.exr?white=1", 'the setting "white"'],
    ["picture:/nowhere/photo.png?gain=1", 'the setting "gain"'],
    ["picture:/nowhere/photo.png?transfer=gamma", "srgb or linear"],
    ["photo.exr", 'Write "picture:photo.exr".'],
    ["/nowhere/scan.pcd?lamp=3", "no such file"],
  ])('"%s"', async (text, says) => {
    expect((await sceneError(() => openLight(text))).message).toContain(says);
  });

  it("a fit that it does not know", async () => {
    const path = await write(
      "fit.pfm",
      writePfm(2, 2, 1, () => 1),
    );
    const { message } = await sceneError(() => openLight(`picture:${path}?fit=fill`));
    expect(message).toContain("cover or contain or stretch");
  });
});
