import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DESCRIPTOR_NAME, descriptorText } from "../../../host/capture/emva/descriptor.ts";
import { captureEmva, type EmvaOptions, type EmvaOutcome } from "../../../host/capture/emva/emva-capture.ts";
import { irradianceOf, photonsPerS } from "../../../host/capture/emva/photons.ts";
import { findResponse } from "../../../host/capture/emva/sweep.ts";
import { analyseEmva, type EmvaResult } from "../../reference/emva/analyse.ts";
import { readDataSet } from "../../reference/emva/read-data-set.ts";
import type { SyntheticCamera } from "../../reference/emva/synthetic-camera.ts";
import { root } from "../../support/cqd.ts";
import { pythonWithNumpy } from "../../support/python.ts";
import { STEP_NS, SyntheticSource } from "./synthetic-source.ts";

const CAMERA: SyntheticCamera = {
  width: 96,
  height: 64,
  bits: 12,
  pedestalDn: 80,
  gainDnPerE: 0.25,
  quantumEfficiency: 0.4,
  darkCurrentEPerS: 60_000,
  darkNoiseE: 12,
  offsetE: { pixel: 20, row: 6, column: 9 },
  response: { pixel: 0.012, row: 0.004, column: 0.006 },
};
const PHOTONS_PER_S = 2e6;
const OPTIONS: Omit<EmvaOptions, "folder"> = {
  points: 30,
  stackImages: 8,
  settleFrames: 1,
  photonsPerS: PHOTONS_PER_S,
  startExposureNs: 1e6,
  comments: ["one line\nof text"],
};
const silent = { onImage: () => undefined, isCancelled: () => false };

const newFolder = () => mkdtempSync(join(tmpdir(), "cqd-emva-"));

describe("a data set of a synthetic camera", () => {
  let folder: string;
  let source: SyntheticSource;
  let outcome: EmvaOutcome;
  let result: EmvaResult;
  const progress: number[] = [];
  beforeAll(async () => {
    folder = newFolder();
    source = new SyntheticSource(CAMERA, PHOTONS_PER_S, 7);
    const watch = { onImage: (images: number) => progress.push(images), isCancelled: () => false };
    outcome = await captureEmva(source, { folder, ...OPTIONS }, watch);
    result = analyseEmva(readDataSet(join(folder, DESCRIPTOR_NAME)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("has a pair a light and exposure, two stacks, and nothing else", () => {
    const images = 2 * (2 * OPTIONS.points + OPTIONS.stackImages);
    expect(outcome.images).toBe(images);
    expect(progress).toEqual(Array.from({ length: images }, (_, i) => i + 1));
    expect(readdirSync(folder).sort()).toEqual([DESCRIPTOR_NAME, "images"]);
    expect(readdirSync(join(folder, "images"))).toHaveLength(images);
  });

  test("names exposures and photons in the order of the format", () => {
    const lines = readFileSync(outcome.descriptor!, "latin1").split("\n");
    expect(lines.slice(0, 3)).toEqual(["v 4.0", "n 12 96 64", "# one line of text"]);
    const exposure = outcome.exposuresNs[0]!.toFixed(1);
    const photons = (PHOTONS_PER_S * outcome.exposuresNs[0]! * 1e-9).toFixed(3);
    expect(lines.slice(3, 9)).toEqual([
      `b ${exposure} ${photons}`,
      "i images\\image0.png",
      "i images\\image1.png",
      `d ${exposure}`,
      "i images\\image68.png",
      "i images\\image69.png",
    ]);
    expect(lines.filter((line) => line.startsWith("b "))).toHaveLength(OPTIONS.points + 1);
    expect(lines.filter((line) => line.startsWith("d "))).toHaveLength(OPTIONS.points + 1);
  });

  test("reaches from dark beyond saturation in equal steps, its stacks at half of it", () => {
    // (4095 - 80) DN at 0.25 DN/e- and 2e6 x 0.4 + 60000 e-/s.
    const fullNs = (4015 / 0.25 / 860_000) * 1e9;
    expect(Math.abs(outcome.exposuresNs.at(-1)! / (1.1 * fullNs) - 1)).toBeLessThan(0.01);
    const steps = outcome.exposuresNs.map((ns, k) => ns - (outcome.exposuresNs[k - 1] ?? 0));
    for (const step of steps) expect(Math.abs(step - steps[0]!)).toBeLessThanOrEqual(STEP_NS);
    expect(Math.abs(outcome.spatialExposureNs / (0.475 * fullNs) - 1)).toBeLessThan(0.03);
  });

  test("takes one settling frame after every change, light first, then dark", () => {
    const lights = source.calls.filter((call) => call === "light" || call === "dark");
    expect(lights).toEqual(["light", "dark"]);
    expect(source.calls.slice(-2)).toEqual([
      `3 at ${outcome.exposuresNs.at(-1)}`,
      `9 at ${outcome.spatialExposureNs}`,
    ]);
  });

  test("gives the camera's figures back", () => {
    // n = 6144: K by 19 pairs, 1.34 / sqrt(19) sqrt(2/n) = 0.55 %; 4 sigma.
    expect(Math.abs(result.gainDnPerE / CAMERA.gainDnPerE - 1)).toBeLessThan(0.022);
    const response = CAMERA.gainDnPerE * CAMERA.quantumEfficiency;
    expect(Math.abs(result.responsivityDnPerPhoton / response - 1)).toBeLessThan(0.002);
    expect(Math.abs(result.darkCurrentMeanEPerS / CAMERA.darkCurrentEPerS - 1)).toBeLessThan(0.025);
  });

  const python = pythonWithNumpy();
  test.skipIf(python === undefined)("numpy alone finds the same figures to 1e-9", () => {
    const script = join(root, "test/tools/emva/check_emva.py");
    const printed = execFileSync(python!, [script, folder], { encoding: "utf8" });
    const judged = JSON.parse(printed) as Record<string, number | Record<string, number>>;
    const compared: (keyof EmvaResult & string)[] = [
      "gainDnPerE",
      "responsivityDnPerPhoton",
      "quantumEfficiency",
      "darkNoiseE",
      "thresholdPhotons",
      "saturationE",
      "dynamicRange",
      "darkCurrentMeanEPerS",
      "darkCurrentVarianceEPerS",
    ];
    for (const name of compared) expect([name, ratio(judged[name], result[name])]).toEqual([name, 1]);
    for (const part of ["total", "pixel", "row", "column"] as const) {
      const { dsnuE, prnuPercent } = judged as Record<string, Record<string, number>>;
      expect([part, ratio(dsnuE![part], result.dsnuE[part])]).toEqual([part, 1]);
      expect([part, ratio(prnuPercent![part], result.prnuPercent[part])]).toEqual([part, 1]);
    }
    const { gainWeightedDnPerE, gainWeightedErrorDnPerE } = judged as Record<string, number>;
    expect(Math.abs(gainWeightedDnPerE! - CAMERA.gainDnPerE)).toBeLessThan(4 * gainWeightedErrorDnPerE!);
  });
});

async function litSource(): Promise<SyntheticSource> {
  const source = new SyntheticSource(CAMERA, PHOTONS_PER_S, 7);
  await source.setLight(true);
  return source;
}

/** a / b to nine digits. */
function ratio(a: unknown, b: unknown): number {
  return Number((Number(a) / Number(b)).toFixed(9));
}

describe("a capture that does not go through", () => {
  let folder: string;
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("cancelled: whole images, no descriptor, not even that of an earlier run", async () => {
    writeFileSync(join(folder, DESCRIPTOR_NAME), "old");
    let images = 0;
    const outcome = await captureEmva(
      new SyntheticSource(CAMERA, PHOTONS_PER_S, 7),
      { folder, ...OPTIONS },
      {
        onImage: (count) => {
          images = count;
        },
        isCancelled: () => images >= 11,
      },
    );
    expect(outcome).toMatchObject({ descriptor: undefined, images: 11 });
    expect(existsSync(join(folder, DESCRIPTOR_NAME))).toBe(false);
    expect(readdirSync(join(folder, "images"))).toHaveLength(11);
  });

  test.each([
    ["no light", 0, /does not rise|no exposure/],
    [
      "too much light",
      1e12,
      /found a mean of \d+ DN at the shortest exposure, 1000 ns; lower the irradiance/,
    ],
  ])("%s", async (_name, photons, message) => {
    const dark = { ...CAMERA, darkCurrentEPerS: photons > 0 ? CAMERA.darkCurrentEPerS : 0 };
    const source = new SyntheticSource(dark, photons, 7);
    await expect(captureEmva(source, { folder, ...OPTIONS }, silent)).rejects.toThrow(message);
  });

  test.each([0.5e6, 1e6, 1.3e6, 1.7e6, 2.2e6, 2.9e6, 40e6])(
    "found from a start of %d ns",
    async (startNs) => {
      const response = await findResponse(await litSource(), startNs);
      expect(Math.abs(response.dnPerNs / 2.15e-4 - 1)).toBeLessThan(0.01);
    },
  );

  test("exposures that the camera cannot tell apart are left out", async () => {
    // One step of the camera is a third of the way to saturation.
    const source = new SyntheticSource(CAMERA, 4e9, 7);
    const outcome = await captureEmva(source, { folder, ...OPTIONS }, silent);
    expect(outcome.exposuresNs.length).toBeLessThan(OPTIONS.points);
    expect(new Set(outcome.exposuresNs).size).toBe(outcome.exposuresNs.length);
    expect(outcome.exposuresNs[0]).toBe(STEP_NS);
    expect(readDataSet(outcome.descriptor!).sweep).toHaveLength(outcome.exposuresNs.length);
  });
});

describe("the pieces", () => {
  test("photons of an irradiance: 1 W/m^2 at 1000 nm on 10 um is 5.034e8 a second", () => {
    const source = { irradianceWPerM2: 1, wavelengthNm: 1000 };
    expect(photonsPerS(source, 10)).toBeCloseTo(503_411_656.8, 0);
    expect(irradianceOf(photonsPerS(source, 10), 1000, 10)).toBeCloseTo(1, 12);
  });

  test("what the format cannot tell is refused", () => {
    const base = { bits: 12, width: 4, height: 3, comments: [] };
    const set = (files: readonly string[]) =>
      descriptorText({ ...base, series: [{ exposureNs: 1, photons: 0, files }] });
    expect(set(["images/a.png", "b.png"])).toBe("v 4.0\nn 12 4 3\nd 1.0\ni images\\a.png\ni b.png\n");
    expect(() => set(["a.png"])).toThrow("found 1 images at 1.0 ns");
    expect(() => set(["a b.png", "c.png"])).toThrow('found "a b.png"');
  });
});
