// Further returns through the real module, the short version of `npm run returns`: fixed seeds, limits 4 sigma beyond docs/returns-figures.md.
import { describe, expect, it } from "vitest";
import { RETURN_FIRST, RETURN_LAST, RETURN_STRONGEST } from "../../hw-profiles/interface/memory-map.ts";
import { ReferenceReadout } from "../reference/firmware/readout.ts";
import {
  DEFAULT_CHI2,
  equalPair,
  falseAlarm,
  pair,
  pairBounds,
  separated,
} from "../tools/returns/campaign.ts";
import { shareWith } from "../tools/returns/statistics.ts";
import { type Cell, cellParameters, exposeRow, runCell } from "../tools/returns/trials.ts";
import { encodeParameters } from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { TestBoard } from "./support/test-board.ts";

const CELL: Cell = {
  tauNs: 29.6,
  collectedE: 1e6,
  ambient: 1,
  parts: pair(3, 10 / 11),
  t0FromNs: 35,
  t0ToNs: 75,
  returns: 3,
  returnChi2: DEFAULT_CHI2,
  order: RETURN_STRONGEST,
};

describe("a second return", () => {
  it.each([
    [3e3, 0],
    [3e3, 10],
    [1e5, 1],
    [1e7, 0],
    [1e7, 10],
  ])("is not seen in pixels with one: N %f, ambient %f N", (collectedE, ambient) => {
    // 2048 pixels at 1 %: 4 sigma are 0.9 %.
    expect(falseAlarm({ collectedE, ambient }, 2048, 11).alarms).toBeLessThan(0.019);
  });

  it.each([1e6, 1e7])("of equal strength is detected within 1.15 of the bound: N %f", (collectedE) => {
    const { detectionM } = pairBounds(collectedE);
    // 2048 pixels at 95 %: 4 sigma are 1.9 %.
    expect(equalPair(collectedE, 1.15 * detectionM, 2048, 12).detected).toBeGreaterThan(0.931);
  });

  it.each([
    [1e6, 1],
    [1e7, 1],
  ])("is resolved within 1.15 of the bound: N %f", (collectedE) => {
    const { resolutionM } = pairBounds(collectedE);
    const { medianM, separationM, spreadM } = equalPair(collectedE, 1.15 * resolutionM, 2048, 13);
    // Half of the middle 68 % of 2048 values: one sigma of it is 2.3 %.
    expect(spreadM).toBeLessThan((separationM / 3) * 1.09);
    expect(Math.abs(medianM / separationM - 1)).toBeLessThan(0.1);
  });
});

describe("returns that are told apart", () => {
  it.each([
    ["equal", pair(3), 1e5],
    ["ten to one", pair(3, 10 / 11), 1e6],
    ["one to ten", pair(3, 1 / 11), 1e6],
    ["three", [-5, 0, 5].map((offsetM) => ({ offsetM, share: 1 / 3 })), 1e6],
  ])("%s: without bias, at the bound, with honest sigmas", (name, parts, collectedE) => {
    const { complete, figures } = separated(name, { ...CELL, parts, collectedE }, 2048, 14);
    expect(complete).toBeGreaterThan(0.98);
    for (const { biasMm, rmseMm, rmseOverBound, zStd } of figures) {
      // n = 2048: 4 sigma of a standard deviation are 6.3 %, of a mean 0.088 standard deviations; 0.25 mm is half a code.
      expect(Math.abs(biasMm)).toBeLessThan(0.25 + 0.12 * rmseMm);
      expect(rmseOverBound).toBeLessThan(1.05 + 0.063);
      expect(Math.abs(zStd - 1)).toBeLessThan(0.05 + 0.063);
    }
  });

  it.each([
    ["strongest", RETURN_STRONGEST, 0],
    ["first", RETURN_FIRST, 0],
    ["last", RETURN_LAST, 1],
  ])("the %s comes first", (_, order, part) => {
    const trials = runCell({ ...CELL, returns: 2, order }, 512, 15);
    expect(shareWith(trials, 2)).toBe(1);
    for (const { found, truth } of trials) {
      expect(Math.abs(found[0]!.rangeM - truth[part]!.rangeM)).toBeLessThan(1);
      expect(Math.abs(found[1]!.rangeM - truth[1 - part]!.rangeM)).toBeLessThan(1);
    }
  });
});

it("with one return looked for, the range is that of the single fit and nothing follows", () => {
  const trials = runCell({ ...CELL, returns: 1 }, 512, 15);
  expect(shareWith(trials, 2)).toBe(0);
  expect(trials.filter(({ isMisfit }) => isMisfit).length).toBe(512);
});

it.each([
  ["near the limit", pair(0.6)],
  ["apart", pair(4, 0.2)],
  ["three", [-3, 0, 3].map((offsetM) => ({ offsetM, share: 1 / 3 }))],
])("SIMD, scalar and reference give the same bytes: %s", (_, parts) => {
  const cell = { ...CELL, parts };
  const parameters = cellParameters(cell);
  const block = encodeParameters(parameters);
  const { row } = exposeRow(cell, parameters, new Random(16));
  const frame = { frame: 0, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0, rows: [row] };
  const expected = Buffer.concat(new ReferenceReadout(block).frame(frame));
  for (const name of ["readout.wasm", "readout-scalar.wasm"]) {
    const board = new TestBoard(name);
    board.configure(block);
    expect(Buffer.concat(board.runFrame(frame)).equals(expected), name).toBe(true);
  }
});
