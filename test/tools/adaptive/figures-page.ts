import { table } from "../docs/markdown.ts";
import type { Comparison, Measured } from "./measure.ts";
import type { CampaignScene } from "./scenes.ts";
import type { Surprise } from "./surprise.ts";

export interface MeasuredScene {
  readonly scene: CampaignScene;
  /** Gates of the profile's width, and of the best of three. */
  readonly delays: Comparison;
  readonly widths: Comparison;
}

/** docs/adaptive-gating-figures.md */
export function figuresPage(
  scenes: readonly MeasuredScene[],
  surprises: readonly Surprise[],
  frames: number,
): string {
  return `# Adaptive gating, measured

\`npm run adaptive\` makes this page; do not edit it. [adaptive-gating.md](adaptive-gating.md) says what is done.

Against the ground truth of the simulated board, through its readout logic, at the same number of laser pulses: ${frames} frames
with uniform gates and ${frames} with planned ones (PbS: 2 and 2), after 3 frames in which the plan settles. n: pixels of pairs of
frames that see one surface, are not saturated, and have a range, and no outlier, with both kinds of gates. A gain is uniform over planned: of the rms error,
of the Cramer-Rao bound (rms over the pixels, at the truth), of the median error, and of the bound of the class of pixels (one
range, one amplitude, at least 0.2 % of the pixels) that gains least. Outlier: off by more than 8 sigma and
0.3 m; of the scene without returns: false returns.

## Delays planned, width as the profile has it

${gains(scenes.map(({ delays, scene }) => ({ scene, comparison: delays })))}

## Delays and width planned

${gains(scenes.map(({ scene, widths }) => ({ scene, comparison: widths })))}

## Everything moves at once

Gates planned for a wall at one range; in the next frame it stands at another. Sigma of this frame, and of the one with gates
planned from it, over that of uniform gates.

${table(
  ["planned for", "stands at", "pixels", "found at once", "outliers", "sigma at once", "sigma next"],
  surprises.map((one) => [
    `${one.fromM} m`,
    `${one.toM} m`,
    String(one.pixels),
    `${(100 * one.foundShare).toFixed(2)} %`,
    `${(100 * one.outlierShare).toFixed(2)} %`,
    `${one.firstSigmaRatio.toFixed(2)} x`,
    `${one.nextSigmaRatio.toFixed(2)} x`,
  ]),
)}
`;
}

interface Row {
  readonly scene: CampaignScene;
  readonly comparison: Comparison;
}

function gains(rows: readonly Row[]): string {
  const head = [
    "scene",
    "n",
    "rms error uniform, mm",
    "planned, mm",
    "gain",
    "gain of the bound",
    "gain of the median",
    "least of a class",
    "error/sigma",
    "within 1.96 sigma",
    "pixels with a range, uniform",
    "planned",
    "outliers uniform",
    "planned",
    "width, ns",
  ];
  return table(head, rows.map(rowOf));
}

function rowOf({ comparison: { adaptive, plan, uniform }, scene }: Row): string[] {
  const isEmpty = adaptive.n < FEW;
  const number = (value: number | undefined, digits: number) =>
    isEmpty || value === undefined ? "" : value.toFixed(digits);
  const ratio = (value: (measured: Measured) => number) => number(value(uniform) / value(adaptive), 2);
  return [
    scene.name,
    String(adaptive.n),
    number(uniform.rmseMm, 2),
    number(adaptive.rmseMm, 2),
    ratio(({ rmseMm = Number.NaN }) => rmseMm),
    ratio(boundMm),
    ratio(({ medianAbsErrorMm = Number.NaN }) => medianAbsErrorMm),
    number(plan.leastGain, 2),
    number(adaptive.zStd, 3),
    isEmpty ? "" : `${(100 * (adaptive.coverage95 ?? Number.NaN)).toFixed(1)} %`,
    String(uniform.valid),
    String(adaptive.valid),
    String(uniform.outliers),
    String(adaptive.outliers),
    plan.scanGates === plan.delaysNs.length ? "uniform" : plan.widthNs.toFixed(1),
  ];
}

/** Pixels below which errors say nothing. */
const FEW = 100;

/** Root mean square of the pixels' bounds. */
export function boundMm({ rmseMm = Number.NaN, rmseOverCrlb = Number.NaN }: Measured): number {
  return rmseMm / rmseOverCrlb;
}
