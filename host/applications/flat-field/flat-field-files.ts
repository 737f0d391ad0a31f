import { join } from "node:path";
import { makeFolder } from "../../save/make-folder.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import { CHART_COLOURS, svgChart } from "../plot/svg-chart.ts";
import type { FlatFieldPoint, FlatFieldResult } from "./flat-field.ts";

const [LAW_COLOUR, MEASURED_COLOUR, CORRECTED_COLOUR] = CHART_COLOURS;
const PER_MILLE = 1000;

/** Write DIR/session.csv and DIR/drift.svg; returns their paths. @throws Error of node:fs. */
export async function writeFlatField(folder: string, result: FlatFieldResult): Promise<string[]> {
  await makeFolder(folder);
  const files = [
    { path: join(folder, "session.csv"), content: sessionCsv(result.points) },
    { path: join(folder, "drift.svg"), content: driftSvg(result) },
  ];
  for (const { content, path } of files) await writeFileAtomically(path, content);
  return files.map(({ path }) => path);
}

function sessionCsv(points: readonly FlatFieldPoint[]): string {
  const lines = points.map((point) =>
    [
      point.minutes.toFixed(4),
      point.exposureNs.toFixed(0),
      point.level.toFixed(7),
      point.levelSigma.toFixed(7),
      point.law.toFixed(7),
      point.corrected.toFixed(7),
    ].join(","),
  );
  return `minutes,exposure_ns,level,level_sigma,law,corrected\n${lines.join("\n")}\n`;
}

/** Level of the flat field against the law, and what is left of its drift after correction. */
export function driftSvg({ halfLifeMin, points }: FlatFieldResult): string {
  const minutes = points.map((point) => point.minutes);
  const perMille = (of: (point: FlatFieldPoint) => number): number[] =>
    points.map((point) => PER_MILLE * (of(point) - 1));
  return svgChart([
    {
      title: `Flat field under the ageing LED, half-life ${Number(halfLifeMin.toPrecision(4))} min`,
      xLabel: "minutes",
      yLabel: "level of the lamp",
      series: [
        { label: "law", x: minutes, y: points.map(({ law }) => law), kind: "line", colour: LAW_COLOUR },
        {
          label: "measured",
          x: minutes,
          y: points.map(({ level }) => level),
          kind: "dots",
          colour: MEASURED_COLOUR,
        },
      ],
    },
    {
      title: "Left over",
      xLabel: "minutes",
      yLabel: "per mille",
      series: [
        {
          label: "measured / law - 1",
          x: minutes,
          y: perMille(({ law, level }) => level / law),
          kind: "dots",
          colour: MEASURED_COLOUR,
        },
        {
          label: "corrected by reference pixels",
          x: minutes,
          y: perMille(({ corrected }) => corrected),
          kind: "line",
          colour: CORRECTED_COLOUR,
        },
      ],
    },
  ]);
}
