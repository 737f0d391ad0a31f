import * as Flags from "../../../hw-profiles/interface/pixel-flags.ts";
import type { TestBoard } from "../../firmware/support/test-board.ts";
import { BufferedRandom } from "./buffered-random.ts";
import { ControlledMean } from "./controlled-mean.ts";
import type { Cell } from "./grid.ts";
import { CellTrials, type Trial } from "./trials.ts";

/** Central 95 % of a normal distribution, in sigma. */
const COVERED_SIGMA = 1.959964;
/** An error beyond this many bounds is an outlier: a wrong place in the window, not noise. */
const OUTLIER_BOUNDS = 8;

/** Share of pixels with a range from which the errors are those of a fit, and the linear part tells most of them. */
const LEAST_VALID = 0.999;

/** What the trials of a cell came to. Shares are of all trials, errors and pulls of the pixels with a range. */
export interface CellResult {
  readonly cell: Cell;
  readonly trials: number;
  /** Least A / sigma_A over the return times, from the Fisher information. */
  readonly contrast: number;
  /** The largest. */
  readonly contrastMost: number;
  readonly boundMm: number;
  /** Pixels with a range that ended inside the window. */
  readonly valid: number;
  readonly lowSignal: number;
  readonly window: number;
  readonly outliers: number;
  readonly misfit: number;
  readonly rmseOverBound: number;
  /** By the linear part of the errors as control variate where few pixels are without a range, else the plain mean. */
  readonly biasMm: number;
  readonly biasErrorMm: number;
  /** The plain mean. */
  readonly plainBiasMm: number;
  readonly plainBiasErrorMm: number;
  readonly pullStd: number;
  readonly pullMean: number;
  readonly coverage: number;
}

class Totals {
  trials = 0;
  valid = 0;
  lowSignal = 0;
  window = 0;
  outliers = 0;
  misfit = 0;
  readonly errors = new ControlledMean();
  squares = 0;
  bounds = 0;
  pull = 0;
  pullSquares = 0;
  covered = 0;

  add({ truthM, rangeM, sigmaM, flags, bound, linearM }: Trial): void {
    this.trials++;
    if ((flags & Flags.PIXEL_LOW_SIGNAL) !== 0) this.lowSignal++;
    if ((flags & Flags.PIXEL_MISFIT) !== 0) this.misfit++;
    if ((flags & Flags.PIXEL_WINDOW) !== 0) this.window++;
    const error = rangeM - truthM;
    const isValid = (flags & (Flags.PIXEL_INVALID | Flags.PIXEL_WINDOW)) === 0;
    this.errors.add(isValid ? error : undefined, linearM);
    if (!isValid) return;
    const pull = error / sigmaM;
    this.valid++;
    this.squares += error * error;
    this.bounds += bound.rangeM * bound.rangeM;
    this.pull += pull;
    this.pullSquares += pull * pull;
    if (Math.abs(pull) <= COVERED_SIGMA) this.covered++;
    if (Math.abs(error) > OUTLIER_BOUNDS * bound.rangeM) this.outliers++;
  }
}

/** Runs `trials` trials of a cell through a module, `parts` times: a frame has no room for any number of rows. */
export function measureCell(
  board: TestBoard,
  cell: Cell,
  trials: number,
  seed: number,
  parts = 1,
): CellResult {
  const random = new BufferedRandom(seed);
  const t = new Totals();
  let run = new CellTrials(cell, trials, random);
  run.run(board, random, (trial) => t.add(trial));
  for (let part = 1; part < parts; part++) {
    run = new CellTrials(cell, trials, random);
    run.run(board, random, (trial) => t.add(trial));
  }
  const { controlled, plain } = t.errors;
  const bias = t.valid >= LEAST_VALID * t.trials ? controlled : plain;
  const pullMean = t.pull / t.valid;
  return {
    cell,
    trials: t.trials,
    contrast: run.contrasts[0],
    contrastMost: run.contrasts[1],
    boundMm: 1000 * run.boundM,
    valid: t.valid,
    lowSignal: t.lowSignal,
    window: t.window,
    outliers: t.outliers,
    misfit: t.misfit,
    rmseOverBound: Math.sqrt(t.squares / t.bounds),
    biasMm: 1000 * bias.mean,
    biasErrorMm: 1000 * bias.error,
    plainBiasMm: 1000 * plain.mean,
    plainBiasErrorMm: 1000 * plain.error,
    pullStd: Math.sqrt(t.pullSquares / t.valid - pullMean * pullMean),
    pullMean,
    coverage: t.covered / t.valid,
  };
}
