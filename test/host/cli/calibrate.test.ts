import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { distanceList } from "../../../host/cli/calibrate/distances.ts";
import { chipDeviations } from "../../../host/cli/device/deviation-option.ts";
import { EXIT_BAD_INPUT, EXIT_OK, EXIT_USAGE } from "../../../host/cli/exit-codes.ts";
import { cqd } from "../support/run-main.ts";

const folder = mkdtempSync(join(tmpdir(), "cqd-calibrate-"));
const file = (name: string) => join(folder, name);
const SMALL = ["--device", "sim:inas-lidar-64x48", "--threads", "0"];
const DEVIATION = ["--deviation", "tau=1.1,pulse=2ns,temperature=25K"];

afterAll(() => rmSync(folder, { recursive: true }));

describe("cqd calibrate tof", () => {
  beforeAll(async () => {
    const places = ["--distances", "1,5,9", "--check", "3", "--frames", "1"];
    const files = ["--out", file("warm.json"), "--plot", file("bias.svg")];
    const { code, stdout } = await cqd(
      "calibrate",
      "tof",
      ...SMALL,
      ...DEVIATION,
      ...places,
      ...files,
      "--json",
    );
    expect(code).toBe(EXIT_OK);
    writeFileSync(file("summary.json"), stdout);
  });

  test("prints and writes the calibration, and what the device is off by afterwards", () => {
    const { calibration, checks, files } = JSON.parse(readFileSync(file("summary.json"), "utf8"));
    expect(files).toEqual([file("warm.json"), file("bias.svg")]);
    expect(calibration.parameters.tauNs.value / 29.58).toBeCloseTo(1.1, 2);
    expect(calibration.temperatureC).toBe(60);
    expect(calibration.pixelTimes).not.toHaveProperty("pixels");
    expect(calibration.captures[0].biasM).toBeGreaterThan(0.2);
    expect(checks).toHaveLength(1);
    // One frame of 3067 pixels: the standard error stands beside the bias.
    expect(Math.abs(checks[0].biasM)).toBeLessThan(0.002 + 4 * checks[0].sigmaM);
    expect(JSON.parse(readFileSync(file("warm.json"), "utf8"))).toMatchObject(calibration);
  });

  test("plots the bias before and after", () => {
    const svg = readFileSync(file("bias.svg"), "utf8");
    expect(svg).toMatch(/^<svg /);
    expect(svg).toContain("Residual bias after calibration");
    expect(svg).not.toContain("NaN");
  });

  test("--calibration takes the bias away from a stream", async () => {
    const stream = [
      "stream",
      ...SMALL,
      ...DEVIATION,
      "--scene",
      "wall:range=4,electrons=1e6",
      "--frames",
      "1",
      "--truth",
    ];
    const biasOf = ({ stdout }: { stdout: string }) =>
      JSON.parse(stdout.trim().split("\n").at(-1)!).summary.truth.biasMm;
    expect(biasOf(await cqd(...stream, "--json"))).toBeGreaterThan(200);
    const calibrated = await cqd(...stream, "--json", "--calibration", file("warm.json"));
    expect(Math.abs(biasOf(calibrated))).toBeLessThan(2);
  });

  test("merge finds no activation energy where there is none, and refuses a file beside itself", async () => {
    const cold = JSON.parse(readFileSync(file("warm.json"), "utf8"));
    writeFileSync(file("cold.json"), JSON.stringify({ ...cold, temperatureC: 35 }));
    const merged = await cqd(
      "calibrate",
      "merge",
      file("cold.json"),
      file("warm.json"),
      "--out",
      file("both.json"),
      "--json",
    );
    expect(JSON.parse(merged.stdout)).toMatchObject({
      files: [file("both.json")],
      activation: { value: 0, unit: "eV" },
    });
    const same = await cqd(
      "calibrate",
      "merge",
      file("warm.json"),
      file("warm.json"),
      "--out",
      file("x.json"),
    );
    expect(same.code).toBe(EXIT_BAD_INPUT);
    expect(same.stderr).toContain("found 0.0 K between the calibrations");
  });

  test.each([
    [["--distances", "1,2"], EXIT_BAD_INPUT, "found 2 different ones"],
    [["--distances", "2,6,40"], EXIT_BAD_INPUT, "expected one within the range window"],
    [["--scene", "room"], EXIT_USAGE, "which brings its own target"],
    [["--distances", "1:x:3"], EXIT_USAGE, "expected FROM:TO:COUNT"],
    [["--rows", "40:90"], EXIT_BAD_INPUT, "target rows: found 40 to 90"],
  ])("%j is refused", async (options, code, text) => {
    const run = await cqd(
      "calibrate",
      "tof",
      ...SMALL,
      ...options,
      "--frames",
      "1",
      "--out",
      file("no.json"),
    );
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(text);
    expect(run.stderr).not.toContain("    at ");
  });

  test("another device refuses the file; a broken file is told", async () => {
    const other = await cqd(
      "info",
      "--device",
      "sim:inas-lidar-64x48-swept",
      "--calibration",
      file("warm.json"),
    );
    expect(other.code).toBe(EXIT_BAD_INPUT);
    expect(other.stderr).toContain("expected inas-lidar-64x48, CQD-INAS-0064");
    writeFileSync(file("broken.json"), readFileSync(file("warm.json"), "utf8").slice(0, 300));
    const broken = await cqd("info", ...SMALL, "--calibration", file("broken.json"));
    expect(broken.code).toBe(EXIT_BAD_INPUT);
    expect(broken.stderr).toContain("found no whole JSON");
    const missing = await cqd("info", ...SMALL, "--calibration", file("none.json"));
    expect(missing.stderr).toContain("none.json does not exist");
  });

  test("an imager has no ranges to calibrate, and no chip that deviates", async () => {
    const imager = ["--device", "sim:inas-imager-64x48", "--threads", "0"];
    const run = await cqd("calibrate", "tof", ...imager, "--out", file("no.json"));
    expect(run.stderr).toContain("found a camera that sends pictures");
    const deviating = await cqd("info", ...imager, "--deviation", "tau=1.1");
    expect(deviating.code).toBe(EXIT_BAD_INPUT);
    expect(deviating.stderr).toContain("expected a LiDAR");
  });
});

test("distances are a list or equal steps", () => {
  expect(distanceList("1:15:8")).toEqual([1, 3, 5, 7, 9, 11, 13, 15]);
  expect(distanceList("1, 2.5,4")).toEqual([1, 2.5, 4]);
  for (const text of ["", "1:2", "5:1:3", "1:15:1", "1:15:2.5", "0,1", "1:2:3:4", "1,,2"])
    expect(() => distanceList(text), text).toThrow("expected FROM:TO:COUNT");
});

test("deviations carry their units", () => {
  expect(chipDeviations("tau=1.1,pulse=2ns,gate=200ps,temperature=25K")).toEqual({
    tauFactor: 1.1,
    pulseNs: 2,
    gateInlNs: 0.2,
    temperatureK: 25,
  });
  expect(chipDeviations("tail=10%,tail-tau=0.3us,mobility=20meV,pulse=-2 ns")).toEqual({
    tailFraction: 0.1,
    tailTauNs: 300,
    mobilityActivationEv: 0.02,
    pulseNs: -2,
  });
  expect(() => chipDeviations("tua=1")).toThrow("did you mean tau?");
  for (const text of ["tau", "tau=", "tau=x", "tau=1ns", "pulse=2", "temperature=25C", "pulse=2ns,,"])
    expect(() => chipDeviations(text), text).toThrow("expected");
});
