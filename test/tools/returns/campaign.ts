// What docs/returns.md holds, as cells of trials. All at the default gates of the tests: 32 gates of 15 ns every 6.25 ns on the
// InAs film, 20 e- of read noise.
import { RETURN_FIRST } from "../../../hw-profiles/interface/memory-map.ts";
import { detectionBoundM, resolutionBoundM } from "./return-bounds.ts";
import { middleInterval, type ReturnFigures, returnFigures, separations, shareWith } from "./statistics.ts";
import { amplitudeAt, boundSetup, type Cell, cellParameters, type Part, runCell } from "./trials.ts";

export const INAS_TAU_NS = 29.6;
/** The power-on value of ReturnThreshold. */
export const DEFAULT_CHI2 = 8.5;

const BASE: Cell = {
  tauNs: INAS_TAU_NS,
  collectedE: 1e6,
  ambient: 1,
  parts: [{ offsetM: 0, share: 1 }],
  t0FromNs: 20,
  t0ToNs: 90,
  returns: 2,
  returnChi2: DEFAULT_CHI2,
  order: RETURN_FIRST,
};

/** Two returns a distance apart; the nearer has `share` of the electrons. */
export function pair(separationM: number, share = 0.5): Part[] {
  return [
    { offsetM: -separationM / 2, share },
    { offsetM: separationM / 2, share: 1 - share },
  ];
}

export interface AlarmCell {
  readonly collectedE: number;
  readonly ambient: number;
  readonly alarms: number;
}

/** Second returns in pixels that have one. */
export function falseAlarm(change: Partial<Cell>, trials: number, seed: number): AlarmCell {
  const cell = { ...BASE, t0FromNs: 10, t0ToNs: 110, ...change };
  return { ...cell, alarms: shareWith(runCell(cell, trials, seed), 2) };
}

/** The two bounds of two equal returns, m: medians over the middle's time. */
export function pairBounds(collectedE: number): { resolutionM: number; detectionM: number } {
  const setup = boundSetup(cellParameters({ ...BASE, collectedE }));
  const backgroundE = collectedE / setup.delaysNs.length;
  const pairs = [23, 34, 45, 56, 67, 78, 89].map((middleNs) => {
    return { totalE: amplitudeAt(middleNs, collectedE, setup), middleNs, backgroundE, setup };
  });
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
  return {
    resolutionM: median(pairs.map(resolutionBoundM)),
    detectionM: median(pairs.map(detectionBoundM)),
  };
}

export interface PairCell {
  readonly collectedE: number;
  readonly separationM: number;
  /** Found as two at the default threshold. */
  readonly detected: number;
  /** At threshold 0: median of the estimated separation, and half of its middle 68.27 %. */
  readonly medianM: number;
  readonly spreadM: number;
}

/** Two equal returns in full sun. */
export function equalPair(collectedE: number, separationM: number, trials: number, seed: number): PairCell {
  const cell = { ...BASE, collectedE, parts: pair(separationM) };
  const detected = shareWith(runCell(cell, trials, seed), 2);
  const { median, halfWidth } = middleInterval(
    separations(runCell({ ...cell, returnChi2: 0 }, trials, seed + 1)),
  );
  return { collectedE, separationM, detected, medianM: median, spreadM: halfWidth };
}

/** Where `value`, linear between the cells, passes `wanted`; cells by rising separation. */
export function crossingM(
  cells: readonly PairCell[],
  value: (cell: PairCell) => number,
  wanted: number,
): number {
  for (let i = 1; i < cells.length; i++) {
    const [before, after] = [cells[i - 1]!, cells[i]!];
    const [a, b] = [value(before), value(after)];
    if (a < wanted && b >= wanted)
      return before.separationM + ((wanted - a) / (b - a)) * (after.separationM - before.separationM);
  }
  throw new Error(`no separation of ${cells.map((cell) => cell.separationM).join(", ")} m passes ${wanted}`);
}

export interface SeparatedCell {
  readonly cell: Cell;
  readonly name: string;
  /** Share of pixels in which as many returns as there are were found. */
  readonly complete: number;
  readonly figures: readonly ReturnFigures[];
}

/** Errors of returns that are told apart. */
export function separated(name: string, change: Partial<Cell>, trials: number, seed: number): SeparatedCell {
  const cell = { ...BASE, ...change, returns: 3 };
  const results = runCell(cell, trials, seed);
  return {
    cell,
    name,
    complete: shareWith(results, cell.parts.length),
    figures: returnFigures(cell, results),
  };
}

const third = (offsetM: number): Part => ({ offsetM, share: 1 / 3 });

/** Name and change of the cells of separated returns. */
export const SEPARATED: readonly (readonly [string, Partial<Cell>])[] = [
  ["1 : 1, 2.5 m", { collectedE: 1e5, parts: pair(2.5) }],
  ["1 : 1, 5 m", { collectedE: 1e4, parts: pair(5), t0FromNs: 35, t0ToNs: 75 }],
  ["1 : 1, 5 m", { collectedE: 1e5, parts: pair(5), t0FromNs: 35, t0ToNs: 75 }],
  ["1 : 1, 1.5 m", { collectedE: 1e6, parts: pair(1.5) }],
  ["1 : 1, 3 m", { collectedE: 1e6, parts: pair(3), t0FromNs: 30 }],
  ["10 : 1, 3 m", { collectedE: 1e6, parts: pair(3, 10 / 11), t0FromNs: 30 }],
  ["1 : 10, 3 m", { collectedE: 1e6, parts: pair(3, 1 / 11), t0FromNs: 30 }],
  [
    "10 : 1, 5 m, no ambient",
    { collectedE: 1e5, ambient: 0, parts: pair(5, 10 / 11), t0FromNs: 35, t0ToNs: 75 },
  ],
  ["1 : 1, 1 m", { collectedE: 1e7, parts: pair(1) }],
  ["1 : 1 : 1, 3 m each", { collectedE: 1e6, parts: [-3, 0, 3].map(third), t0FromNs: 35, t0ToNs: 75 }],
  ["1 : 1 : 1, 5 m each", { collectedE: 1e5, parts: [-5, 0, 5].map(third), t0FromNs: 45, t0ToNs: 70 }],
];
