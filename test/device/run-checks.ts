import type { Bench } from "./bench.ts";
import { type Check, Skipped } from "./check.ts";

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Wall time after which a check counts as hanging, ms. */
const CHECK_LIMIT_MS = 150_000;

/**
 * Run checks one after the other; a line in the manner of TAP for each, the last line says how many.
 * @param now wall clock, ms; for the printed durations alone.
 */
export async function runChecks(
  bench: Bench,
  checks: readonly Check[],
  print: (line: string) => void,
  now: () => number = () => performance.now(),
): Promise<Outcome> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [index, check] of checks.entries()) {
    const startMs = now();
    const failure = await limited(check, bench).then(
      () => undefined,
      (error: unknown) => error,
    );
    const title = `${index + 1} - ${bench.name}: ${check.name}`;
    const ms = `${(now() - startMs).toFixed(0)} ms`;
    if (failure === undefined) {
      counts.passed++;
      print(`ok ${title} (${ms})`);
    } else if (failure instanceof Skipped) {
      counts.skipped++;
      print(`ok ${title} # SKIP ${failure.message}`);
    } else {
      counts.failed++;
      print(`not ok ${title} (${ms})`);
      for (const line of textOf(failure).split("\n")) print(`#   ${line}`);
    }
  }
  print(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts;
}

function textOf(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

async function limited(check: Check, bench: Bench): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`found it running after ${CHECK_LIMIT_MS} ms, expected it to end`)),
      CHECK_LIMIT_MS,
    );
  });
  try {
    await Promise.race([check.run(bench), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
