// npm run campaign:flash: cuts the power at every operation of the boot loader, and hunts planted bugs.
//   --short      a minute                                         (without: many minutes)
//   --exhaustive every combination of cuts on small flashes and nothing else, --depth N of them nested (3)
//   --json       the last line is one line of JSON
//   --plant ID   hunts one planted bug
//   --write      writes docs/boot-bugs.md and the state graph as well
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bugsPage } from "./bugs-page.ts";
import { type CompleteResult, type CompleteTask, completeTasks, shortTasks } from "./complete-job.ts";
import type { Exploration } from "./explorer.ts";
import { GEOMETRIES } from "./geometries.ts";
import { findingText, type GeometryResult } from "./geometry-job.ts";
import { writeGraph } from "./graph-files.ts";
import type { Hunt } from "./hunt.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";
import { runJobs } from "./processes.ts";
import type { Job, JobResult } from "./run-job.ts";
import { summarise } from "./summary.ts";

const SHORT_NESTED = 12;
/** Of the scenarios on a geometry one of so many is explored there, the others on the next ones. */
const SHORT_SHARE = 2;
const LONG_NESTED = 3000;
const LONG_DEPTH = 3;

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    exhaustive: { type: "boolean", default: false },
    depth: { type: "string", default: String(LONG_DEPTH) },
    plant: { type: "string" },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function plantedJob(plant: string): Job {
  const index = PLANTED_BUGS.findIndex(({ id }) => id === plant);
  if (index >= 0) return { kind: "bug", index };
  throw new Error(
    `found no planted bug ${plant}, expected one of ${PLANTED_BUGS.map(({ id }) => id).join(", ")}`,
  );
}

/** @throws Error for a depth that is no number from 0 on. */
function depthOf(text: string): number {
  const depth = Number(text);
  if (depth >= 0 && (Number.isInteger(depth) || depth === Infinity)) return depth;
  throw new Error(`found --depth ${text}, expected 0, 1, 2, ... or Infinity`);
}

/** The longest first. */
function jobsOf(): Job[] {
  if (values.plant !== undefined) return [plantedJob(values.plant)];
  const complete = (tasks: readonly CompleteTask[]) => tasks.map((task): Job => ({ kind: "complete", task }));
  if (values.exhaustive) return complete(completeTasks(depthOf(values.depth)));
  const nestedPerDepth = values.short ? SHORT_NESTED : LONG_NESTED;
  const share = values.short ? SHORT_SHARE : 1;
  return [
    ...complete(values.short ? shortTasks() : completeTasks(LONG_DEPTH)),
    ...GEOMETRIES.map((_, index): Job => ({ kind: "geometry", index, nestedPerDepth, share })),
    ...PLANTED_BUGS.map((_, index): Job => ({ kind: "bug", index })),
  ];
}

function sayExploration(what: string, { cutPoints, states, findings, maxBootsToRecover }: Exploration): void {
  const found = findings.length === 0 ? "nothing found" : `${findings.length} FAILURES`;
  say(`${what}: ${cutPoints} cut points, ${states} states, ${maxBootsToRecover} boots to recover, ${found}`);
  for (const finding of findings.slice(0, 5)) say(`  ${findingText(finding)}`);
}

function sayComplete(result: CompleteResult): void {
  const { geometry, scenario, depth, levels, audited } = result;
  sayExploration(`${geometry}, all cuts ${depth} deep, ${scenario}`, result);
  const growth = levels.map(({ cutPoints, states }) => `${cutPoints}/${states}`).join(", ");
  say(`  cut points/states by depth: ${growth}; ${audited} merged states compared`);
}

function sayHunt({ id, title, means, text }: Hunt): void {
  say(means === undefined ? `${id} (${title}): NOT FOUND` : `${id} (${title}): ${means}: ${text}`);
}

const geometries: GeometryResult[] = [];
const complete: CompleteResult[] = [];
const hunts: Hunt[] = [];

function take(each: JobResult): void {
  if (each.kind === "geometry") {
    geometries.push(each.result);
    sayExploration(each.result.geometry, each.result);
  } else if (each.kind === "complete") {
    complete.push(each.result);
    sayComplete(each.result);
  } else {
    hunts.push(each.result);
    sayHunt(each.result);
  }
}

try {
  await runJobs(jobsOf(), Math.min(availableParallelism(), 4), take);
  const summary = summarise(geometries, complete, hunts);
  if (values.write && hunts.length === PLANTED_BUGS.length) {
    const path = fileURLToPath(new URL("../../../docs/boot-bugs.md", import.meta.url));
    writeFileSync(path, bugsPage(hunts, summary));
    say(["docs/boot-bugs.md", ...writeGraph()].join("\n"));
  }
  if (values.json) say(JSON.stringify(summary));
  process.exitCode = summary.isSound ? 0 : 1;
} catch (error) {
  process.stderr.write(`campaign:flash: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
