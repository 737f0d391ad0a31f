// The short version of npm run precision: some of its cells, dark pixels and amplitudes. 2048 trials a cell, fixed seeds;
// every limit is widened by three standard errors, see test/tools/precision/summary.ts.
import { describe, expect, it } from "vitest";
import { measureLevel } from "../tools/precision/dynamic-range.ts";
import { countFalseReturns, darkGrid } from "../tools/precision/falsehoods.ts";
import { measureFloor } from "../tools/precision/floor.ts";
import { cellName } from "../tools/precision/grid.ts";
import { CELLS } from "../tools/precision/jobs.ts";
import { measureCell } from "../tools/precision/statistics.ts";
import { isGood, misses } from "../tools/precision/summary.ts";
import { TestBoard } from "./support/test-board.ts";

const board = new TestBoard("readout.wasm");
const TRIALS = 2048;

/** Every so many cells: all films, gate counts and signals come by. */
const STRIDE = 131;
const some = CELLS.map((cell, index) => ({ cell, index })).filter(({ index }) => index % STRIDE === 7);

describe("range error, bias, sigma and intervals of the grid", () => {
  const results = some.map(({ cell, index }) => measureCell(board, cell, TRIALS, 50 + index));

  it("has good cells in both gating modes among the few of this test", () => {
    const good = results.filter(isGood);
    expect(good.filter((r) => r.cell.gating === "film-bias").length).toBeGreaterThan(5);
    expect(good.filter((r) => r.cell.gating === "swept-reset").length).toBeGreaterThan(1);
  });

  it.each(results.filter(isGood).map((r) => [cellName(r.cell), r] as const))("%s", (_, result) => {
    expect(misses(result)).toEqual([]);
    expect(result.valid).toBe(result.trials);
    expect(result.outliers).toBe(0);
  });

  it("flags what it cannot be sure of: pixels of weak cells carry low signal or no range", () => {
    for (const r of results.filter((result) => result.contrastMost < 5)) {
      expect((r.lowSignal + r.trials - r.valid) / r.trials).toBeGreaterThan(0.95);
    }
  });
});

describe("the fastest film, where the response bends between two samples", () => {
  it.each([3e4, 1e6])("reaches the bound at N = %d with 5 e- of noise and no background", (collectedE) => {
    const cell = { gating: "film-bias", gates: 32, widthNs: 15, tauNs: 2, ambient: 0 } as const;
    const result = measureCell(board, { ...cell, readNoiseE: 5, collectedE }, TRIALS, 77);
    expect(misses(result)).toEqual([]);
  });
});

describe("weak returns of the fastest film between sixteen gates that leave gaps", () => {
  it.each([
    [100, 0, 3e3],
    [20, 10, 1e3],
  ])(
    "%d e- of noise, background %d N, N = %d: at the bound, sigma and intervals hold",
    (readNoiseE, ambient, collectedE) => {
      const cell = { gating: "film-bias", gates: 16, widthNs: 10, tauNs: 2 } as const;
      const result = measureCell(board, { ...cell, ambient, readNoiseE, collectedE }, 2 * TRIALS, 78);
      expect(misses(result)).toEqual([]);
    },
  );
});

describe("the least error that any estimate can have", () => {
  it("is the bound where the error is small", () => {
    const cell = {
      gating: "film-bias",
      gates: 32,
      widthNs: 15,
      tauNs: 30,
      ambient: 1,
      readNoiseE: 20,
    } as const;
    const { rmseOverBound, error, trials } = measureFloor({ ...cell, collectedE: 1e5 }, 512, 79);
    expect(trials).toBe(512);
    expect(error).toBeLessThan(0.01);
    expect(Math.abs(rmseOverBound - 1)).toBeLessThan(4 * error);
  });

  it("is no more than what the module reaches where a gap hides the edge", () => {
    const cell = {
      gating: "film-bias",
      gates: 16,
      widthNs: 10,
      tauNs: 2,
      ambient: 0,
      readNoiseE: 100,
    } as const;
    const reached = measureCell(board, { ...cell, collectedE: 3e3 }, TRIALS, 80);
    const { rmseOverBound, error } = measureFloor({ ...cell, collectedE: 3e3 }, TRIALS, 81);
    const chance = Math.hypot(error, reached.rmseOverBound / Math.sqrt(2 * reached.valid));
    expect(rmseOverBound).toBeLessThan(reached.rmseOverBound + 3 * chance);
    expect(rmseOverBound).toBeGreaterThan(reached.rmseOverBound - 0.06 - 3 * chance);
  });
});

describe("false returns", () => {
  it("are at most one in ten thousand of dark pixels, whatever the gating and the film", () => {
    const dark = darkGrid().filter((_, index) => index % 15 === 1);
    const counts = dark.map((darkness, i) => countFalseReturns(board, darkness, 4096, 90 + i));
    const trials = counts.reduce((sum, r) => sum + r.trials, 0);
    const found = counts.reduce((sum, r) => sum + r.found, 0);
    // 49 152 pixels: 5 expected at the limit, twice that by chance in 2 %.
    expect(trials).toBeGreaterThan(40_000);
    expect(found).toBeLessThanOrEqual(1e-4 * trials + 3 * Math.sqrt(1e-4 * trials));
  });
});

describe("60 dB of amplitude in steps of 1 dB, clipped gates among them", () => {
  const steps = Array.from({ length: 61 }, (_, db) => db);

  it.each([29.6, 113.8])("film bias, tau %d ns: |bias| below 3 mm, flags right", (tauNs) => {
    for (const db of steps) {
      const r = measureLevel(board, { gating: "film-bias", tauNs, db }, 512, 30 + db);
      expect(Math.abs(r.biasMm), `${db} dB`).toBeLessThan(3 + 4 * r.biasErrorMm);
      expect(r.valid / r.trials, `${db} dB`).toBeGreaterThan(db > 56 ? 0.7 : db > 10 ? 0.995 : 0.9);
      if (db > 10) expect(r.unexplained, `${db} dB`).toBe(0);
      if (db > 56) expect(r.saturated).toBe(r.trials);
    }
  });

  it.each([29.6, 113.8])(
    "swept reset, tau %d ns: the same until all is clipped, and then no range",
    (tauNs) => {
      for (const db of steps) {
        const r = measureLevel(board, { gating: "swept-reset", tauNs, db }, 512, 30 + db);
        if (db > 36) expect(r.valid, `${db} dB`).toBe(0);
        if (db <= 31 && db > 16) expect(Math.abs(r.biasMm), `${db} dB`).toBeLessThan(3 + 4 * r.biasErrorMm);
        if (db > 36) expect(r.saturated, `${db} dB`).toBe(r.trials);
      }
    },
  );
});
