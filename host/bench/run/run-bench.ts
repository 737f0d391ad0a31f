import { AnalysisError } from "../analysis/analysis-error.ts";
import type { BenchFigure, BenchReport, BenchResult } from "../bench-result.ts";
import type { BenchContext, Experiment } from "./experiment.ts";

export interface BenchProgress {
  readonly experiment: string;
  readonly subject: string;
  /** Of all subjects of all experiments, 0..1. */
  readonly share: number;
}

export interface BenchWatch {
  onProgress?(progress: BenchProgress): void;
  onResults?(results: readonly BenchResult[]): void;
  /** Asked between subjects. */
  isCancelled?(): boolean;
}

/** Results so far are whole when it was cancelled. */
export interface BenchOutcome extends BenchReport {
  readonly interrupted: boolean;
}

/** Run experiments one subject after the other, so that what was found so far is always whole. */
export async function runBench(
  experiments: readonly Experiment[],
  context: BenchContext,
  watch: BenchWatch = {},
): Promise<BenchOutcome> {
  const steps = experiments.flatMap((experiment) =>
    experiment
      .subjects(context)
      .map((subject, i, all) => ({ experiment, subject, isLast: i === all.length - 1 })),
  );
  const results: BenchResult[] = [];
  const figures: BenchFigure[] = [];
  for (const [done, { experiment, subject, isLast }] of steps.entries()) {
    if (watch.isCancelled?.()) return { results, figures, interrupted: true };
    watch.onProgress?.({ experiment: experiment.name, subject, share: done / steps.length });
    const report = await measure(experiment, context, subject);
    results.push(...report.results);
    figures.push(...report.figures);
    watch.onResults?.(report.results);
    if (isLast) figures.push(...(experiment.overview?.(ofExperiment(results, experiment)) ?? []));
    // Lets a signal be heard between two measurements that never wait.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { results, figures, interrupted: false };
}

/** @throws AnalysisError that names experiment and subject. */
async function measure(experiment: Experiment, context: BenchContext, subject: string): Promise<BenchReport> {
  try {
    return await experiment.measure(context, subject);
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
    throw new AnalysisError(`${experiment.name} of ${subject}: ${error.message}`, { cause: error });
  }
}

function ofExperiment(results: readonly BenchResult[], { name }: Experiment): BenchResult[] {
  return results.filter(({ experiment }) => experiment === name);
}
