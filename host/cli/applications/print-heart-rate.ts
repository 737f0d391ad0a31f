import { textPlot } from "../../applications/plot/text-plot.ts";
import { bold, dim, printLine } from "../text/terminal.ts";
import type { HeartRateRun, HeartRateSummary } from "./heart-rate-run.ts";

const [PLOT_COLUMNS, PLOT_ROWS] = [72, 5];
/** What the plot shows of the record. */
const PLOT_SECONDS = 10;

export function printHeartRate({ pulse, summary }: HeartRateRun): void {
  const { exposureNs, frameRateHz, frameRateWhy, frames, lostFrames, pixels, region, seconds } = summary;
  const lost = lostFrames > 0 ? `, ${lostFrames} lost` : "";
  printLine(
    `${frames} frames${lost}, ${seconds.toFixed(1)} s at ${frameRateHz.toFixed(2)} frames per second (${frameRateWhy}), ` +
      `exposure ${(exposureNs / 1e6).toPrecision(3)} ms`,
  );
  printLine(
    `mean of ${pixels} pixels of the region ${region.width}x${region.height}+${region.offsetX}+${region.offsetY}: ` +
      `${summary.lightDn.toFixed(1)} DN`,
  );
  printLine(rateText(summary));
  if (summary.rateBpm !== null) {
    const shown = pulse.subarray(0, Math.round(PLOT_SECONDS * frameRateHz));
    for (const line of textPlot(shown, PLOT_COLUMNS, PLOT_ROWS)) printLine(line);
    const end = `${(shown.length / frameRateHz).toFixed(0)} s`;
    printLine(dim(`0${end.padStart(PLOT_COLUMNS - 1)}`));
  }
  for (const file of summary.files) printLine(file);
  if (summary.interrupted) printLine("interrupted: the record is shorter than asked for");
}

function rateText({
  beatRateBpm,
  beatTimesS,
  modulation,
  quality,
  rateBpm,
  snrDb,
  standardErrorBpm,
}: HeartRateSummary) {
  if (rateBpm === null) return `${bold("no pulse found")}: nothing in the band stands out of the noise`;
  const error = standardErrorBpm === null ? "" : ` +- ${standardErrorBpm.toFixed(1)}`;
  const beats = `${beatTimesS.length} beats${beatRateBpm === null ? "" : ` say ${beatRateBpm.toFixed(1)}`}`;
  return (
    `${bold(`heart rate ${rateBpm.toFixed(1)}${error} bpm`)} (${beats}); pulse ${(100 * modulation).toPrecision(2)} % of ` +
    `the light, signal to noise ${snrDb.toFixed(0)} dB: ${quality}`
  );
}
