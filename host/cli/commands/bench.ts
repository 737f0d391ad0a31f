import { Command } from "commander";
import { usageError } from "../command-error.ts";
import { EXIT_FAILURE, EXIT_INTERRUPTED } from "../exit-codes.ts";
import { wholeNumber } from "../parse-value.ts";
import { printJson, printLine } from "../text/terminal.ts";

interface BenchCommandOptions {
  readonly list?: true;
  readonly json?: true;
  readonly thorough?: true;
  readonly seed: number;
  readonly out?: string;
  readonly view?: true;
  readonly port: number;
}

const MAX_SEED = 0xffffffff;
const MAX_PORT = 65_535;

const HELP = `
Examples:
  cqd bench                                       all experiments, under a minute
  cqd bench fall-time detectivity --json
  cqd bench --out report                          report/report.html, figures as SVG and CSV
  cqd bench jv noise --view                       the report in the browser

JSON: one line a result {"experiment", "subject", "source", "quantity", "paper", "simulated", "unit", "tolerance",
"standardError"?, "kind": "input" | "derived" | "emergent", "ok", "conditions"?, "flag"?}, last {"summary": {"results", "ok",
"notOk", "flagged", "input", "derived", "emergent", "interrupted"}}.
Exit code 1 when a result does not agree with its paper.`;

export function benchCommand(): Command {
  return new Command("bench")
    .description("repeat the papers' measurements on simulated devices")
    .argument("[names...]", "experiments; all without a name")
    .option("--list", "names of the experiments")
    .option("--json", "one JSON object a result, one a line")
    .option("--thorough", "longer records: smaller statistical errors")
    .option("--seed <n>", "seed of all noise", wholeNumber(0, MAX_SEED), 1)
    .option("--out <dir>", "write report.html, results and figures to this folder")
    .option("--view", "serve the report and open it in the browser")
    .option(
      "--port <n>",
      "port of --view on this machine; 0 takes any that is free",
      wholeNumber(0, MAX_PORT),
      0,
    )
    .addHelpText("after", HELP)
    .action(run);
}

async function run(names: string[], options: BenchCommandOptions, command: Command): Promise<void> {
  if (!options.view && command.getOptionValueSource("port") === "cli")
    throw usageError("found --port without --view, whose port it is; add --view or leave it out");
  const { EXPERIMENTS } = await import("../../bench/experiments/all.ts");
  const { selectExperiments } = await import("../../bench/run/select.ts");
  const experiments = selectExperiments(EXPERIMENTS, names);
  if (options.list) {
    const { table } = await import("../text/table.ts");
    if (options.json) printJson({ experiments: experiments.map(({ name, title }) => ({ name, title })) });
    else for (const line of table(experiments.map(({ name, title }) => [name, title]))) printLine(line);
    return;
  }
  if (options.out !== undefined) {
    // Told before a minute of measurements rather than after.
    const { makeFolder } = await import("../../save/make-folder.ts");
    await makeFolder(options.out);
  }
  const { benchRun } = await import("../bench/bench-run.ts");
  const outcome = await benchRun(experiments, options);
  if (outcome.results.some(({ ok }) => !ok)) process.exitCode = EXIT_FAILURE;
  if (outcome.interrupted) process.exitCode = EXIT_INTERRUPTED;
  if (options.out !== undefined) {
    const { writeReport } = await import("../../bench/report/write-report.ts");
    const files = await writeReport(outcome, EXPERIMENTS, options.out);
    process.stderr.write(`${options.out}: ${files.length} files, report.html is the page\n`);
  }
  if (options.view) {
    const { viewReport } = await import("../bench/view-report.ts");
    await viewReport(outcome, EXPERIMENTS, options);
  }
}
