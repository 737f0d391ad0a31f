import type { BenchResult } from "../../bench/bench-result.ts";
import { deviation } from "../../bench/report/deviation.ts";
import type { BenchSummary } from "../../bench/report/summary.ts";
import type { BenchOutcome } from "../../bench/run/run-bench.ts";
import { table } from "../text/table.ts";
import { bold, dim, printLine, red } from "../text/terminal.ts";

const PAPER_COLUMN = 4;
const SIMULATED_COLUMN = 5;
const DEVIATION_COLUMN = 7;

/** Results by experiment as a table for people, then what is not as the paper says, then the counts. */
export function printOutcome(outcome: BenchOutcome, summary: BenchSummary): void {
  const names = [...new Set(outcome.results.map(({ experiment }) => experiment))];
  for (const name of names) {
    printLine(bold(`\n${name}`));
    const rows = outcome.results.filter(({ experiment }) => experiment === name).map(row);
    for (const line of table(rows, [PAPER_COLUMN, SIMULATED_COLUMN, DEVIATION_COLUMN])) printLine(line);
  }
  printFlags(outcome.results);
  const kinds = (["input", "derived", "emergent"] as const).map(
    (kind) => `${kind} ${summary[kind].ok} of ${summary[kind].results}`,
  );
  const words = summary.notOk === 0 ? "" : red(`  ${summary.notOk} not as the paper says`, process.stdout);
  printLine(bold(`\n${summary.ok} of ${summary.results} agree`) + dim(`  (${kinds.join(", ")})`) + words);
  if (outcome.interrupted) printLine("interrupted: what was not measured is missing");
}

function row(result: BenchResult): string[] {
  const off = deviation(result);
  return [
    result.ok ? "  ok " : red("  NOT", process.stdout),
    result.subject,
    result.quantity,
    result.kind,
    text(result.paper),
    text(result.simulated),
    result.unit,
    result.kind === "input" || Number.isNaN(off) ? "" : `${(100 * off).toFixed(2)} %`,
    dim([result.source, result.conditions].filter(Boolean).join("; ")),
  ];
}

function text(value: BenchResult["paper"]): string {
  if (typeof value !== "number") return value.map(text).join(" .. ");
  return String(Number(value.toPrecision(4)));
}

function printFlags(results: readonly BenchResult[]): void {
  const flagged = results.filter(({ flag }) => flag !== undefined);
  if (flagged.length === 0) return;
  printLine(bold("\nflags of the sources"));
  for (const { subject, quantity, flag } of flagged) printLine(`  ${subject} ${quantity}: ${flag}`);
}
