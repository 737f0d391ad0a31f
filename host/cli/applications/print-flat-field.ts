import { table } from "../text/table.ts";
import { bold, printLine } from "../text/terminal.ts";
import type { FlatFieldSummary } from "./flat-field-run.ts";

/** Rows of the table; the points between them are in the files. */
const SHOWN_POINTS = 7;

export function printFlatField(summary: FlatFieldSummary): void {
  const { fieldPixels, framesPerPoint, luminanceCdPerM2, points, referencePixels, speed } = summary;
  const time = speed === 1 ? "in real time" : `in time-lapse, ${Number(speed.toPrecision(3))} times as fast`;
  printLine(
    `${summary.led} at ${luminanceCdPerM2} cd/m2, ${points.length} points of ${framesPerPoint} frames ${time}; ` +
      `${fieldPixels} pixels calibrated, ${referencePixels} watch the lamp`,
  );
  const step = Math.max(1, Math.floor((points.length - 1) / (SHOWN_POINTS - 1)));
  const rows = points
    .filter((_, k) => k % step === 0)
    .map(({ corrected, law, level, levelSigma, minutes }) => [
      minutes.toFixed(1),
      level.toFixed(5),
      law.toFixed(5),
      ((level - law) / levelSigma).toFixed(1),
      `${(100 * (corrected - 1)).toFixed(3)} %`,
    ]);
  const head = ["minutes", "measured", "law", "difference, sigma", "corrected by the reference"];
  for (const line of table([head, ...rows], [0, 1, 2, 3, 4])) printLine(line);
  printLine(
    `half-life ${summary.measuredHalfLifeMin.toFixed(3)} +- ${summary.measuredHalfLifeSigmaMin.toFixed(3)} min, by the law ` +
      `${summary.halfLifeMin.toFixed(3)} min; differences of ${summary.lawRmsSigma.toFixed(2)} sigma rms: ` +
      bold(summary.lawOk ? "drifts as the law says" : "does not drift as the law says"),
  );
  printLine(
    `after correction ${percent(summary.residual)} rms are left of ${percent(1 - points.at(-1)!.level)} drift, the noise of ` +
      `the frames is ${percent(summary.statisticalFloor)}: ${bold(summary.residualOk ? "noise alone" : "more than noise")}`,
  );
  printLine(lossText(summary));
  for (const file of summary.files) printLine(file);
  if (summary.interrupted) printLine("interrupted: the session is shorter than asked for");
}

/** The film's losses are known to a tenth or so: where they change by more than this, they may be mistaken for drift. */
const LARGEST_LOSS_CHANGE = 0.005;

function lossText({ filmLosses: [first, last], points }: FlatFieldSummary): string {
  const exposures = [points[0]!, points.at(-1)!].map(
    ({ exposureNs }) => `${(exposureNs / 1e6).toPrecision(3)} ms`,
  );
  const text = `exposures ${exposures.join(" to ")}; the film keeps ${percent(first)} to ${percent(last)} of the signal`;
  if (last - first <= LARGEST_LOSS_CHANGE) return text;
  return `${text}: much of it is dark current, bring the lamp nearer (--distance)`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
