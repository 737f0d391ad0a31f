// npm run emva [-- --profiles A,B] [--seeds N] [--points N] [--stack L] [--keep DIR]: EMVA 1288 data sets of imaging profiles,
// captured by `cqd capture` and held against the profiles; numpy analyses each set a second time, and the public
// reference implementation a third time where EMVA1288_SRC says where its sources lie. Printed of each figure: how far it
// lies from the profile's, and in brackets the standard error that the sample's size leaves.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EmvaResult } from "../../reference/emva/analyse.ts";
import { type Comparison, compare, isSampleEnough, isWithin, linearProfile, measure } from "./measure.ts";
import { otherAnalyses } from "./other-analyses.ts";

/** Profiles and exposures of a sweep: so many that 0.3 % are three standard errors of K, QE and dark current. */
const POINTS = new Map([
  ["inas-imager-320x240", 130],
  ["emberion-640x512", 40],
  ["imec-3t-768x512", 40],
  ["hgte-1280x1024", 40],
]);
const MOST_POINTS = 130;
/** Two analyses of one data set agree to rounding. */
const SAME = 1e-6;
/** Figures that are compared between the analyses. */
const SCALARS = [
  "gainDnPerE",
  "quantumEfficiency",
  "darkCurrentMeanEPerS",
  "darkNoiseE",
  "dynamicRange",
] as const;

const { values } = parseArgs({
  options: {
    profiles: { type: "string", default: [...POINTS.keys()].join(",") },
    seeds: { type: "string", default: "5" },
    points: { type: "string" },
    stack: { type: "string", default: "16" },
    keep: { type: "string" },
  },
});

/** Largest relative difference of another analysis' figures from ours. */
function largestDifference(theirs: EmvaResult, ours: EmvaResult): number {
  const pairs = [
    ...SCALARS.map((name) => [theirs[name], ours[name]]),
    [theirs.dsnuE.total, ours.dsnuE.total],
    [theirs.prnuPercent.total, ours.prnuPercent.total],
  ];
  return Math.max(...pairs.map(([a, b]) => Math.abs(a! / b! - 1)));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)} %`;
}

function printRow(sensor: string, seed: number, comparisons: readonly Comparison[], others: string): void {
  const cells = comparisons.map((comparison) => {
    const { deviation, error, figure } = comparison;
    const mark = isSampleEnough(comparison) ? (isWithin(comparison) ? "" : " FAILED") : " TOO FEW DATA";
    return `${figure} ${percent(deviation)} (${percent(error)})${mark}`;
  });
  process.stdout.write(`${sensor} seed ${seed}: ${cells.join(", ")}; ${others}\n`);
}

async function run(sensor: string, seed: number, base: string): Promise<boolean> {
  const folder = join(base, `${sensor}-${seed}`);
  const points = Number(values.points ?? POINTS.get(sensor) ?? MOST_POINTS);
  const request = { sensor, seed, chain: "linear", points, stack: Number(values.stack), folder } as const;
  const measurement = await measure(request);
  const comparisons = compare(linearProfile(sensor), measurement);
  const analyses = otherAnalyses(folder);
  const differences = analyses.map(({ figures }) => largestDifference(figures, measurement.result));
  const others = analyses.map(({ name }, i) => `${name} ${differences[i]!.toExponential(1)}`).join(", ");
  printRow(sensor, seed, comparisons, others);
  if (values.keep === undefined) rmSync(folder, { recursive: true });
  return (
    comparisons.every((one) => isSampleEnough(one) && isWithin(one)) &&
    differences.every((difference) => difference < SAME)
  );
}

const base = values.keep ?? mkdtempSync(join(tmpdir(), "cqd-emva-"));
mkdirSync(base, { recursive: true });
let failed = 0;
for (const sensor of values.profiles.split(","))
  for (let seed = 1; seed <= Number(values.seeds); seed++) if (!(await run(sensor, seed, base))) failed++;
if (values.keep === undefined) rmSync(base, { recursive: true });
process.stdout.write(failed === 0 ? "all within the limits\n" : `${failed} data sets beyond the limits\n`);
process.exitCode = failed === 0 ? 0 : 1;
