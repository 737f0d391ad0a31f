import { describe, expect, test } from "vitest";
import { fastestRateHz, frameEnergy } from "../../../host/applications/power-budget/frame-energy.ts";
import { NODE_MODEL } from "../../../host/applications/power-budget/node-model.ts";
import {
  isMeasured,
  powerBudget,
  sensorNeeds,
} from "../../../host/applications/power-budget/power-budget.ts";
import { loadPowerCell } from "../../../hw-profiles/load/load-part.ts";
import { loadImagingProfile } from "../../../hw-profiles/load/load-profile.ts";

const profile = loadImagingProfile("inas-imager-64x48");
const cell = loadPowerCell("meng-ref45-cell");
const needs = sensorNeeds(profile, NODE_MODEL, "none");
const sun = { areaCm2: 4, source: "am15", irradianceWPerM2: 1000, link: "none" } as const;

describe("energy of a frame", () => {
  test("counts the conversions of the row sequencer", () => {
    // 12 groups of 4 rows, 2 reads, 4096 cycles, 4 x 64 converters, 6e-14 J each; 3072 pixels twice.
    const energy = frameEnergy(profile, NODE_MODEL, "radio");
    expect(energy.convertersJ).toBeCloseTo(12 * 2 * 4096 * 256 * 6e-14, 15);
    expect(energy.linesJ).toBeCloseTo(6144 * 1.2e-11, 15);
    expect(energy.busJ).toBeCloseTo(6144 * 12 * 5e-12, 15);
    expect(energy.chipJ).toBeCloseTo(15e-3 / fastestRateHz(profile), 12);
    expect(energy.linkJ).toBeCloseTo(3072 * 16 * 1e-8, 12);
    const { totalJ, ...parts } = energy;
    expect(totalJ).toBeCloseTo(
      Object.values(parts).reduce((sum, value) => sum + value),
      15,
    );
  });

  test("is that of one read without correlated double sampling", () => {
    const single = { ...profile, exposure: { ...profile.exposure, readMode: "single" as const, reads: 1 } };
    const [one, two] = [single, profile].map((sensor) => frameEnergy(sensor, NODE_MODEL, "none").convertersJ);
    expect(two! / one!).toBeCloseTo(2, 9);
  });
});

describe("the budget", () => {
  test("balances: energy of a frame x rate + sleep = what comes in", () => {
    const budget = powerBudget(cell, needs, NODE_MODEL, { ...sun, areaCm2: 1 });
    expect(budget.cellW).toBeCloseTo(1e-4 * 1000 * 0.0887, 12);
    expect(budget.limit).toBe("power");
    const used = needs.energy.totalJ * budget.frameRateHz + NODE_MODEL.sleepW;
    expect(used / (0.85 * budget.cellW)).toBeCloseTo(1, 9);
    const least = powerBudget(cell, needs, NODE_MODEL, { ...sun, areaCm2: budget.areaForOneHzCm2 });
    expect(least.frameRateHz).toBeCloseTo(1, 9);
  });

  test("ends at what the chip can do, and where the cell does not feed a sleeping node", () => {
    const large = powerBudget(cell, needs, NODE_MODEL, { ...sun, areaCm2: 100 });
    expect([large.limit, large.frameRateHz]).toEqual(["sensor", needs.fastestHz]);
    const dim = powerBudget(cell, needs, NODE_MODEL, { ...sun, irradianceWPerM2: 1 });
    expect([dim.limit, dim.frameRateHz]).toEqual(["sleep", 0]);
  });

  test("takes the review's efficiency for each light and refuses what it does not give", () => {
    const of = (source: "am15" | "behind-silicon" | "behind-perovskite") =>
      powerBudget(cell, needs, NODE_MODEL, { ...sun, source }).efficiency;
    expect([of("am15"), of("behind-perovskite"), of("behind-silicon")]).toEqual([0.0887, 0.0357, 0.0143]);
    expect(isMeasured(cell, "laser1550")).toBe(false);
    expect(() => powerBudget(cell, needs, NODE_MODEL, { ...sun, source: "laser1550" })).toThrow(
      "expected am15, behind-silicon, behind-perovskite",
    );
  });
});
