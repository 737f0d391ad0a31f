// npm run precision: Monte Carlo of the shipped module over the whole grid, written to docs/precision.md.
//   --every n     every nth cell only (and levels and dark cells)
//   --offset n    starting with the nth
//   --trials n    trials a cell (20480)
//   --jobs n      processes (2)
//   --out folder  where precision.md goes (docs)
//   --results file  every figure as JSON (test-output/precision.json)
//   --render      writes the page of the results file anew, without measuring
// Good cells that miss a bar, or whose bias is not known to 0.3 mm, are measured again with another seed and more trials; both
// figures stand in the page. Of those that miss a bar, and of weak ones between gates with gaps, the least error that any estimate
// can have is computed.
// Ctrl-C ends the run after the cells in progress and writes what there is.
import { fork } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Job, type JobResult, jobsAgain, jobsFloor, jobsOf } from "./jobs.ts";
import { precisionPage } from "./page.ts";

const OPTIONS = {
  every: { type: "string", default: "1" },
  offset: { type: "string", default: "0" },
  trials: { type: "string", default: "20480" },
  jobs: { type: "string", default: "2" },
  results: {
    type: "string",
    default: fileURLToPath(new URL("../../../test-output/precision.json", import.meta.url)),
  },
  render: { type: "boolean", default: false },
  out: { type: "string", default: fileURLToPath(new URL("../../../docs", import.meta.url)) },
} as const;

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`--${name}: found "${text}", expected a whole number of at least ${least}`);
}

/** Runs the jobs in `count` processes; resolves with what was done when all is done or Ctrl-C was pressed. */
async function runAll(jobs: readonly Job[], count: number, trials: number): Promise<JobResult[]> {
  const results: JobResult[] = [];
  let next = 0;
  process.on("SIGINT", () => {
    next = jobs.length;
  });
  const worker = fileURLToPath(new URL("./worker.ts", import.meta.url));
  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(worker, [String(trials)], { execArgv: process.execArgv });
      const give = (): void => {
        const job = jobs[next++];
        if (job === undefined) {
          child.disconnect();
          resolve();
        } else child.send(job);
      };
      child.on("message", (result: JobResult) => {
        results.push(result);
        if (results.length % 20 === 0) process.stderr.write(`\r${results.length} of ${jobs.length} `);
        give();
      });
      child.on("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`a process ended with ${code}`)),
      );
      give();
    });
  await Promise.all(Array.from({ length: count }, run));
  process.stderr.write("\n");
  return results;
}

/** What a run leaves behind, to be rendered again. */
interface Results {
  readonly command: string;
  readonly results: readonly JobResult[];
}

async function measure(values: {
  every: string;
  offset: string;
  trials: string;
  jobs: string;
}): Promise<Results> {
  const trials = whole("trials", values.trials, 256);
  const every = whole("every", values.every, 1);
  const offset = whole("offset", values.offset, 0) % every;
  const processes = whole("jobs", values.jobs, 1);
  const results = await runAll(jobsOf(every, offset), processes, trials);
  const further = [...jobsAgain(results), ...jobsFloor(results)];
  results.push(...(await runAll(further, processes, trials)));
  const flags = every === 1 ? "" : ` -- --every ${every} --offset ${offset}`;
  return { command: `npm run precision${flags}`, results };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (!values.render) {
    const measured = await measure(values);
    mkdirSync(dirname(values.results), { recursive: true });
    writeFileSync(values.results, JSON.stringify(measured));
  }
  const { command, results } = JSON.parse(readFileSync(values.results, "utf8")) as Results;
  const page = join(values.out, "precision.md");
  writeFileSync(page, precisionPage(results, command));
  process.stdout.write(`${page}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
