// Figures of one cell: how many pixels have a second return, and errors of those found, each to the return nearest to it.

import { rangeBoundsM } from "./return-bounds.ts";
import { boundSetup, type Cell, cellParameters, type FoundReturn, type Trial } from "./trials.ts";

/** Share of pixels with at least `count` returns. */
export function shareWith(trials: readonly Trial[], count: number): number {
  return trials.filter(({ found }) => found.length >= count).length / trials.length;
}

/** Distance of the two returns of every pixel, m; 0 where one was found. */
export function separations(trials: readonly Trial[]): number[] {
  return trials.map(({ found: [a, b] }) => (a && b ? Math.abs(a.rangeM - b.rangeM) : 0));
}

/** Half of the interval that holds the middle 68.27 % of the values, and their median. */
export function middleInterval(values: readonly number[]): { median: number; halfWidth: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
  return { median: at(0.5), halfWidth: (at(0.84134) - at(0.15866)) / 2 };
}

/** Errors of one return of the cell over the pixels that have as many returns as there are. */
export interface ReturnFigures {
  readonly biasMm: number;
  readonly rmseMm: number;
  readonly rmseOverBound: number;
  readonly zMean: number;
  readonly zStd: number;
  readonly amplitudeRatio: number;
}

function byRange(found: readonly FoundReturn[]): FoundReturn[] {
  return [...found].sort((a, b) => a.rangeM - b.rangeM);
}

/** Figures of the cell's returns in order of range; its parts must be in that order. */
export function returnFigures(cell: Cell, trials: readonly Trial[]): ReturnFigures[] {
  const whole = trials.filter(({ found }) => found.length === cell.parts.length);
  const bounds = boundSquares(cell, whole);
  return cell.parts.map((_, i) => {
    const errors = whole.map(({ found, truth }) => {
      const { amplitudeE, rangeM, sigmaM } = byRange(found)[i]!;
      const error = rangeM - truth[i]!.rangeM;
      return { error, z: error / sigmaM, ratio: amplitudeE / truth[i]!.amplitudeE };
    });
    const mean = (value: (e: (typeof errors)[number]) => number): number =>
      errors.reduce((sum, e) => sum + value(e), 0) / errors.length;
    const zMean = mean(({ z }) => z);
    const square = mean(({ error }) => error * error);
    return {
      biasMm: 1000 * mean(({ error }) => error),
      rmseMm: 1000 * Math.sqrt(square),
      rmseOverBound: Math.sqrt(square / bounds[i]!),
      zMean,
      zStd: Math.sqrt(mean(({ z }) => z * z) - zMean * zMean),
      amplitudeRatio: mean(({ ratio }) => ratio),
    };
  });
}

/** Mean square of the Cramer-Rao bound of each return, m^2; computed once for every truth. */
function boundSquares(cell: Cell, trials: readonly Trial[]): number[] {
  const parameters = cellParameters(cell);
  const setup = boundSetup(parameters);
  const backgroundE = (cell.ambient * cell.collectedE) / setup.delaysNs.length;
  const known = new Map<Trial["truth"], number[]>();
  const sums = cell.parts.map(() => 0);
  for (const { truth } of trials) {
    const squares =
      known.get(truth) ?? rangeBoundsM(trueReturns(truth), backgroundE, setup).map((b) => b * b);
    known.set(truth, squares);
    squares.forEach((square, i) => {
      sums[i]! += square;
    });
  }
  return sums.map((sum) => sum / trials.length);
}

function trueReturns(truth: Trial["truth"]) {
  return truth.map(({ amplitudeE, t0Ns }) => ({ amplitudeE, t0Ns }));
}
