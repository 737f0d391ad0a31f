import type { LevelResult } from "./dynamic-range.ts";
import type { FalseReturns } from "./falsehoods.ts";
import type { Floor } from "./floor.ts";
import { cellName, SIGNALS_E } from "./grid.ts";
import { CELLS, type JobResult } from "./jobs.ts";
import { BEST_HEAD, floorText, gapTable } from "./page-floor.ts";
import { biasErrors, biasNote, chanceNote, nearMisses } from "./page-notes.ts";
import { percent, table } from "./page-table.ts";
import type { CellResult } from "./statistics.ts";
import { GOOD_CONTRAST, isGood, misses, worstOf } from "./summary.ts";

/** Classes of A / sigma_A below the good ones. */
const CONTRASTS = [0, 3, 4.5, 6, 8, GOOD_CONTRAST] as const;
/** Fewer pixels with a range than this say nothing of their spread. */
const FEW = 500;

export const range = (low: number, high: number, digits: number): string =>
  `${low.toFixed(digits)} … ${high.toFixed(digits)}`;
const power = (value: number): string => value.toExponential(0).replace("e+", "e");

const WORST_HEAD = [
  "cells",
  "RMSE/bound, median",
  "worst",
  "largest bias, mm",
  "bias over its error, rms",
  "spread/sigma",
  "95 % intervals hold",
  "without range",
  "outliers",
];

function worstRow(cells: readonly CellResult[]): string[] {
  if (cells.length === 0) return ["0", ...WORST_HEAD.slice(1).map(() => "")];
  const w = worstOf(cells);
  return [
    String(w.cells),
    w.rmseMedian.toFixed(3),
    w.rmse.toFixed(3),
    w.biasMm.toFixed(2),
    w.biasPull.toFixed(2),
    range(w.pullLow, w.pullHigh, 3),
    range(100 * w.coverageLow, 100 * w.coverageHigh, 1),
    percent(w.lost, 2),
    percent(w.outliers, 3),
  ];
}

function goodTables(good: readonly CellResult[]): string {
  const groups: [string, (r: CellResult) => boolean][] = [
    ...SIGNALS_E.map((n): [string, (r: CellResult) => boolean] => [
      `N ${power(n)}`,
      (r) => r.cell.collectedE === n,
    ]),
    ...[2, 8, 30, 114, 250].map((tau): [string, (r: CellResult) => boolean] => [
      `tau ${tau} ns`,
      (r) => r.cell.tauNs === tau,
    ]),
    ["film bias", (r) => r.cell.gating === "film-bias"],
    ["swept reset", (r) => r.cell.gating === "swept-reset"],
    ["all", () => true],
  ];
  const rows = groups.map(([name, member]) => [name, ...worstRow(good.filter(member))]);
  return table(["", ...WORST_HEAD], rows);
}

function weakTable(cells: readonly CellResult[]): string {
  const rows = CONTRASTS.slice(1).map((most, i) => {
    const least = CONTRASTS[i]!;
    const members = cells.filter((r) => r.contrast >= least && r.contrast < most);
    const measured = members.filter((r) => r.valid >= FEW);
    const flagged = members.length === 0 ? "" : percent(worstOf(members).lowSignal);
    return [`${least} … ${most}`, String(members.length), ...worstRow(measured), flagged];
  });
  return table(["A/sigma_A", "all cells", ...WORST_HEAD, "low signal, at most"], rows);
}

function missTable(
  good: readonly CellResult[],
  again: readonly CellResult[],
  floors: readonly Floor[],
): string {
  const row = (name: string, r: CellResult): string[] => [
    name,
    r.contrast.toFixed(1),
    r.boundMm.toFixed(1),
    r.rmseOverBound.toFixed(3),
    floorText(floors, r),
    `${r.biasMm.toFixed(2)} ± ${r.biasErrorMm.toFixed(2)}`,
    r.pullStd.toFixed(3),
    percent(r.coverage),
    misses(r).join(", ") || "nothing",
  ];
  const rows = good
    .filter((r) => misses(r).length > 0)
    .flatMap((r) => {
      const name = cellName(r.cell);
      const repeated = again.filter(({ cell }) => cellName(cell) === name);
      return [
        row(name, r),
        ...repeated.map((other) => row(`the same, another seed, ${other.trials} pixels`, other)),
      ];
    });
  if (rows.length === 0) return "None.";
  const head = ["cell", "A/sigma_A", "bound, mm", "RMSE/bound", BEST_HEAD, "bias, mm", "spread/sigma"];
  return table([...head, "intervals hold", "misses"], rows);
}

function falseTable(dark: readonly FalseReturns[]): string {
  const rows = (["film-bias", "swept-reset"] as const).flatMap((gating) =>
    [0, 30, 1000].map((backgroundE) => {
      const members = dark.filter((r) => r.cell.gating === gating && r.backgroundE === backgroundE);
      const trials = members.reduce((sum, r) => sum + r.trials, 0);
      const found = members.reduce((sum, r) => sum + r.found, 0);
      const worst = Math.max(0, ...members.map((r) => r.found / r.trials));
      return [
        gating,
        String(backgroundE),
        String(trials),
        String(found),
        (found / trials).toExponential(1),
        worst.toExponential(1),
      ];
    }),
  );
  return table(
    ["gating", "background, e- a gate", "pixels", "false returns", "share", "largest share of a cell"],
    rows,
  );
}

function levelTable(levels: readonly LevelResult[]): string {
  const rows = levels
    .filter(({ db }) => db % 6 === 0)
    .map((r) => [
      `${r.gating}, tau ${r.tauNs} ns`,
      String(r.db),
      r.amplitudeE.toExponential(1).replace("e+", "e"),
      percent(r.saturated / r.trials, 0),
      percent(r.valid / r.trials),
      r.valid < 2 ? "" : `${r.biasMm.toFixed(2)} ± ${r.biasErrorMm.toFixed(2)}`,
      r.valid < 2 ? "" : r.rmseMm.toFixed(2),
      r.valid < 2 ? "" : r.pullStd.toFixed(3),
    ]);
  return table(["", "dB", "A, e-", "clipped", "with range", "bias, mm", "RMSE, mm", "spread/sigma"], rows);
}

/** docs/precision.md. */
export function precisionPage(results: readonly JobResult[], command: string): string {
  const cells = results.flatMap((r) => (r.kind === "cell" ? [r.result] : []));
  const again = results.flatMap((r) => (r.kind === "again" ? [r.result] : []));
  const dark = results.flatMap((r) => (r.kind === "dark" ? [r.result] : []));
  const levels = results.flatMap((r) => (r.kind === "level" ? [r.result] : []));
  const floors = results.flatMap((r) => (r.kind === "floor" ? [r.result] : []));
  cells.sort((a, b) => a.contrast - b.contrast);
  levels.sort((a, b) => a.gating.localeCompare(b.gating) || a.tauNs - b.tauNs || a.db - b.db);
  const good = cells.filter(isGood);
  const trials = Math.max(0, ...cells.map((r) => r.trials));
  const spread = biasErrors(good);
  return `# Precision of the readout logic

Made by \`${command}\`: seeded Monte Carlo through \`build/readout.wasm\`. Samples are drawn from the model of
[physics.md](physics.md) in double precision by code that shares nothing with the firmware: Poisson arrivals, Gaussian read
noise, a 14-bit converter whose step is half the read noise or what the strongest gate asks for, offsets of a fraction of a
code. Return times are spread evenly over 10–110 ns; the range window is -2…125 ns, the pulse 39 ns. ${cells.length} of the
${CELLS.length} cells of the grid, ${trials} pixels each: K 16, 32, 64 gates over 200 ns, film bias with gates of 10, 15, 20 ns
and swept reset, tau 2–250 ns, background 0, 1, 10 N, read noise 5, 20, 100 e-, N from 3e2 to 1e6 electrons in all gates.

The bound is that of Cramér and Rao with amplitude, background and return time unknown. It holds for small errors. A cell is
**good** where the amplitude is at least ${GOOD_CONTRAST} of its own standard deviations (from the Fisher information, at the
worst return time): three sigma above the threshold of 7 below which a pixel is flagged \`LOW_SIGNAL\`. Below that the error is
of the size of the pulse or of the window, the likelihood is no parabola, and no estimate reaches the bound.

## Good cells

Each column is the worst of the cells in its row. Spread/sigma is the standard deviation of error/reported sigma.

The **bias** is measured with a control variate, since where the bound is 200 mm the plain mean of ${trials} errors is known to
1.4 mm only. To first order the error of the best estimate is a sum of the samples' errors with weights that follow from the
Fisher information at the true values; its expectation is exactly 0. Its mean over the trials, times the factor of a regression, is
taken off the mean error: what stays is the bias with the error of the bent part alone (where 99.9 % of the pixels have a range; else
the plain mean is given). Standard error of the bias for N ≥ 1e4: median
${spread.median} mm, largest ${spread.largest} mm; of the plain mean ${spread.plainMedian} and ${spread.plainLargest} mm. Where the bias over its
error is far above 1 there is a bias; it is small.
${biasNote(good, again)}
${chanceNote(good, again).trimEnd()}

${goodTables(good)}

Bars: RMSE ≤ 1.05 of the bound for N ≥ 3e3 and ≤ 1.02 for N ≥ 1e5; |bias| ≤ 1 mm for N ≥ 1e4; reported sigma within 5 % of the
spread; 95 % intervals hold in 94–96 % of pixels. Good cells that miss a bar by more than three standard errors of their trials:

${missTable(good, again, floors)}

${nearMisses(good)}
Sixteen gates of 10 ns over 200 ns leave gaps of 2.5 ns between them. With tau 2 ns a return whose edge falls into a gap moves the
samples so little, and on one side only, that its likelihood is no parabola while A/sigma_A is below about 20, which is N ≤ 3e3.
There the module gives the mean of the return time over the likelihood, and its spread as sigma
([readout-logic.md](readout-logic.md#a-lidar-pixel)). The bound, on average over the return times, is no bound where the error is
not small: "${BEST_HEAD}" is the RMSE over it of the mean of the posterior in double precision, with a flat prior over the
return times of the cells, amplitude and background unknown; no estimate that is told as little has noticeably less. Good cells with such gaps
and a bound above a quarter of tau:

${gapTable(good, floors)}

## Weak cells

Where cells have less light than that. Figures are of the pixels that were given a range (cells in which at least ${FEW} were);
"without range" are pixels flagged \`NO_RETURN\` or \`WINDOW\`, outliers errors beyond eight bounds.

${weakTable(cells.filter((r) => !isGood(r)))}

## False returns

Pixels that see background alone and are given a range at the default threshold (DetectionThreshold 4.5).

${falseTable(dark)}

## Dynamic range

The shipped sensors' converter, 12 bit and 50 e-/DN, which clips at 1.8e5 e-; read noise 40 e-, background 100 e- a gate;
amplitudes over 60 dB. Clipped gates count as "at least the limit" in the likelihood. The bias is measured by the control variate where
no gate is clipped and every pixel has a range, else by the plain mean. Largest |bias| of all steps of 1 dB with
film bias: ${worstBias(levels)} mm.

${levelTable(levels)}

A pixel has no range, and is flagged \`NO_RETURN\` and \`SATURATED\`, when what is not clipped cannot tell amplitude from time: fewer
than four gates left, fewer than three of them with a signal, or only the exponential fall of a single pole, on which a later
return looks like a stronger one. With film bias that begins about 28 dB above the first clipped gate where the return comes late,
because all gates after it are clipped; with swept reset it begins about 3 dB above, since there every gate that opens before the
return holds all of it.
`;
}

function worstBias(levels: readonly LevelResult[]): string {
  const filmBias = levels.filter((r) => r.gating === "film-bias" && r.valid > 0.5 * r.trials);
  const worst = filmBias.reduce((a, b) => (Math.abs(b.biasMm) > Math.abs(a.biasMm) ? b : a), filmBias[0]!);
  return worst === undefined
    ? "none"
    : `${worst.biasMm.toFixed(2)} ± ${worst.biasErrorMm.toFixed(2)} (${worst.db} dB, tau ${worst.tauNs} ns)`;
}
