import { table } from "../docs/markdown.ts";
import { type AlarmCell, crossingM, DEFAULT_CHI2, type PairCell, type SeparatedCell } from "./campaign.ts";

export interface PairSeries {
  readonly collectedE: number;
  readonly resolutionM: number;
  readonly detectionM: number;
  readonly cells: readonly PairCell[];
}

export interface Figures {
  readonly alarms: readonly AlarmCell[];
  readonly alarmTrials: number;
  readonly pairs: readonly PairSeries[];
  readonly pairTrials: number;
  readonly apart: readonly SeparatedCell[];
}

const percent = (share: number, digits = 2): string => `${(100 * share).toFixed(digits)} %`;
const mm = (metres: number): string => (1000 * metres).toFixed(0);
const electrons = (n: number): string => n.toExponential(0).replace("+", "");

/** docs/returns-figures.md */
export function figuresPage({ alarms, alarmTrials, apart, pairs, pairTrials }: Figures): string {
  return `# Further returns, measured

\`npm run returns\` makes this page; do not edit it. [returns.md](returns.md) says what is measured. InAs film, 32 gates of 15 ns every
6.25 ns, 20 e- of read noise; N electrons of all returns in all gates, ambient in units of N; fixed seeds.

## False alarms

Pixels with one return in which a second one was found, at the power-on threshold of ${DEFAULT_CHI2}; ${alarmTrials} pixels a cell, return times from
10 to 110 ns.

${table(["N", "ambient 0", "ambient N", "ambient 10 N"], alarmRows(alarms))}

## Two equal returns in full sun (ambient N)

${pairTrials} pixels a cell. Bounds are medians over return times from 23 to 89 ns.

${table(
  [
    "N",
    "resolution bound, mm",
    "resolved from, mm",
    "ratio",
    "detection bound, mm",
    "detected from, mm",
    "ratio",
  ],
  pairs.map(limitRow),
)}

By separation:

${table(
  [
    "N",
    "separation, mm",
    "over the bound",
    "detected",
    "median estimate, mm",
    "half of middle 68 %, mm",
    "separation over it",
  ],
  pairs.flatMap((series) => series.cells.map((cell) => pairRow(cell, series.resolutionM))),
)}

## Returns that are told apart

Three returns looked for. Figures of each return in order of range, over the pixels in which all were found.

${table(
  [
    "returns",
    "N",
    "all found",
    "bias, mm",
    "rms error, mm",
    "over its bound",
    "spread over sigma",
    "amplitude over true",
  ],
  apart.map(separatedRow),
)}
`;
}

function alarmRows(alarms: readonly AlarmCell[]): string[][] {
  const levels = [...new Set(alarms.map(({ collectedE }) => collectedE))];
  return levels.map((level) => [
    electrons(level),
    ...alarms.filter(({ collectedE }) => collectedE === level).map((cell) => percent(cell.alarms)),
  ]);
}

function limitRow({ cells, collectedE, detectionM, resolutionM }: PairSeries): string[] {
  const resolved = crossingM(cells, (cell) => cell.separationM / cell.spreadM, 3);
  const detected = crossingM(cells, (cell) => cell.detected, 0.95);
  return [
    electrons(collectedE),
    mm(resolutionM),
    mm(resolved),
    (resolved / resolutionM).toFixed(2),
    mm(detectionM),
    mm(detected),
    (detected / detectionM).toFixed(2),
  ];
}

function pairRow(cell: PairCell, boundM: number): string[] {
  return [
    electrons(cell.collectedE),
    mm(cell.separationM),
    (cell.separationM / boundM).toFixed(2),
    percent(cell.detected, 1),
    mm(cell.medianM),
    mm(cell.spreadM),
    (cell.separationM / cell.spreadM).toFixed(2),
  ];
}

function separatedRow({ cell, complete, figures, name }: SeparatedCell): string[] {
  const each = (value: (f: SeparatedCell["figures"][number]) => string): string =>
    figures.map(value).join(", ");
  return [
    name,
    electrons(cell.collectedE),
    percent(complete, 1),
    each((f) => f.biasMm.toFixed(1)),
    each((f) => f.rmseMm.toFixed(1)),
    each((f) => f.rmseOverBound.toFixed(3)),
    each((f) => f.zStd.toFixed(3)),
    each((f) => f.amplitudeRatio.toFixed(3)),
  ];
}
