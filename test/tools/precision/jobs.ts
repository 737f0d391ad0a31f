import type { TestBoard } from "../../firmware/support/test-board.ts";
import { type LevelResult, levels, measureLevel } from "./dynamic-range.ts";
import { countFalseReturns, darkGrid, type FalseReturns } from "./falsehoods.ts";
import { type Floor, measureFloor, needsFloor } from "./floor.ts";
import { cellName, wholeGrid } from "./grid.ts";
import { type CellResult, measureCell } from "./statistics.ts";
import { isBiasKnown, isGood, isPlainlyBiased, misses } from "./summary.ts";

/** Seeds are these plus the job's number in the whole list, so that a part of the grid gives the same figures. */
const SEED = 1000;
/** Of cells that are measured again, and how many times the trials they get then. */
const SEED_AGAIN = 100_000;
const MORE_PARTS = 8;
/** Of cells in which it shall be known what is possible. */
const SEED_FLOOR = 200_000;

/** What one job brought. */
export type JobResult =
  | { readonly kind: "cell"; readonly result: CellResult }
  | { readonly kind: "again"; readonly result: CellResult }
  | { readonly kind: "floor"; readonly result: Floor }
  | { readonly kind: "dark"; readonly result: FalseReturns }
  | { readonly kind: "level"; readonly result: LevelResult };

/** A measurement by its number in the whole list. */
export interface Job {
  readonly kind: JobResult["kind"];
  readonly index: number;
}

export const CELLS = wholeGrid();
export const DARK = darkGrid();
export const LEVELS = levels(1, 60);

/** All levels, all dark cells and every `every`th cell of the grid, from the `offset`th on. */
export function jobsOf(every: number, offset: number): Job[] {
  const all = (kind: Job["kind"], count: number): Job[] =>
    Array.from({ length: count }, (_, index) => ({ kind, index }));
  const cells = all("cell", CELLS.length).filter(({ index }) => index % every === offset);
  return [...all("level", LEVELS.length), ...all("dark", DARK.length), ...cells];
}

const PLACES = new Map(CELLS.map((cell, index) => [cellName(cell), index]));

function placeOf({ cell }: CellResult): number {
  return PLACES.get(cellName(cell))!;
}

/** Good cells that miss a bar or whose bias is not known well enough: to be measured again with other random numbers. */
export function jobsAgain(results: readonly JobResult[]): Job[] {
  return results.flatMap((each) => {
    if (each.kind !== "cell" || !isGood(each.result)) return [];
    const isSettled = misses(each.result).length === 0 && isBiasKnown(each.result);
    if (isSettled && !isPlainlyBiased(each.result)) return [];
    return [{ kind: "again", index: placeOf(each.result) }];
  });
}

/** Cells in which it shall be known what is possible. */
export function jobsFloor(results: readonly JobResult[]): Job[] {
  return results.flatMap((each) =>
    each.kind === "cell" && needsFloor(each.result) ? [{ kind: "floor", index: placeOf(each.result) }] : [],
  );
}

export function runJob(board: TestBoard, { kind, index }: Job, trials: number): JobResult {
  const seed = SEED + index;
  if (kind === "again")
    return { kind, result: measureCell(board, CELLS[index]!, trials, SEED_AGAIN + index, MORE_PARTS) };
  if (kind === "floor") return { kind, result: measureFloor(CELLS[index]!, trials, SEED_FLOOR + index) };
  if (kind === "cell") return { kind, result: measureCell(board, CELLS[index]!, trials, seed) };
  if (kind === "dark") return { kind, result: countFalseReturns(board, DARK[index]!, trials, seed) };
  return { kind, result: measureLevel(board, LEVELS[index]!, Math.ceil(trials / 10), seed) };
}
