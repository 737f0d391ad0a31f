// What is possible, in docs/precision.md.
import { type Floor, hasGaps } from "./floor.ts";
import { cellName } from "./grid.ts";
import { percent, table } from "./page-table.ts";
import type { CellResult } from "./statistics.ts";

export const BEST_HEAD = "best any estimate can do";

/** The least RMSE over the bound in a cell, and its standard error. */
export function floorText(floors: readonly Floor[], { cell }: CellResult): string {
  const floor = floors.find((each) => cellName(each.cell) === cellName(cell));
  return floor === undefined ? "" : `${floor.rmseOverBound.toFixed(3)} ± ${floor.error.toFixed(3)}`;
}

/** Good cells whose gates leave gaps. */
export function gapTable(good: readonly CellResult[], floors: readonly Floor[]): string {
  const rows = good
    .filter(hasGaps)
    .map((r) => [
      cellName(r.cell),
      r.contrast.toFixed(1),
      r.boundMm.toFixed(1),
      `${r.rmseOverBound.toFixed(3)} ± ${(r.rmseOverBound / Math.sqrt(2 * r.valid)).toFixed(3)}`,
      floorText(floors, r),
      r.pullStd.toFixed(3),
      percent(r.coverage),
    ]);
  if (rows.length === 0) return "None.";
  const head = ["cell", "A/sigma_A", "bound, mm", "RMSE/bound", BEST_HEAD, "spread/sigma"];
  return table([...head, "95 % intervals hold"], rows);
}
