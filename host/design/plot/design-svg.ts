import { stackedSvg } from "../../bench/report/stacked-svg.ts";
import type { DesignResult } from "../design.ts";
import type { VerifiedCell } from "../verify/cells.ts";
import { designFigures } from "./figures.ts";

/** All figures below each other as one file, in the reader's light or dark colours. */
export function designSvg(designs: readonly DesignResult[], cells: readonly VerifiedCell[]): string {
  return stackedSvg("Standard deviation of the range", designFigures(designs, cells));
}
