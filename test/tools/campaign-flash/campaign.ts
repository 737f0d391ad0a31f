// npm run campaign:flash: cuts the power at every operation of the boot loader, and hunts planted bugs.
//   --short      as in the tests: about 100 000 cut points        (without: over a million)
//   --json       the last line is one line of JSON
//   --plant ID   hunts one planted bug
//   --write      writes docs/boot-bugs.md and the state graph as well
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bugsPage } from "./bugs-page.ts";
import { GEOMETRIES } from "./geometries.ts";
import { findingText, type GeometryResult } from "./geometry-job.ts";
import { writeGraph } from "./graph-files.ts";
import type { Hunt } from "./hunt.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";
import { runJobs } from "./processes.ts";
import type { Job } from "./run-job.ts";
import { summarise } from "./summary.ts";

const SHORT_NESTED = 80;
const LONG_NESTED = 3000;

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    plant: { type: "string" },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function jobsOf(plant: string | undefined, nestedPerDepth: number): Job[] {
  const numbered = (kind: Job["kind"], count: number): Job[] =>
    Array.from({ length: count }, (_, index) => ({ kind, index, nestedPerDepth }));
  if (plant === undefined)
    return [...numbered("geometry", GEOMETRIES.length), ...numbered("bug", PLANTED_BUGS.length)];
  const index = PLANTED_BUGS.findIndex(({ id }) => id === plant);
  if (index >= 0) return [{ kind: "bug", index, nestedPerDepth }];
  throw new Error(
    `found no planted bug ${plant}, expected one of ${PLANTED_BUGS.map(({ id }) => id).join(", ")}`,
  );
}

function sayGeometry({ geometry, cutPoints, states, findings, maxBootsToRecover }: GeometryResult): void {
  const found = findings.length === 0 ? "nothing found" : `${findings.length} FAILURES`;
  say(
    `${geometry}: ${cutPoints} cut points, ${states} states, ${maxBootsToRecover} boots to recover, ${found}`,
  );
  for (const finding of findings.slice(0, 5)) say(`  ${findingText(finding)}`);
}

function sayHunt({ id, title, means, text }: Hunt): void {
  say(means === undefined ? `${id} (${title}): NOT FOUND` : `${id} (${title}): ${means}: ${text}`);
}

const geometries: GeometryResult[] = [];
const hunts: Hunt[] = [];
try {
  const jobs = jobsOf(values.plant, values.short ? SHORT_NESTED : LONG_NESTED);
  await runJobs(jobs, Math.min(availableParallelism(), 4), (each) => {
    if (each.kind === "geometry") {
      geometries.push(each.result);
      sayGeometry(each.result);
    } else {
      hunts.push(each.result);
      sayHunt(each.result);
    }
  });
  const summary = summarise(geometries, hunts);
  if (values.write && values.plant === undefined) {
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
