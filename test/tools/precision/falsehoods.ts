import { PIXEL_INVALID } from "../../../hw-profiles/interface/pixel-flags.ts";
import type { TestBoard } from "../../firmware/support/test-board.ts";
import { BufferedRandom } from "./buffered-random.ts";
import type { Cell } from "./grid.ts";
import { GATINGS } from "./grid.ts";
import { CellTrials } from "./trials.ts";

/** Pixels that see background alone. */
export interface Darkness {
  readonly cell: Cell;
  /** Electrons of background a gate. */
  readonly backgroundE: number;
}

/** Returns that were found where there is none, at the default threshold. */
export interface FalseReturns extends Darkness {
  readonly trials: number;
  readonly found: number;
}

/** Pure dark, and weak and strong background, for every film, gating and number of gates. */
export function darkGrid(): Darkness[] {
  const all: Darkness[] = [];
  for (const gating of GATINGS) {
    for (const gates of [16, 32, 64]) {
      for (const tauNs of [2, 8, 30, 114, 250]) {
        for (const readNoiseE of [5, 100]) {
          const cell = {
            gating,
            gates,
            widthNs: gating === "film-bias" ? 15 : 0,
            tauNs,
            ambient: 0,
            readNoiseE,
            collectedE: 0,
          };
          all.push(...[0, 30, 1000].map((backgroundE) => ({ cell, backgroundE })));
        }
      }
    }
  }
  return all;
}

export function countFalseReturns(
  board: TestBoard,
  { cell, backgroundE }: Darkness,
  trials: number,
  seed: number,
): FalseReturns {
  const random = new BufferedRandom(seed);
  const run = new CellTrials(cell, trials, random, { collectedE: 0, backgroundE });
  const result = { cell, backgroundE, trials: 0, found: 0 };
  run.run(board, random, ({ flags }) => {
    result.trials++;
    if ((flags & PIXEL_INVALID) === 0) result.found++;
  });
  return result;
}
