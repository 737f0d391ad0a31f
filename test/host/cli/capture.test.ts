import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cqd, cqdJson, root } from "../../support/cqd.ts";
import { readNpy } from "../../support/npy.ts";
import { readTiff32f } from "../../support/tiff.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-capture-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const LIDAR = ["--device", "sim:inas-lidar-64x48", "--threads", "0"];
const IMAGER = ["--device", "sim:inas-imager-64x48", "--threads", "0"];
const capture = (...args: string[]) => ["capture", "--out", folder, ...args];

describe("the same frame in every format", () => {
  test("ranges in npy, tiff32f and, to a millimetre, png16", async () => {
    for (const format of ["npy", "tiff32f", "png16"])
      await cqdJson(capture(...LIDAR, "--format", format, "--arrays", "range_m,gates_dn"));
    const { values } = readNpy(join(folder, "000000-range_m.npy"));
    const tiff = readTiff32f(readFileSync(join(folder, "000000-range_m.tiff")));
    expect(tiff).toMatchObject({ width: 64, height: 48, values });
    const png = decode(readFileSync(join(folder, "000000-range_m.png")));
    expect([...png.data]).toEqual(Array.from(values, (range) => Math.round(range / 0.001)));
    const gates = readNpy(join(folder, "000000-gates_dn.npy"));
    const plane = decode(readFileSync(join(folder, "000000-gates_dn-03.png"))).data;
    expect(plane).toEqual(gates.values.slice(3 * 64 * 48, 4 * 64 * 48));
  });

  test("raw reads of a region of an imager", async () => {
    const [summary] = await cqdJson(
      capture(...IMAGER, "--format", "png16", "--frames", "2", "--region", "16x8+4+2", "--scene", "dark"),
    );
    expect(summary).toMatchObject({ frames: 2, files: 10, format: "png16", interrupted: false });
    const index = JSON.parse(readFileSync(String(summary!["index"]), "utf8"));
    expect(
      index.frames.map((frame: { width: number; height: number }) => [frame.width, frame.height]),
    ).toEqual([
      [16, 8],
      [16, 8],
    ]);
    expect(readdirSync(folder)).toHaveLength(11);
  });
});

test("a data set of a small imager: same seed, same bytes", async () => {
  const run = async (name: string) => {
    const out = join(folder, name);
    await cqdJson(["capture", "--out", out, ...IMAGER, "--format", "emva", "--points", "6", "--stack", "3"]);
    const files = readdirSync(join(out, "images")).map((file) =>
      readFileSync(join(out, "images", file), "hex"),
    );
    return [...files, readFileSync(join(out, "EMVA1288descriptor.txt"), "utf8")];
  };
  const first = await run("a");
  expect(first).toHaveLength(2 * (2 * 6 + 3) + 1);
  expect(await run("b")).toEqual(first);
});

test.each([
  [
    [...LIDAR, "--format", "emva"],
    2,
    /found the LiDAR profile inas-lidar-64x48, expected an imaging profile/,
  ],
  [[...LIDAR, "--format", "png16", "--points", "7"], 2, /found --points with --format png16/],
  [[...IMAGER, "--format", "emva", "--scene", "dark"], 2, /found --scene with --format emva/],
  [[...IMAGER, "--format", "jpeg"], 2, /found "jpeg", expected one of png16, tiff32f, npy, emva/],
  [[...IMAGER, "--format", "npy", "--arrays", "range_m"], 2, /found "range_m", expected some of reads_dn/],
  [[...IMAGER, "--format", "npy", "--region", "64"], 2, /found "64", expected WIDTHxHEIGHT/],
  [[...IMAGER, "--format", "npy", "--region", "65x8"], 4, /65/],
  [[...IMAGER, "--format", "emva", "--irradiance", "1e6"], 3, /lower the irradiance/],
  [["--device", "sim:nothing", "--format", "emva"], 3, /nothing/],
])("%j: exit code %d", async (args, exitCode, message) => {
  const { code, stderr } = await cqd(capture(...args));
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(exitCode);
});

test("Ctrl-C in a data set: whole images, no descriptor, exit code 130", async () => {
  const bin = join(root, "host/cli/cqd.mjs");
  const args = capture(...IMAGER, "--format", "emva", "--points", "1000", "--json");
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
  });
  while (!existsSync(join(folder, "images/image5.png")))
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  const summary = JSON.parse(stdout);
  expect(summary).toMatchObject({ interrupted: true, descriptor: null });
  const files = readdirSync(join(folder, "images"));
  expect(files).toHaveLength(summary.images);
  for (const file of files) expect(decode(readFileSync(join(folder, "images", file))).width).toBe(64);
  expect(existsSync(join(folder, "EMVA1288descriptor.txt"))).toBe(false);
});
