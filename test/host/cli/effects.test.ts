import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadImagingProfile } from "../../../hw-profiles/load/load-profile.ts";
import { cqd, cqdJson } from "../../support/cqd.ts";
import { readNpy } from "../../support/npy.ts";

const PROFILE = "inas-imager-64x48";
const IMAGER = ["--device", `sim:${PROFILE}`, "--threads", "0"];
const { adc } = loadImagingProfile(PROFILE);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-effects-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Raw codes of single reads in the dark. */
async function darkCodes(...args: string[]): Promise<number[]> {
  const out = ["--out", folder, "--format", "npy", "--arrays", "reads_dn", "--set", "ReadMode=0"];
  await cqdJson(["capture", ...IMAGER, ...out, "--scene", "dark", ...args]);
  return [...readNpy(join(folder, "000000-reads_dn.npy")).values];
}

describe("--effects", () => {
  test("none in the dark: every pixel has the pedestal", async () => {
    expect(new Set(await darkCodes("--effects", "none"))).toEqual(new Set([adc.pedestalDn]));
  });

  test("one of none: that alone", async () => {
    const codes = await darkCodes("--effects", "none,rampNoise", "--seed", "5");
    const rows = Array.from({ length: 48 }, (_, row) => new Set(codes.slice(64 * row, 64 * row + 64)));
    // The ramp's noise is common to a row.
    expect(rows.every((row) => row.size === 1)).toBe(true);
  });

  test("the last word on an effect counts, and all is what the profile has", async () => {
    const all = await darkCodes("--effects", "all");
    expect(await darkCodes()).toEqual(all);
    expect(await darkCodes("--effects", "none,all")).toEqual(all);
    expect(await darkCodes("--effects", "-readNoise,readNoise")).toEqual(all);
    expect(await darkCodes("--effects", "-readNoise")).not.toEqual(all);
  });

  test.each([
    [[...IMAGER, "--effects", "shotnoise"], /found "shotnoise", expected .*did you mean shotNoise/],
    [[...IMAGER, "--effects", "none,-"], /found ""|found "-"/],
    [
      ["--device", "sim:inas-lidar-64x48", "--effects", "none"],
      /found all for inas-lidar-64x48, a LiDAR sensor; expected an imaging sensor/,
    ],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await cqd(["info", ...args]);
    expect([2, 3]).toContain(code);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("--set", () => {
  const SLOW = ["--set", "AcquisitionFrameRate=20000"];
  const LONG = ["--set", "ExposureTime=30000000"];

  test("writes registers in the order given", async () => {
    const [info] = await cqdJson(["info", ...IMAGER, ...SLOW, ...LONG]);
    expect(Math.abs(Number(info!["exposureNs"]) - 30e6)).toBeLessThan(30e6 * 0.002);
    const { code, stderr } = await cqd(["info", ...IMAGER, ...LONG, ...SLOW]);
    expect(code).toBe(4);
    // The device's own words, from LastRefusal.
    expect(stderr).toMatch(/OUT_OF_RANGE.*ExposureTime: found an exposure longer than the frame allows/);
  });

  test.each([
    ["ExposureTime", /found "ExposureTime", expected NAME=NUMBER/],
    ["Exposuretime=5", /found no register of the name "Exposuretime".*did you mean ExposureTime/],
    ["ExposureTime=long", /found "ExposureTime=long", expected NAME=NUMBER/],
    ["RowTime=5", /RowTime.*READ_ONLY|RowTime.*read/],
  ])("%s is refused", async (setting, message) => {
    const { code, stderr } = await cqd(["info", ...IMAGER, "--set", setting]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
