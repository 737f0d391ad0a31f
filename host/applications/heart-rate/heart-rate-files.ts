import { join } from "node:path";
import { type StackedFigure, stackedSvg } from "../../bench/report/stacked-svg.ts";
import { makeFolder } from "../../save/make-folder.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import type { HeartRateAnalysis } from "./heart-rate.ts";
import type { LightRecord } from "./record.ts";

const PLOT_HEIGHT = 260;

/** Write DIR/samples.csv and DIR/pulse.svg; returns their paths. @throws Error of node:fs. */
export async function writeHeartRate(
  folder: string,
  record: LightRecord,
  analysis: HeartRateAnalysis,
): Promise<string[]> {
  await makeFolder(folder);
  const files = [
    { path: join(folder, "samples.csv"), content: samplesCsv(record, analysis) },
    { path: join(folder, "pulse.svg"), content: pulseSvg(record, analysis) },
  ];
  for (const { content, path } of files) await writeFileAtomically(path, content);
  return files.map(({ path }) => path);
}

function samplesCsv({ frameRateHz, lightDn }: LightRecord, { pulse }: HeartRateAnalysis): string {
  const lines = Array.from(
    lightDn,
    (light, i) => `${(i / frameRateHz).toFixed(6)},${light.toFixed(4)},${pulse[i]!.toExponential(6)}`,
  );
  return `time_s,light_dn,pulse\n${lines.join("\n")}\n`;
}

/** Pulse with its beats against time, and its spectrum. */
export function pulseSvg({ frameRateHz }: LightRecord, analysis: HeartRateAnalysis): string {
  const { beats, pulse, rateBpm, spectrum } = analysis;
  const percent = (value: number): number => 100 * value;
  const time = Array.from(pulse, (_, i) => i / frameRateHz);
  const heights = beats.timesS.map((at) => percent(pulse[Math.round(at * frameRateHz)] ?? 0));
  const rates = Array.from(spectrum.power, (_, k) => 60 * (spectrum.firstHz + k * spectrum.stepHz));
  const highest = Math.max(...spectrum.power);
  const title = rateBpm === undefined ? "No pulse found" : `Pulse, ${rateBpm.toFixed(1)} beats per minute`;
  const from = "simulated" as const;
  const pulseLine = { label: "pulse", from, colour: 0, x: time, y: Array.from(pulse, percent) };
  const beatDots = {
    label: "beats",
    from,
    marks: "points" as const,
    colour: 1,
    x: beats.timesS,
    y: heights,
  };
  const power = Array.from(spectrum.power, (value) => value / highest);
  const figures: StackedFigure[] = [
    {
      title,
      x: { label: "time", unit: "s", scale: "linear" },
      y: { label: "loss of light", unit: "%", scale: "linear" },
      series: rateBpm === undefined ? [pulseLine] : [pulseLine, beatDots],
    },
    {
      title: "Spectrum",
      x: { label: "rate", unit: "beats per minute", scale: "linear" },
      y: { label: "power, share of the peak", unit: "1", scale: "linear" },
      series: [{ label: "power", from, colour: 0, x: rates, y: power }],
    },
  ];
  return stackedSvg(title, figures, PLOT_HEIGHT);
}
