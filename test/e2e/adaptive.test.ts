import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cqdJson } from "../support/cqd.ts";
import { boundMm } from "../tools/adaptive/figures-page.ts";
import { type Comparison, compare } from "../tools/adaptive/measure.ts";
import { writePanels } from "../tools/adaptive/panels.ts";
import { surprise } from "../tools/adaptive/surprise.ts";

const SMALL = "inas-lidar-64x48";
const WIDTHS = [1, 1.6, 2.6];
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-adaptive-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function measure(scene: string, widthFactors: readonly number[], ambientSun = 0.02): Promise<Comparison> {
  return compare({ profile: SMALL, scene, ambientSun, frames: 3, widthFactors, seed: 5 });
}

/**
 * Gain of the rms error. n errors each: the ratio's own error is sqrt(1/n), 1 % at n = 9000; the limits lie 3 of them and
 * more from what is measured.
 */
function gainOf({ adaptive, uniform }: Comparison): number {
  expect(adaptive.n).toBeGreaterThan(6000);
  return uniform.rmseMm! / adaptive.rmseMm!;
}

describe("sigma against the truth, at equal pulses", () => {
  for (const rangeM of [2, 4, 9]) {
    it(`wall at ${rangeM} m: at least 1.6 x lower with gates of the same width, as the bound permits`, async () => {
      const measured = await measure(`wall:range=${rangeM},radial=1`, [1]);
      const permitted = boundMm(measured.uniform) / boundMm(measured.adaptive);
      expect(gainOf(measured)).toBeGreaterThan(1.6);
      expect(gainOf(measured) / permitted).toBeGreaterThan(0.95);
      expect(measured.adaptive.outliers).toBe(0);
      expect(measured.adaptive.zStd).toBeGreaterThan(0.95);
      expect(measured.adaptive.zStd).toBeLessThan(1.05);
    });
  }

  it("a few depths, and a furnished room in full sun: at least 1.6 x lower with wider gates, no outlier more", async () => {
    const panels = join(folder, "panels.obj");
    await writePanels(panels, [2.5, 5, 9]);
    for (const measured of [await measure(panels, WIDTHS), await measure("room", WIDTHS, 1)]) {
      expect(gainOf(measured)).toBeGreaterThan(1.6);
      expect(measured.adaptive.outliers).toBeLessThanOrEqual(measured.uniform.outliers);
      expect(measured.adaptive.valid).toBeGreaterThanOrEqual(measured.uniform.valid);
    }
  });

  it("all depths at once: not worse", async () => {
    const measured = await measure("wall:range=1,to=18", [1]);
    expect(gainOf(measured)).toBeGreaterThan(1 / 1.05);
    expect(measured.plan.leastGain).toBeGreaterThanOrEqual(1 / 1.05);
  });

  it("nothing there: uniform gates, and no more false returns", async () => {
    const { adaptive, plan, uniform } = await measure("wall:range=60,radial=1", WIDTHS);
    expect(plan.scanGates).toBe(32);
    expect(adaptive.outliers).toBeLessThanOrEqual(uniform.outliers + 1);
  });
});

describe("what moves", () => {
  for (const [fromM, toM] of [
    [9, 3],
    [3, 14],
  ] as const) {
    it(`from ${fromM} to ${toM} m: found in the first frame, and better than by uniform gates in the next`, async () => {
      const found = await surprise(SMALL, fromM, toM, 5);
      expect(found.pixels).toBe(64 * 48);
      expect(found.foundShare).toBeGreaterThan(0.99);
      expect(found.outlierShare).toBe(0);
      expect(found.firstSigmaRatio).toBeLessThan(1.5);
      expect(found.nextSigmaRatio).toBeLessThan(1 / 1.6);
    });
  }
});

it("cqd stream --adaptive --target-sigma: the sigma that was asked for, and the gates of every frame", async () => {
  const args = ["--device", `sim:${SMALL}`, "--scene", "wall:range=4,radial=1", "--frames", "4", "--truth"];
  const lines = await cqdJson(["stream", ...args, "--adaptive", "--target-sigma", "12mm"]);
  const plans = lines.slice(0, 4).map((line) => line["plan"] as Record<string, unknown>);
  expect(plans.map((plan) => plan["scanGates"])).toEqual([32, 8, 8, 8]);
  expect(plans.at(-1)).toMatchObject({ pulseLimit: "target sigma" });
  expect(plans.at(-1)!["expectedMedianSigmaM"]).toBeCloseTo(0.012, 3);
  const { truth } = (lines.at(-1) as { summary: { truth: { rmseOverCrlb: number } } }).summary;
  expect(truth.rmseOverCrlb).toBeGreaterThan(0.95);
  expect(truth.rmseOverCrlb).toBeLessThan(1.05);
});
