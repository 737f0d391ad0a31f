import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bootModule } from "../tools/campaign-flash/boot-module.ts";
import { exploreCompletely } from "../tools/campaign-flash/complete-job.ts";
import { GEOMETRIES } from "../tools/campaign-flash/geometries.ts";
import { exploreGeometry, findingText } from "../tools/campaign-flash/geometry-job.ts";
import { ATOMIC_MEANS, hunt } from "../tools/campaign-flash/hunt.ts";
import { PLANTED_BUGS } from "../tools/campaign-flash/planted-bugs.ts";
import { SCENARIO_NAMES } from "../tools/campaign-flash/scenarios.ts";

/** The whole campaign is a command of its own; these are samples of it. */
const NESTED = 12;

describe("power cuts at every flash operation, torn in eight ways and silently not done, nested three deep", () => {
  it.each([0, 4, 9])("geometry %i: no brick, no unsigned boot, no downgrade", (index) => {
    const { findings, maxBootsToRecover, cutPoints } = exploreGeometry(index, NESTED);
    expect(findings.map(findingText)).toEqual([]);
    expect(maxBootsToRecover).toBeLessThanOrEqual(2);
    expect(cutPoints).toBeGreaterThan(1000);
  });
});

describe("every combination of two cuts on a small flash", () => {
  it.each([
    [0, "slot erased"],
    [1, "return to the image before"],
  ])("geometry %i, %s: nothing fails, and what is merged leads to the same", (geometry, name) => {
    const scenario = SCENARIO_NAMES.indexOf(name);
    const { findings, levels, audited } = exploreCompletely({ geometry, scenario, depth: 2 });
    expect(findings.map(findingText)).toEqual([]);
    expect(levels.length).toBe(3);
    expect(levels[2]!.cutPoints).toBeGreaterThan(1000);
    expect(audited).toBeGreaterThan(0);
  });
});

describe("the campaign can fail", () => {
  it("knows geometries and bugs enough", () => {
    expect(GEOMETRIES.length).toBeGreaterThanOrEqual(12);
    expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(PLANTED_BUGS.map(({ id }) => id)).size).toBe(PLANTED_BUGS.length);
  });

  it.each(PLANTED_BUGS)("$id replaces a piece that occurs exactly once", ({ file, find, replace }) => {
    const source = readFileSync(new URL(`../../firmware/boot/${file}`, import.meta.url), "utf8");
    expect(source.split(find).length).toBe(2);
    expect(replace).not.toBe(find);
  });

  it.each([
    ["confirm-wrong-slot", true],
    ["erase-empty-first", true],
    ["journal-no-checksum", false],
    ["skip-doubtful", false],
  ] as const)("finds %s; cuts between whole operations suffice: %s", async (id, atomic) => {
    const { means } = await hunt(bootModule(), PLANTED_BUGS.find((bug) => bug.id === id)!);
    expect(means).toBeDefined();
    expect(ATOMIC_MEANS.includes(means!)).toBe(atomic);
  });
});
