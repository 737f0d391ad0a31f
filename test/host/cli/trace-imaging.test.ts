import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cqd } from "../support/run-main.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-trace-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const IMAGER = ["--device", "sim:inas-imager-64x48", "--threads", "0"];

function trace(...args: string[]) {
  return cqd("trace", ...args, "--out", join(folder, "a.vcd"));
}

/** Four pixels by three: a portable float map, one number of them `value`. */
function writePicture(name: string, value: number): string {
  const pixels = new Float32Array(12).fill(1);
  pixels[6] = value;
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([Buffer.from("Pf\n4 3\n-1.0\n"), Buffer.from(pixels.buffer)]));
  return path;
}

describe("bad input of an imager is said before anything is done", () => {
  test.each([
    [
      "exposure longer than the frame",
      "ExposureTime=30000000",
      /found an exposure longer than the frame allows: .*expected at most \d+ ns, or at most \d+ mHz/,
    ],
    [
      "region outside the array",
      "OffsetX=10",
      /found a region that ends at 74 \(OffsetX 10 \+ Width 64\), expected at most 64/,
    ],
    ["trigger without signal", "TriggerMode=1", /expected SimTriggerPeriod above 0 before TriggerMode 1/],
    ["gain beyond the amplifier", "Gain=9", /Gain: found 9, expected at most 8/],
  ])("%s", async (_, setting, message) => {
    const { code, stderr } = await cqd("info", ...IMAGER, "--set", setting);
    expect(code).toBe(4);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each(["inas-imager-64x48", "inas-lidar-64x48"])(
    "%s: a trigger faster than the frame",
    async (name) => {
      const settings = ["--set", "SimTriggerPeriod=100", "--set", "TriggerMode=1"];
      const { code, stderr } = await cqd("info", "--device", `sim:${name}`, "--threads", "0", ...settings);
      expect(code).toBe(4);
      expect(stderr).toMatch(
        /found a trigger every 100 cycles \(SimTriggerPeriod\), faster than the frame: expected at least \d+/,
      );
    },
  );

  test("a register out of its range", async () => {
    const { code, stderr } = await cqd("info", ...IMAGER, "--set", "ReadCount=99");
    expect(code).toBe(2);
    expect(stderr).toMatch(/ReadCount: found 99, expected a whole number 3\.\.64/);
  });

  test.each([
    ["negative", -2, /found -2 in pixel \(2, 1\); expected radiance from 0/],
    ["no number", Number.NaN, /found NaN in pixel \(2, 1\); expected radiance from 0/],
    ["infinite", Infinity, /found Infinity in pixel \(2, 1\); expected radiance from 0/],
  ])("a radiance picture with a value that is %s", async (name, value, message) => {
    const picture = writePicture(`${name}.pfm`, value);
    const { code, stderr } = await cqd("info", ...IMAGER, "--scene", `picture:${picture}`);
    expect(code).toBe(3);
    expect(stderr).toMatch(message);
  });

  test("a trace that would not fit the disk; nothing is written", async () => {
    const { code, stderr, stdout } = await trace(
      ...IMAGER,
      "--frames",
      "1000000",
      "--signals",
      "*",
      "--columns",
      "0:64",
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/found [\d.]+ .B free, expected [\d.]+ [TP]B for the trace/);
    expect(stdout).toBe("");
    expect(readdirSync(folder).filter((name) => name.includes("vcd"))).toEqual([]);
  });
});

describe("cqd trace of an imager", () => {
  test("the header names the clock, and gate phases only where there are some", async () => {
    await trace(...IMAGER, "--signals", "settle");
    const text = readFileSync(join(folder, "a.vcd"), "utf8");
    expect(text).toContain("$comment ROIC clock 400000000 Hz; signals as in docs/timing.md $end");
    await trace("--device", "sim:inas-lidar-64x48", "--pulses", "1", "--signals", "reset");
    expect(readFileSync(join(folder, "a.vcd"), "utf8")).toContain("400000000 Hz, 8 gate phases a cycle;");
  });
});
