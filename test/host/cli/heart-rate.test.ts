import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cqd } from "../support/run-main.ts";

const args = ["heart-rate", "--threads", "0", "--region", "16x12+24+18"];

async function measure(...extra: string[]): Promise<Record<string, unknown>> {
  const { code, stderr, stdout } = await cqd(...args, ...extra, "--json");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("cqd heart-rate", () => {
  // All rates and three seeds: test/e2e/heart-rate.test.ts.
  test.each([
    [45, 4],
    [105, 5],
    [180, 6],
  ])("%i bpm within 1 bpm at the default light", async (rate, seed) => {
    const found = await measure("--scene", `fingertip:rate=${rate},person=${seed}`, "--seed", String(seed));
    expect(Math.abs(Number(found["rateBpm"]) - rate)).toBeLessThan(1);
    expect(Math.abs(Number(found["beatRateBpm"]) - rate)).toBeLessThan(1);
    expect(found["quality"]).toBe("good");
    expect(Number(found["frameRateHz"])).toBeCloseTo(30, 1);
    expect(found["lostFrames"]).toBe(0);
  });

  test("says that there is none under an even light, and none in a finger without blood", async () => {
    for (const scene of ["uniform:photons=3e7", "fingertip:modulation=0"]) {
      const found = await measure("--scene", scene, "--seconds", "10");
      expect([found["rateBpm"], found["standardErrorBpm"], found["quality"]]).toEqual([null, null, "none"]);
    }
    const { stdout } = await cqd(...args, "--scene", "uniform:photons=3e7", "--seconds", "5");
    expect(stdout).toContain("no pulse found");
    expect(stdout).not.toContain("bpm");
  });

  test("prints the rate with its error and plots the pulse; writes samples and a picture", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cqd-pulse-"));
    try {
      const { stdout } = await cqd(...args, "--seconds", "8", "--out", folder);
      expect(stdout).toMatch(/heart rate 7[123]\.\d \+- 0\.\d bpm \(\d+ beats say 7[123]\.\d\)/);
      expect(stdout).toMatch(/[\u2801-\u28ff]/);
      expect(stdout).toContain("the usual rate");
      const samples = readFileSync(join(folder, "samples.csv"), "utf8").trim().split("\n");
      expect(samples[0]).toBe("time_s,light_dn,pulse");
      expect(samples).toHaveLength(1 + Math.ceil(8 * 30.01));
      expect(samples.slice(1).every((line) => line.split(",").map(Number).every(Number.isFinite))).toBe(true);
      const picture = readFileSync(join(folder, "pulse.svg"), "utf8");
      expect(picture).toMatch(/^<svg [\s\S]*Pulse, 7[123]\.\d beats per minute[\s\S]*<\/svg>\n$/);
      expect(picture.match(/<polyline/g)).toHaveLength(2);
      expect(picture).not.toContain("NaN");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("gives the same bytes on a second run", async () => {
    const [one, other] = [await measure("--seconds", "5"), await measure("--seconds", "5")];
    expect(other).toEqual(one);
  });

  test.each([
    [["--device", "sim:inas-lidar-64x48"], 2, "found the LiDAR inas-lidar-64x48, expected an imaging sensor"],
    [["--device", "sim"], 2, "found the LiDAR inas-lidar-320x240, expected an imaging sensor"],
    [["--seconds", "3"], 2, "expected a number from 5 to 3600"],
    [
      ["--frame-rate", "5"],
      3,
      "found 5 frames per second, which sample rates below 150 bpm; expected more than 8",
    ],
    [["--scene", "dark"], 3, "expected at least 20 DN of light"],
    [["--scene", "uniform:photons=1e9"], 3, "found 100 % of the region saturated"],
    [["--scene", "fingertip:rate=300"], 3, "expected a number from 30 to 240"],
    [["--frame-rate", "5000"], 4, "AcquisitionFrameRate: found an exposure longer than the frame allows"],
    [["--region", "100x10"], 4, "found a region that ends at 100"],
    [["--band", "240:36"], 2, "expected LOW:HIGH"],
    [["--device", "sim:inas-imagr-64x48"], 3, "inas-imager-64x48"],
  ])("refuses %j", async (wrong, exitCode, message) => {
    const { code, stderr, stdout } = await cqd("heart-rate", "--threads", "0", ...wrong);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(code).toBe(exitCode);
  });

  test("takes a slow camera for slow hearts when the band says so", async () => {
    const found = await measure("--scene", "fingertip:rate=60", "--frame-rate", "5", "--band", "36:120");
    expect(Math.abs(Number(found["rateBpm"]) - 60)).toBeLessThan(1);
    expect(found["frameRateWhy"]).toBe("as asked for");
  });
});
