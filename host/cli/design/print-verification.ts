import { formatSuns } from "../../design/ambient.ts";
import { lengthText, percentText } from "../../design/length-text.ts";
import { SHARE_TOLERANCE, SIGMA_TOLERANCE, type VerifiedCell } from "../../design/verify/cells.ts";
import { type RegimeSummary, shareError, summarise } from "../../design/verify/summary.ts";
import { table } from "../text/table.ts";
import { bold, dim, printLine } from "../text/terminal.ts";

/** The cells that are furthest off are listed by name. */
const WORST_CELLS = 6;

export function printVerification(cells: readonly VerifiedCell[]): void {
  printLine(bold("\nprediction against simulation"));
  const head = ["regime", "points", "agree", "measured / predicted sigma", "share of pixels off by"];
  for (const line of table([head, ...summarise(cells).map(summaryRow)], [1, 2])) printLine(line);
  const worst = cells
    .filter(({ judged }) => judged !== "nothing")
    .sort((a, b) => deviation(b) - deviation(a))
    .slice(0, WORST_CELLS);
  printLine(dim("\nfurthest off"));
  for (const line of table(worst.map(cellRow), [1, 3])) printLine(line);
}

function summaryRow({ cells, highestRatio, lowestRatio, notOk, regime, ...rest }: RegimeSummary): string[] {
  const ratios =
    lowestRatio === undefined || highestRatio === undefined
      ? "-"
      : `${lowestRatio.toFixed(3)} to ${highestRatio.toFixed(3)}, each +-${percentText(rest.standardError ?? 0)} at most`;
  const shares = rest.shareError === undefined ? "-" : `${percentText(rest.shareError)} at most`;
  return [regime, String(cells), String(cells - notOk), ratios, shares];
}

/** In units of what is allowed. */
function deviation(cell: VerifiedCell): number {
  if (cell.judged === "sigma") return Math.abs(cell.ratio - 1) / SIGMA_TOLERANCE;
  return (shareError(cell) ?? 0) / SHARE_TOLERANCE;
}

function cellRow(cell: VerifiedCell): string[] {
  const { judged, label, measurement, ok, prediction, ratio, standardError } = cell;
  const place = `rho ${prediction.reflectance}, ${formatSuns(prediction.ambientSun)}`;
  const found =
    judged === "sigma"
      ? `sigma ${lengthText(measurement.sigmaM)}, predicted ${lengthText(prediction.sigmaM)}: ${ratio.toFixed(3)} +-${percentText(standardError)}`
      : `${judged} ${percentText(shareOf(cell))}, predicted ${percentText(judged === "saturation" ? prediction.saturatedShare : prediction.detectedShare)}`;
  return [label, lengthText(prediction.rangeM), place, prediction.regime, found, ok ? "" : "does not agree"];
}

function shareOf({ judged, measurement }: VerifiedCell): number {
  return (judged === "saturation" ? measurement.saturated : measurement.detected) / measurement.pixels;
}
