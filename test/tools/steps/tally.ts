/** Tests that ran, by outcome. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Names of what failed, as far as the step knows them, each with its first complaint. */
  readonly failures?: readonly string[];
}

export const PASSED: Tally = { passed: 1, failed: 0, skipped: 0 };
export const FAILED: Tally = { passed: 0, failed: 1, skipped: 0 };

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...(a.failures ?? []), ...(b.failures ?? [])],
  };
}

/** The last line of a test run. */
export function summary(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
}

/** A step that could not run because a tool of the system is missing: skipped at home, failed in CI. */
export function missingTool(what: string): Tally {
  process.stdout.write(`${what}\n`);
  return process.env["CI"] ? FAILED : { passed: 0, failed: 0, skipped: 1 };
}
