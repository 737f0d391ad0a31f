import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Case } from "./case.ts";
import { compareWithRtl } from "./compare.ts";
import { hasIcarus, icarusTitle, RTL_FILES, RTL_FOLDER } from "./icarus.ts";
import { imagingCase } from "./imaging-case.ts";
import { lidarCase } from "./lidar-case.ts";
import { lidarTriggerCase } from "./lidar-trigger-case.ts";
import { MUTANTS } from "./mutants.ts";

const LIDAR = 24;
const LIDAR_TRIGGERED = 8;
const IMAGING = 72;
/** Configurations in which a fault may show. */
const MUTANT_CASES = 12;
/** Some 10 s on a machine that does nothing else. */
const TIMEOUT_MS = 240_000;

/** Every mode with every way to start a frame, banks, region, steps, holds. */
const COVERED = [
  ...["film-bias", "swept-reset"].flatMap((gating) =>
    ["pipelined", "not pipelined", "triggered"].map((what) => `LiDAR ${gating}, ${what}`),
  ),
  ...["one bank", "banks", "banks, last group short"].map((what) => `LiDAR ${what}`),
  ...["rolling", "global", "global-reset"].flatMap((shutter) =>
    ["single", "cds", "free", "generator", "irregular", "one bank", "banks"].map(
      (what) => `${shutter} ${what}`,
    ),
  ),
  "rolling ramp",
  ...["pipelined, hold", "pipelined, no hold", "not pipelined, hold"],
  ...["frames overlap", "region", "last group short"],
  ...["row binning 2", "row binning 4", "row decimation 2", "row decimation 4"],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-rtl-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);
const made: readonly Promise<Case>[] = hasIcarus
  ? [
      ...seeds(LIDAR).map(lidarCase),
      ...seeds(LIDAR_TRIGGERED).map(async (seed) => lidarTriggerCase(seed)),
      ...seeds(IMAGING).map(async (seed) => imagingCase(seed)),
    ]
  : [];

describe.skipIf(!hasIcarus && !process.env["CI"])(icarusTitle("RTL and simulator"), () => {
  test(
    `the same edges and codes in ${LIDAR + LIDAR_TRIGGERED + IMAGING} configurations`,
    async () => {
      const covered = new Set<string>();
      let edges = 0;
      let misses = 0;
      for (const [i, making] of made.entries()) {
        const one = await making;
        const comparison = await compareWithRtl(one, join(folder, `${i}`));
        expect(comparison, one.title).toMatchObject({ simulatorOnly: [], rtlOnly: [] });
        edges += comparison.edges;
        misses += comparison.missedTriggers;
        for (const what of one.covers) covered.add(what);
      }
      expect([...covered].sort()).toEqual([...COVERED].sort());
      expect(edges).toBeGreaterThan(300 * made.length);
      expect(misses).toBeGreaterThan(20);
    },
    TIMEOUT_MS,
  );

  test.each(MUTANTS)("a fault is seen: $file, $replaced", async ({ among, file, found, replaced }) => {
    const at = mkdtempSync(join(folder, "mutant-"));
    const source = readFileSync(join(RTL_FOLDER, file), "utf8");
    expect(source.split(found)).toHaveLength(2);
    writeFileSync(join(at, file), source.replace(found, replaced));
    const files = RTL_FILES.map((path) => (basename(path) === file ? join(at, file) : path));
    const cases = (await Promise.all(made)).filter(({ covers }) => covers.join().includes(among));
    expect(await firstDifference(cases.slice(0, MUTANT_CASES), at, files)).toBeDefined();
  });
});

/** The first of some configurations in which the RTL differs from the simulator. */
async function firstDifference(
  cases: readonly Case[],
  at: string,
  rtlFiles: readonly string[],
): Promise<string | undefined> {
  for (const [i, one] of cases.entries()) {
    const { rtlOnly, simulatorOnly } = await compareWithRtl(one, join(at, `${i}`), rtlFiles);
    if (rtlOnly.length + simulatorOnly.length > 0) return one.title;
  }
  return undefined;
}
