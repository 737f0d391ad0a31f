// Sentences of docs/precision.md that depend on what was measured.
import { cellName } from "./grid.ts";
import type { CellResult } from "./statistics.ts";
import {
  BIAS_ERROR_MM,
  BIAS_FROM_E,
  BRIGHT_E,
  DIM_E,
  isBiasKnown,
  isPlainlyBiased,
  misses,
  RMSE_BRIGHT,
  RMSE_DIM,
} from "./summary.ts";

/** Standard errors of the bias, as text in mm. */
export function biasErrors(good: readonly CellResult[]) {
  const cells = good.filter((r) => r.cell.collectedE >= BIAS_FROM_E);
  const errors = cells.map((r) => r.biasErrorMm).sort((a, b) => a - b);
  const plain = cells.map((r) => r.plainBiasErrorMm).sort((a, b) => a - b);
  const middle = Math.floor(cells.length / 2);
  return {
    median: errors[middle]?.toFixed(3),
    largest: errors.at(-1)?.toFixed(2),
    plainMedian: plain[middle]?.toFixed(2),
    plainLargest: plain.at(-1)?.toFixed(2),
  };
}

/** By magnitude of the bias; undefined of none. */
function mostBiased(cells: readonly CellResult[]): CellResult | undefined {
  return cells.reduce<CellResult | undefined>(
    (a, b) => (a === undefined || Math.abs(b.biasMm) > Math.abs(a.biasMm) ? b : a),
    undefined,
  );
}

const biasText = (r: CellResult): string =>
  `${r.biasMm.toFixed(2)} ± ${r.biasErrorMm.toFixed(2)} mm (${cellName(r.cell)})`;

/** The largest bias of bright cells, and of those whose bias was not known well enough, what more trials said. */
export function biasNote(good: readonly CellResult[], again: readonly CellResult[]): string {
  const bright = good.filter((r) => r.cell.collectedE >= BIAS_FROM_E);
  const known = mostBiased(bright.filter(isBiasKnown));
  const unknown = new Set(bright.filter((r) => !isBiasKnown(r)).map((r) => cellName(r.cell)));
  const repeated = again.filter((r) => unknown.has(cellName(r.cell)));
  const worst = mostBiased(repeated);
  const first =
    known === undefined
      ? ""
      : `Largest |bias| of the cells with N ≥ 1e4 whose bias is known to ${BIAS_ERROR_MM} mm: ${biasText(known)}.`;
  if (worst === undefined) return first;
  const error = Math.max(...repeated.map((r) => r.biasErrorMm));
  return `${first}
${repeated.length} cells whose bias was known worse than that were measured again with another seed and ${worst.trials} pixels: largest |bias|
${biasText(worst)}, largest standard error ${error.toFixed(2)} mm.`;
}

/** Cells whose plain mean misses the bar of the bias, and what both means say with another seed. */
export function chanceNote(good: readonly CellResult[], again: readonly CellResult[]): string {
  const both = (r: CellResult): string =>
    `${r.plainBiasMm.toFixed(2)} ± ${r.plainBiasErrorMm.toFixed(2)} mm (with the control variate ` +
    `${r.biasMm.toFixed(2)} ± ${r.biasErrorMm.toFixed(2)})`;
  return good
    .filter(isPlainlyBiased)
    .map((r) => {
      const other = again.find(({ cell }) => cellName(cell) === cellName(r.cell));
      const repeated = other && `; with another seed and ${other.trials} pixels ${both(other)}`;
      return `The plain mean misses the bar in ${cellName(r.cell)}: ${both(r)}${repeated ?? ""}.\n`;
    })
    .join("");
}

/** Cells above a bar of the RMSE by no more than chance. */
export function nearMisses(good: readonly CellResult[]): string {
  const above = good.filter((r) => {
    const bar = r.cell.collectedE >= BRIGHT_E ? RMSE_BRIGHT : RMSE_DIM;
    return r.cell.collectedE >= DIM_E && r.rmseOverBound > bar && !misses(r).includes("RMSE");
  });
  const names = above.map((r) => `${r.rmseOverBound.toFixed(3)} in ${cellName(r.cell)}`).join("; ");
  return above.length === 0 ? "" : `Above a bar of the RMSE by less than that: ${names}.\n`;
}
