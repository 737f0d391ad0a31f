import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EmvaResult } from "../reference/emva/analyse.ts";
import {
  type Comparison,
  compare,
  isSampleEnough,
  isWithin,
  linearProfile,
  measure,
} from "../tools/emva/measure.ts";
import { type OtherAnalysis, otherAnalyses } from "../tools/emva/other-analyses.ts";

const SENSOR = "inas-imager-320x240";
const SEEDS = [1, 2, 3, 4, 5];
const POINTS = 130;
const STACK = 16;
/** Captures that run at the same time. */
const AT_ONCE = 2;

interface Found {
  readonly comparisons: readonly Comparison[];
  readonly result: EmvaResult;
  readonly others: readonly OtherAnalysis[];
}

/**
 * Data sets of an imaging profile by `cqd capture`, analysed as the EMVA 1288 reference implementation does. The effects of
 * NONLINEAR_EFFECTS are off: they shift K, QE and dark current by definition. On: shot noise, dark current and its pattern,
 * kTC, follower noise white and 1/f, telegraph noise, offset and response patterns, column gain, ramp noise, crosstalk.
 *
 * n = 76 800 pixels, 130 exposures of a pair each, stacks of 16. Standard errors (test/reference/emva/errors.ts): K by unweighted
 * least squares of 82 pairs and their dark ones 0.084 %, QE 0.084 %, dark current 0.096 %, sigma_d 0.096 %, DSNU 0.13 %,
 * PRNU 0.05 %: 0.3 % is 3.1 of them or more, 0.6 % 4.5 or more. Each figure is held to its limit and to 4 standard errors.
 * npm run emva does the larger arrays.
 */
describe(`five data sets of ${SENSOR} with a linear chain`, () => {
  const base = mkdtempSync(join(tmpdir(), "cqd-emva-"));
  const found = new Map<number, Found>();
  afterAll(() => rmSync(base, { recursive: true }));
  beforeAll(async () => {
    const waiting = [...SEEDS];
    const worker = async () => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift())
        found.set(seed, await capture(seed));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }, 900_000);

  async function capture(seed: number): Promise<Found> {
    const folder = join(base, String(seed));
    const size = { points: POINTS, stack: STACK };
    const measurement = await measure({ sensor: SENSOR, chain: "linear", seed, ...size, folder });
    const others = seed === SEEDS[0] ? otherAnalyses(folder) : [];
    rmSync(folder, { recursive: true });
    return { comparisons: compare(linearProfile(SENSOR), measurement), result: measurement.result, others };
  }

  test.each(SEEDS)(
    "seed %d: K, QE and dark current within 0.3 %%, sigma_d, DSNU and PRNU within 0.6 %%",
    (seed) => {
      const { comparisons } = found.get(seed)!;
      expect(comparisons.map(({ figure, limit }) => [figure, limit])).toEqual([
        ["K", 0.003],
        ["QE", 0.003],
        ["dark current", 0.003],
        ["sigma_d", 0.006],
        ["DSNU", 0.006],
        ["PRNU", 0.006],
      ]);
      expect(comparisons.filter((comparison) => !isSampleEnough(comparison))).toEqual([]);
      expect(comparisons.filter((comparison) => !isWithin(comparison))).toEqual([]);
    },
  );

  // 5 x 6 figures, not all independent: QE and dark current share K's error. A chi-square of 30 has a standard deviation of
  // sqrt(60), more with the shared part.
  test("deviations are as large as the sample's size explains, no larger and no smaller", () => {
    const all = [...found.values()].flatMap(({ comparisons }) => comparisons);
    const chi2 = all.reduce((sum, { deviation, error }) => sum + (deviation / error) ** 2, 0) / all.length;
    expect(chi2).toBeGreaterThan(0.3);
    expect(chi2).toBeLessThan(2.2);
  });

  test("numpy alone, and the public reference implementation where EMVA1288_SRC names it, find the same figures", () => {
    const { others, result } = found.get(SEEDS[0]!)!;
    const names = others.map(({ name }) => name);
    if (process.env["EMVA1288_SRC"] !== undefined) expect(names).toContain("public reference");
    for (const { figures } of others) expectSame(figures, result);
  });
});

/** Every figure that the other analysis has; the public one finds its fits by iteration, to about 1e-9. */
function expectSame(theirs: EmvaResult, ours: EmvaResult): void {
  const own = new Map(Object.entries(ours));
  for (const [name, value] of Object.entries(theirs) as [string, number | Record<string, number>][]) {
    const expected = own.get(name);
    if (expected === undefined) continue;
    if (typeof value === "number") expectClose(name, value, expected);
    else for (const [part, one] of Object.entries(value)) expectClose(`${name} ${part}`, one, expected[part]);
  }
}

function expectClose(name: string, value: number, expected: number): void {
  expect(Math.abs(value / expected - 1), name).toBeLessThan(1e-6);
}
