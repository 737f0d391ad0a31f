import { BestEstimate } from "./best-estimate.ts";
import { BufferedRandom } from "./buffered-random.ts";
import { ForwardModel, HALF_LIGHT_M_PER_NS } from "./forward.ts";
import { type Cell, gapNs } from "./grid.ts";
import type { CellResult } from "./statistics.ts";
import { isGood, misses } from "./summary.ts";
import { CellTrials, T0_FROM_NS, T0_TO_NS } from "./trials.ts";

/** Times at which the likelihood is summed lie this share of the smallest bound apart. */
const STEP_BOUNDS = 0.25;
/** Above this bound, in fall times, the gaps between gates count. */
const WIDE_TAUS = 0.25;

/** Least error that any estimate can have in a cell, on average over the return times. */
export interface Floor {
  readonly cell: Cell;
  readonly trials: number;
  /** RMSE over the bound, and its standard error. */
  readonly rmseOverBound: number;
  readonly error: number;
}

/** Good cells whose gates leave gaps that a weak return can hide in. */
export function hasGaps(r: CellResult): boolean {
  const wideMm = 1000 * WIDE_TAUS * r.cell.tauNs * HALF_LIGHT_M_PER_NS;
  return isGood(r) && gapNs(r.cell) >= r.cell.tauNs && r.boundMm > wideMm;
}

/** Whether it shall be known what is possible in a cell: it misses a bar, or its gates leave gaps. */
export function needsFloor(r: CellResult): boolean {
  return isGood(r) && (misses(r).length > 0 || hasGaps(r));
}

/**
 * Runs the best estimate on `trials` pixels of a cell. The mean square of the linear part of the errors is known to be that of the
 * bound, so that its difference to the errors' mean square has the lesser spread.
 */
export function measureFloor(cell: Cell, trials: number, seed: number): Floor {
  const random = new BufferedRandom(seed);
  const run = new CellTrials(cell, trials, random);
  const stepNs = (STEP_BOUNDS * run.leastBoundM) / HALF_LIGHT_M_PER_NS;
  const best = new BestEstimate(new ForwardModel(cell), cell, run.noiseE2, T0_FROM_NS, T0_TO_NS, stepNs);
  let [count, excess, squares, bounds] = [0, 0, 0, 0];
  run.draw(random, ({ truthM, linearM, bound }, electrons) => {
    const over = (best.rangeM(electrons) - truthM) ** 2 - linearM ** 2;
    count++;
    excess += over;
    squares += over * over;
    bounds += bound.rangeM ** 2;
  });
  const rmseOverBound = Math.sqrt(1 + excess / bounds);
  const error = Math.sqrt(squares - excess ** 2 / count) / bounds / (2 * rmseOverBound);
  return { cell, trials: count, rmseOverBound, error };
}
