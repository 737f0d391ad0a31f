import { join } from "node:path";
import { type StackedFigure, stackedSvg } from "../../bench/report/stacked-svg.ts";
import { makeFolder } from "../../save/make-folder.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import type { FlatFieldPoint, FlatFieldResult } from "./flat-field.ts";

const PLOT_HEIGHT = 260;
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
  const from = "simulated" as const;
  const marks = "points" as const;
  const x = { label: "age of the lamp", unit: "min", scale: "linear" } as const;
  const levels = points.map(({ level }) => level);
  const figures: StackedFigure[] = [
    {
      title: `Flat field under the ageing LED, half-life ${Number(halfLifeMin.toPrecision(4))} min`,
      x,
      y: { label: "level of the lamp", unit: "1", scale: "linear" },
      series: [
        { label: "law", from, colour: 0, x: minutes, y: points.map(({ law }) => law) },
        { label: "measured", from, marks, colour: 1, x: minutes, y: levels },
      ],
    },
    {
      title: "Left over",
      x,
      y: { label: "per mille", unit: "1", scale: "linear" },
      series: [
        {
          label: "measured / law - 1",
          from,
          marks,
          colour: 1,
          x: minutes,
          y: perMille(({ law, level }) => level / law),
        },
        {
          label: "corrected by reference pixels",
          from,
          colour: 2,
          x: minutes,
          y: perMille(({ corrected }) => corrected),
        },
      ],
    },
  ];
  return stackedSvg("Flat field under the ageing LED", figures, PLOT_HEIGHT);
}
