import type { CellResult } from "./statistics.ts";

/** Least A / sigma_A of a good cell: three sigma above the low-signal threshold of 7, so that hardly a pixel is flagged. */
export const GOOD_CONTRAST = 10;
/** Standard errors that a figure may lie beyond its limit by chance, among a thousand cells. */
export const CHANCE = 3;

/** Bars of the grid. */
export const RMSE_BRIGHT = 1.02;
export const RMSE_DIM = 1.05;
export const BRIGHT_E = 1e5;
export const DIM_E = 3e3;
export const BIAS_MM = 1;
export const BIAS_FROM_E = 1e4;
/** Standard error to which a bias of 1 mm shall be known. */
export const BIAS_ERROR_MM = 0.3;
export const SIGMA_ERROR = 0.05;
export const COVERAGE_ERROR = 0.01;

/** Whether the cell's amplitude stands so far out of its noise that the bound can be reached. */
export function isGood(cell: CellResult): boolean {
  return cell.contrast >= GOOD_CONTRAST;
}

/** Whether the cell has no bar for its bias, or the bias is known well enough for it. */
export function isBiasKnown(r: CellResult): boolean {
  return r.cell.collectedE < BIAS_FROM_E || r.biasErrorMm <= BIAS_ERROR_MM;
}

/** Whether the plain mean of the errors misses the bar of the bias by more than chance. */
export function isPlainlyBiased(r: CellResult): boolean {
  return r.cell.collectedE >= BIAS_FROM_E && Math.abs(r.plainBiasMm) > BIAS_MM + CHANCE * r.plainBiasErrorMm;
}

/** Which bars a cell misses by more than chance. */
export function misses(r: CellResult): string[] {
  const spread = CHANCE / Math.sqrt(2 * r.valid);
  const { collectedE } = r.cell;
  const limit = collectedE >= BRIGHT_E ? RMSE_BRIGHT : RMSE_DIM;
  const missed: string[] = [];
  if (collectedE >= DIM_E && r.rmseOverBound > limit + spread) missed.push("RMSE");
  if (collectedE >= BIAS_FROM_E && Math.abs(r.biasMm) > BIAS_MM + CHANCE * r.biasErrorMm) missed.push("bias");
  if (Math.abs(r.pullStd - 1) > SIGMA_ERROR + spread) missed.push("sigma");
  const chance = CHANCE * Math.sqrt((0.95 * 0.05) / r.valid);
  if (Math.abs(r.coverage - 0.95) > COVERAGE_ERROR + chance) missed.push("coverage");
  return missed;
}

/** Worst figures of some cells. */
export interface Worst {
  readonly cells: number;
  readonly rmse: number;
  readonly rmseMedian: number;
  readonly biasMm: number;
  /** Root mean square of bias over its standard error: 1 if there is none. */
  readonly biasPull: number;
  readonly pullLow: number;
  readonly pullHigh: number;
  readonly coverageLow: number;
  readonly coverageHigh: number;
  /** Of all pixels. */
  readonly lost: number;
  readonly lowSignal: number;
  readonly outliers: number;
}

export function worstOf(cells: readonly CellResult[]): Worst {
  const of = (value: (r: CellResult) => number): number[] => cells.map(value).sort((a, b) => a - b);
  const rmse = of((r) => r.rmseOverBound);
  const pull = of((r) => r.pullStd);
  const coverage = of((r) => r.coverage);
  const share = (value: (r: CellResult) => number): number => Math.max(...of((r) => value(r) / r.trials));
  const squares = cells.reduce((sum, r) => sum + (r.biasMm / r.biasErrorMm) ** 2, 0);
  return {
    cells: cells.length,
    rmse: rmse.at(-1)!,
    rmseMedian: rmse[Math.floor(rmse.length / 2)]!,
    biasMm: Math.max(...of((r) => Math.abs(r.biasMm))),
    biasPull: Math.sqrt(squares / cells.length),
    pullLow: pull[0]!,
    pullHigh: pull.at(-1)!,
    coverageLow: coverage[0]!,
    coverageHigh: coverage.at(-1)!,
    lost: share((r) => r.trials - r.valid),
    lowSignal: share((r) => r.lowSignal),
    outliers: share((r) => r.outliers),
  };
}
