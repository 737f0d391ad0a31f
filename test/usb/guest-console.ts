import { summary, type Tally } from "../tools/steps/tally.ts";

/** Lines that are kept to be shown when the guest hangs. */
const KEPT_LINES = 200;
const RESULT = /^(not )?ok \d+ - .*?(# SKIP .*)?$/;
const SUMMARY = /^\d+ passed, \d+ failed, \d+ skipped$/;

/** Reads what the guest prints, counts its results, and keeps its last lines. */
export class GuestConsole {
  readonly lines: string[] = [];
  readonly #print: (line: string) => void;
  #tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  #summary: string | undefined;

  /** @param print called for results and remarks, and for nothing else that the guest says. */
  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get tally(): Tally {
    return this.#tally;
  }

  take(line: string): void {
    this.lines.push(line);
    if (this.lines.length > KEPT_LINES) this.lines.shift();
    const result = RESULT.exec(line);
    if (SUMMARY.test(line)) this.#summary = line;
    else if (result !== null) this.#count(result[1] !== undefined, result[2] !== undefined);
    if (result !== null || line.startsWith("# ") || line.startsWith("#  ")) this.#print(line);
  }

  /** Why the results cannot be believed; undefined if they can: all came, and the guest counted as many. */
  contradiction(): string | undefined {
    const counted = summary(this.#tally);
    if (this.#summary === undefined) return `found it ended without a summary after ${counted}`;
    return this.#summary === counted
      ? undefined
      : `found ${this.#summary} in its summary and ${counted} in its lines`;
  }

  #count(isFailure: boolean, isSkip: boolean): void {
    const { failed, passed, skipped } = this.#tally;
    if (isFailure) this.#tally = { passed, failed: failed + 1, skipped };
    else if (isSkip) this.#tally = { passed, failed, skipped: skipped + 1 };
    else this.#tally = { passed: passed + 1, failed, skipped };
  }
}
