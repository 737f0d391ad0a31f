import { parseSuns } from "../../design/ambient.ts";
import {
  type DesignRequest,
  type DesignResult,
  type PlannedDesign,
  planDesigns,
  predictDesign,
} from "../../design/design.ts";
import { requireFileType, writeDesign } from "../../design/plot/write-design.ts";
import { POWER_ASSUMPTIONS } from "../../design/power.ts";
import { parseRanges, parseReflectances } from "../../design/range-list.ts";
import type { VerifiedCell } from "../../design/verify/cells.ts";
import { summarise } from "../../design/verify/summary.ts";
import { verifyDesign } from "../../design/verify/verify.ts";
import { EXIT_FAILURE, EXIT_INTERRUPTED } from "../exit-codes.ts";
import { Interrupt } from "../stream/interrupt.ts";
import { LiveLine, printJson, printLine } from "../text/terminal.ts";
import { printDesigns } from "./print-design.ts";
import { printVerification } from "./print-verification.ts";

export interface DesignCommandOptions {
  readonly sensor: string;
  readonly set: readonly string[];
  readonly range: string;
  readonly ambient: string;
  readonly reflectance: string;
  readonly sigmaLimit: number;
  readonly extrapolate?: true;
  readonly verify?: number;
  readonly seed: number;
  readonly threads: number;
  readonly out?: string;
  readonly json?: true;
}

interface Verification {
  readonly frames: number;
  readonly seed: number;
  readonly cells: readonly VerifiedCell[];
  readonly interrupted: boolean;
}

/** `cqd design`: predict, verify if asked for, print and write. Sets process.exitCode. */
export async function runDesign(options: DesignCommandOptions): Promise<void> {
  const request = requestOf(options);
  // A wrong name is told before minutes of work.
  if (options.out !== undefined) requireFileType(options.out);
  const live = new LiveLine();
  const plans = planDesigns(request);
  const designs = plans.map((plan, i) => {
    live.show(`${i}/${plans.length} designs predicted`);
    return predictDesign(plan, request);
  });
  live.clear();
  if (!options.json) printDesigns(designs, request);
  const verification =
    options.verify === undefined ? undefined : await verify(plans, request, options, options.verify);
  if (options.json) printJson(documentOf(request, designs, verification));
  else if (verification !== undefined) printVerification(verification.cells);
  if (options.out !== undefined) {
    writeDesign(options.out, designs, verification?.cells ?? []);
    if (!options.json) printLine(`\n${options.out} written`);
  }
  if (verification?.interrupted) process.exitCode = EXIT_INTERRUPTED;
  else if (verification?.cells.some(({ ok }) => !ok)) process.exitCode = EXIT_FAILURE;
}

function requestOf(options: DesignCommandOptions): DesignRequest {
  return {
    sensor: options.sensor,
    set: options.set,
    rangesM: parseRanges(options.range),
    reflectances: parseReflectances(options.reflectance),
    ambientSuns: options.ambient.split(",").map(parseSuns),
    sigmaLimitM: options.sigmaLimit,
    extrapolate: options.extrapolate === true,
  };
}

async function verify(
  plans: readonly PlannedDesign[],
  request: DesignRequest,
  { seed, threads }: DesignCommandOptions,
  frames: number,
): Promise<Verification> {
  const interrupt = new Interrupt(() => undefined);
  const live = new LiveLine();
  const cells: VerifiedCell[] = [];
  try {
    for (const plan of plans) {
      const found = await verifyDesign(plan, request, {
        frames,
        seed,
        threads,
        onProgress: (done, total, label) => live.show(`${label}: ${done}/${total} points simulated`),
        isCancelled: () => interrupt.isRequested,
      });
      cells.push(...found);
    }
    return { frames, seed, cells, interrupted: interrupt.isRequested };
  } finally {
    interrupt.release();
    live.clear();
  }
}

function documentOf(
  { sensor, rangesM, reflectances, ambientSuns, sigmaLimitM }: DesignRequest,
  designs: readonly DesignResult[],
  verification: Verification | undefined,
) {
  return {
    sensor,
    rangesM,
    reflectances,
    ambientSuns,
    sigmaLimitM,
    powerAssumptions: POWER_ASSUMPTIONS,
    designs,
    ...(verification && { verification: { ...verification, summary: summarise(verification.cells) } }),
  };
}
