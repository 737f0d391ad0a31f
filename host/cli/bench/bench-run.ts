import type { BenchResult } from "../../bench/bench-result.ts";
import type { Experiment } from "../../bench/run/experiment.ts";
import type { BenchOutcome, BenchProgress } from "../../bench/run/run-bench.ts";
import { Interrupt } from "../stream/interrupt.ts";
import { LiveLine, printJson } from "../text/terminal.ts";
import { printOutcome } from "./print-outcome.ts";

export interface BenchRunOptions {
  readonly json?: true;
  readonly thorough?: true;
  readonly seed: number;
}

/** Run, telling results (JSON: as they come) and progress; Ctrl-C ends after the measurement that runs. */
export async function benchRun(
  experiments: readonly Experiment[],
  options: BenchRunOptions,
): Promise<BenchOutcome> {
  const { openBench } = await import("../../bench/open-bench.ts");
  const { runBench } = await import("../../bench/run/run-bench.ts");
  const { summarise } = await import("../../bench/report/summary.ts");
  const progress = new ProgressTeller();
  const interrupt = new Interrupt(() =>
    progress.note("ending after this measurement; Ctrl-C again: at once"),
  );
  try {
    const context = openBench({ seed: options.seed, thorough: options.thorough === true });
    const outcome = await runBench(experiments, context, {
      onProgress: (step) => progress.tell(step),
      onResults: (results) => options.json && printResults(results),
      isCancelled: () => interrupt.isRequested,
    });
    progress.clear();
    const summary = { ...summarise(outcome.results), interrupted: outcome.interrupted };
    if (options.json) printJson({ summary });
    else printOutcome(outcome, summary);
    return outcome;
  } finally {
    progress.clear();
    interrupt.release();
  }
}

function printResults(results: readonly BenchResult[]): void {
  for (const result of results) printJson(result);
}

/** A live line on a terminal; one line an experiment elsewhere. */
class ProgressTeller {
  readonly #line = new LiveLine();
  #experiment = "";

  tell({ experiment, subject, share }: BenchProgress): void {
    const percent = `${Math.round(100 * share)} %`.padStart(5);
    if (process.stderr.isTTY) this.#line.show(`${percent}  ${experiment}  ${subject}`);
    else if (experiment !== this.#experiment) process.stderr.write(`${percent}  ${experiment}\n`);
    this.#experiment = experiment;
  }

  note(text: string): void {
    this.#line.clear();
    process.stderr.write(`${text}\n`);
  }

  clear(): void {
    this.#line.clear();
  }
}
