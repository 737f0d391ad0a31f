import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FlatFieldSummary } from "../../../host/cli/applications/flat-field-run.ts";
import { cqd } from "../support/run-main.ts";

const args = ["flat-field", "--threads", "0"];

async function session(...extra: string[]): Promise<FlatFieldSummary> {
  const { code, stderr, stdout } = await cqd(...args, ...extra, "--json");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout) as FlatFieldSummary;
}

describe("cqd flat-field", () => {
  test("drifts as the law says, and the reference leaves the noise of the frames", async () => {
    const found = await session("--seed", "2");
    const { halfLifeMin, measuredHalfLifeMin, measuredHalfLifeSigmaMin, points } = found;
    expect(points).toHaveLength(61);
    expect(points.at(-1)!.minutes).toBeGreaterThan(59);
    expect(Math.abs(points.at(-1)!.level - 2 ** (-points.at(-1)!.minutes / 54))).toBeLessThan(3e-4);
    // 61 points: chi-square over 60 degrees of freedom is 1 +- 0.18; 3 sigma.
    expect(found.lawRmsSigma ** 2).toBeLessThan(1.55);
    expect(Math.abs(measuredHalfLifeMin - halfLifeMin)).toBeLessThan(3 * measuredHalfLifeSigmaMin);
    expect(found.residual).toBeLessThan(1.2 * found.statisticalFloor);
    expect([found.lawOk, found.residualOk]).toEqual([true, true]);
    expect(1 - points.at(-1)!.level).toBeGreaterThan(3000 * found.residual);
  });

  test("follows L0^1.7 T50 = const at another luminance, and writes the session", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cqd-flat-"));
    try {
      const extra = ["--luminance", "20000", "--minutes", "20", "--points", "11", "--out", folder];
      const found = await session(...extra);
      expect(found.halfLifeMin).toBeCloseTo(54 / 2 ** 1.7, 9);
      const off = (found.measuredHalfLifeMin - found.halfLifeMin) / found.measuredHalfLifeSigmaMin;
      expect(Math.abs(off)).toBeLessThan(4);
      const lines = readFileSync(join(folder, "session.csv"), "utf8").trim().split("\n");
      expect(lines).toHaveLength(12);
      expect(readFileSync(join(folder, "drift.svg"), "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("prints a table and two verdicts", async () => {
    const { stdout } = await cqd(...args, "--points", "7", "--minutes", "30");
    expect(stdout).toContain("drifts as the law says");
    expect(stdout).toMatch(/half-life 5\d\.\d+ \+- 0\.\d+ min, by the law 54\.000 min/);
    expect(stdout).toMatch(/after correction .* of 3\d(\.\d+)? % drift/);
  });

  test.each([
    [["--minutes", "600"], 3, "expected at most 216 minutes"],
    [["--frames", "6"], 3, "expected a multiple of 4"],
    [["--device", "sim:inas-lidar-64x48"], 2, "found the LiDAR inas-lidar-64x48, expected an imaging sensor"],
    [["--scene", "room"], 2, "brings its own light"],
    [["--luminance", "0"], 2, "expected a number from 1 to 1000000"],
    [
      ["--distance", "1", "--luminance", "1000000", "--minutes", "0.05"],
      3,
      "bring the lamp nearer or farther",
    ],
  ])("refuses %j", async (wrong, exitCode, message) => {
    const { code, stderr, stdout } = await cqd(...args, ...wrong);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(code).toBe(exitCode);
  });
});
