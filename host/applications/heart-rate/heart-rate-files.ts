import { join } from "node:path";
import { makeFolder } from "../../save/make-folder.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import { CHART_COLOURS, svgChart } from "../plot/svg-chart.ts";
import type { HeartRateAnalysis } from "./heart-rate.ts";
import type { LightRecord } from "./record.ts";

const [PULSE_COLOUR, BEAT_COLOUR] = CHART_COLOURS;

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
  const pulseLine = {
    label: "pulse",
    x: time,
    y: pulse.map(percent),
    kind: "line",
    colour: PULSE_COLOUR,
  } as const;
  const beatDots = {
    label: "beats",
    x: beats.timesS,
    y: heights,
    kind: "dots",
    colour: BEAT_COLOUR,
  } as const;
  return svgChart([
    {
      title,
      xLabel: "time, s",
      yLabel: "loss of light, %",
      series: rateBpm === undefined ? [pulseLine] : [pulseLine, beatDots],
    },
    {
      title: "Spectrum",
      xLabel: "beats per minute",
      yLabel: "power, share of the peak",
      series: [
        {
          label: "power",
          x: rates,
          y: spectrum.power.map((value) => value / highest),
          kind: "line",
          colour: PULSE_COLOUR,
        },
      ],
    },
  ]);
}
