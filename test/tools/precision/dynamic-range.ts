import * as Flags from "../../../hw-profiles/interface/pixel-flags.ts";
import type { TestBoard } from "../../firmware/support/test-board.ts";
import { BufferedRandom } from "./buffered-random.ts";
import { ControlledMean } from "./controlled-mean.ts";
import type { Gating } from "./grid.ts";
import { CellTrials } from "./trials.ts";

/** Amplitude at 0 dB, electrons. */
const LEAST_AMPLITUDE_E = 5000;
/** 12 bits at 50 e- a DN clip at 1.8e5 e-: the shipped sensors. */
const CONVERTER = { gainEPerDn: 50, adcBits: 12, saturationDn: 3768 };
const BACKGROUND_E = 100;

/** One amplitude on one film. */
export interface Level {
  readonly gating: Gating;
  readonly tauNs: number;
  readonly db: number;
}

/** Shares are of all trials, errors and pulls of the pixels with a range inside the window. */
export interface LevelResult extends Level {
  readonly amplitudeE: number;
  readonly trials: number;
  readonly valid: number;
  readonly saturated: number;
  /** Pixels that are neither saturated nor have a range, though the light is strong. */
  readonly unexplained: number;
  /** By control variates where no gate is clipped and every pixel has a range, else the plain mean. */
  readonly biasMm: number;
  readonly biasErrorMm: number;
  readonly rmseMm: number;
  readonly pullStd: number;
}

/** InAs and PbS in both gating modes, in equal steps. */
export function levels(stepDb: number, mostDb: number): Level[] {
  const all: Level[] = [];
  for (const gating of ["film-bias", "swept-reset"] as const) {
    for (const tauNs of [29.6, 113.8]) {
      for (let db = 0; db <= mostDb; db += stepDb) all.push({ gating, tauNs, db });
    }
  }
  return all;
}

/** Runs `trials` trials of a level through a module. */
export function measureLevel(board: TestBoard, level: Level, trials: number, seed: number): LevelResult {
  const { gating, tauNs, db } = level;
  const amplitudeE = LEAST_AMPLITUDE_E * 10 ** (db / 20);
  const widthNs = gating === "film-bias" ? 15 : 0;
  const cell = { gating, gates: 32, widthNs, tauNs, ambient: 0, readNoiseE: 40, collectedE: amplitudeE };
  const random = new BufferedRandom(seed);
  const light = { collectedE: amplitudeE, amplitudeE, backgroundE: BACKGROUND_E };
  const run = new CellTrials(cell, trials, random, light, CONVERTER);
  const errors = new ControlledMean();
  const t = { trials: 0, valid: 0, saturated: 0, unexplained: 0, squares: 0, pulls: 0 };
  run.run(board, random, ({ flags, rangeM, truthM, sigmaM, linearM }) => {
    t.trials++;
    if ((flags & Flags.PIXEL_SATURATED) !== 0) t.saturated++;
    else if ((flags & Flags.PIXEL_INVALID) !== 0) t.unexplained++;
    if ((flags & (Flags.PIXEL_INVALID | Flags.PIXEL_WINDOW)) !== 0) return;
    const error = rangeM - truthM;
    t.valid++;
    errors.add(error, linearM);
    t.squares += error * error;
    t.pulls += (error / sigmaM) ** 2;
  });
  const rmseM = Math.sqrt(t.squares / t.valid);
  const isWhole = t.saturated === 0 && t.valid === t.trials;
  const bias = isWhole ? errors.controlled : errors.plain;
  return {
    ...level,
    amplitudeE,
    trials: t.trials,
    valid: t.valid,
    saturated: t.saturated,
    unexplained: t.unexplained,
    biasMm: 1000 * bias.mean,
    biasErrorMm: 1000 * bias.error,
    rmseMm: 1000 * rmseM,
    pullStd: Math.sqrt(t.pulls / t.valid),
  };
}
