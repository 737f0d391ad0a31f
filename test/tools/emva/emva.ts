// npm run emva [-- --profiles A,B] [--seeds N] [--points N] [--stack L] [--keep DIR]: EMVA 1288 data sets of imaging profiles,
// captured by `cqd capture` and held against the profiles; numpy analyses each set a second time. With the public
// reference implementation on PYTHONPATH (and --reference) it analyses them, too.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EmvaResult } from "../../reference/emva/analyse.ts";
import { root } from "../../support/cqd.ts";
import { pythonWithNumpy } from "../../support/python.ts";
import { type Comparison, compare, linearProfile, measure } from "./measure.ts";

const PROFILES = ["imec-3t-768x512", "emberion-640x512", "inas-imager-320x240", "hgte-1280x1024"];
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
    profiles: { type: "string", default: PROFILES.join(",") },
    seeds: { type: "string", default: "5" },
    points: { type: "string", default: "40" },
    stack: { type: "string", default: "16" },
    keep: { type: "string" },
    reference: { type: "boolean", default: false },
  },
});

/** Largest relative difference of another analysis' figures from ours. */
function largestDifference(script: string, folder: string, ours: EmvaResult): number {
  const python = script.startsWith("public") ? "python3" : (pythonWithNumpy() ?? "python3");
  const printed = execFileSync(python, [join(root, "test/tools/emva", script), folder], { encoding: "utf8" });
  const theirs = JSON.parse(printed) as EmvaResult;
  const pairs = [
    ...SCALARS.map((name) => [theirs[name], ours[name]]),
    [theirs.dsnuE.total, ours.dsnuE.total],
    [theirs.prnuPercent.total, ours.prnuPercent.total],
  ];
  return Math.max(...pairs.map(([a, b]) => Math.abs(a! / b! - 1)));
}

function printRow(sensor: string, seed: number, comparisons: readonly Comparison[], others: string): void {
  const cells = comparisons.map(({ deviation, figure, limit }) => {
    const mark = Math.abs(deviation) < limit ? "" : " FAILED";
    return `${figure} ${(100 * deviation).toFixed(3)} %${mark}`;
  });
  process.stdout.write(`${sensor} seed ${seed}: ${cells.join(", ")}; ${others}\n`);
}

async function run(sensor: string, seed: number, base: string): Promise<boolean> {
  const folder = join(base, `${sensor}-${seed}`);
  const size = { points: Number(values.points), stack: Number(values.stack) };
  const measurement = await measure({ sensor, seed, chain: "linear", folder, ...size });
  const comparisons = compare(linearProfile(sensor), measurement);
  const scripts = ["check_emva.py", ...(values.reference ? ["public_reference.py"] : [])];
  const differences = scripts.map((script) => largestDifference(script, folder, measurement.result));
  const others = scripts.map((script, i) => `${script} ${differences[i]!.toExponential(1)}`).join(", ");
  printRow(sensor, seed, comparisons, others);
  if (values.keep === undefined) rmSync(folder, { recursive: true });
  return (
    comparisons.every(({ deviation, limit }) => Math.abs(deviation) < limit) &&
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
