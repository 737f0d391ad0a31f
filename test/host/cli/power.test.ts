import { describe, expect, test } from "vitest";
import type { PowerSummary } from "../../../host/cli/applications/power-run.ts";
import { cqd } from "../support/run-main.ts";

async function power(...extra: string[]): Promise<PowerSummary> {
  const { code, stderr, stdout } = await cqd("power", ...extra, "--json");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout) as PowerSummary;
}

describe("cqd power", () => {
  test("feeds a small imager at video rate from 4 cm2 in the sun", async () => {
    const { budgets, energy } = await power("--cell", "meng-ref45", "--area", "4cm2");
    expect(budgets).toHaveLength(1);
    expect(budgets[0]!.cell).toBe("meng-ref45-cell");
    expect(budgets[0]!.cellW).toBeCloseTo(4e-4 * 1000 * 0.0887, 9);
    expect(budgets[0]!.frameRateHz).toBeCloseTo((0.85 * 4e-4 * 88.7 - 45e-6) / energy.totalJ, 6);
  });

  test("orders all cells that were measured under a light and names the rest", async () => {
    const { budgets, notMeasured } = await power("--all", "--source", "behind-silicon", "--area", "50mm2");
    expect(budgets).toHaveLength(10);
    expect(budgets[0]!.cell).toBe("meng-ref45-cell");
    expect(budgets[0]!.efficiency).toBe(0.0143);
    expect(notMeasured).toContain("meng-ref49-laser-power");
    const rates = budgets.map(({ frameRateHz }) => frameRateHz);
    expect(rates).toEqual([...rates].sort((a, b) => b - a));
  });

  test("says in words what holds no longer on a node", async () => {
    const { stdout } = await cqd(
      "power",
      "--all",
      "--source",
      "laser1550",
      "--irradiance",
      "100",
      "--link",
      "radio",
    );
    expect(stdout).toContain("meng-ref49-laser-power");
    expect(stdout).toContain("not measured under this light:");
    expect(stdout).toContain("no cooler is fed: the profile's -20 degC");
  });

  test.each([
    [["--area", "-4cm2"], 2, "expected an area above 0"],
    [["--area", "0"], 2, "expected an area above 0"],
    [["--area", "4ft2"], 2, "expected an area above 0"],
    [["--cell", "meng-ref4"], 3, "meng-ref45-cell"],
    [["--sensor", "inas-lidar-64x48"], 2, "found the LiDAR inas-lidar-64x48, expected an imaging sensor"],
    [["--source", "laser1550"], 3, "expected am15, behind-silicon, behind-perovskite"],
    [["--source", "moon"], 2, "expected one of am15"],
    [["--irradiance", "0"], 2, "expected a number from"],
    [["--all", "--cell", "meng-ref45"], 2, "found --cell with --all"],
  ])("refuses %j", async (wrong, exitCode, message) => {
    const { code, stderr, stdout } = await cqd("power", ...wrong);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(code).toBe(exitCode);
  });
});
