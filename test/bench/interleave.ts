/** One thing to time: `run` does the work `items` times over (pixels, samples, bytes). */
export interface BenchCase {
  readonly stage: string;
  readonly variant: string;
  /** What one item is: "pixel", "sample", "byte", "frame". */
  readonly item: string;
  readonly items: number;
  run(): void;
}

export interface BenchResult {
  readonly stage: string;
  readonly variant: string;
  readonly item: string;
  readonly medianNs: number;
  readonly minNs: number;
  readonly maxNs: number;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};

/** Repetitions of `run` that fill about `targetMs`, so that the clock's grain does not count. */
function calibrate(benchCase: BenchCase, targetMs: number): number {
  benchCase.run();
  const start = performance.now();
  benchCase.run();
  const onceMs = Math.max(performance.now() - start, 1e-3);
  return Math.max(1, Math.min(10_000, Math.round(targetMs / onceMs)));
}

/**
 * Times all cases in turn, A B C … A B C …, so that a drift of the machine meets every case alike.
 * Returns ns per item: median, minimum and maximum over the rounds.
 */
export function interleave(
  cases: readonly BenchCase[],
  options: { rounds: number; targetMs: number; onRound?: (round: number) => void },
): BenchResult[] {
  const repetitions = cases.map((benchCase) => calibrate(benchCase, options.targetMs));
  const samples = cases.map((): number[] => []);
  for (let round = 0; round < options.rounds; round++) {
    cases.forEach((benchCase, index) => {
      const count = repetitions[index] ?? 1;
      const start = performance.now();
      for (let i = 0; i < count; i++) benchCase.run();
      samples[index]?.push(((performance.now() - start) * 1e6) / (count * benchCase.items));
    });
    options.onRound?.(round + 1);
  }
  return cases.map((benchCase, index) => {
    const times = samples[index] ?? [];
    return {
      stage: benchCase.stage,
      variant: benchCase.variant,
      item: benchCase.item,
      medianNs: median(times),
      minNs: Math.min(...times),
      maxNs: Math.max(...times),
    };
  });
}
