// npm run campaign:faults: breaks the link between host and board at every packet of sessions of several boards, then streams
// over a link with every fault at one in a thousand, and writes docs/faults-figures.md.
//   --minutes n   of streaming (10); 0: none, and the page stays as it is
//   --frames n    of every session that is broken (3)
//   --seed n      of the faults of the stream (1)
// Ends with exit code 1 if anything is wrong: a frame, a loss that nothing tells, a host that hangs, a board that is not idle.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { depthLidar, losslessLidar, smallImager, smallLidar } from "../../faults/support/configuration.ts";
import { everyPacket } from "../../faults/support/every-packet.ts";
import { FaultBench } from "../../faults/support/fault-bench.ts";
import { figuresPage, type SweepFigures } from "./figures-page.ts";
import { streamFor } from "./stream-for.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    frames: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
  },
});

function number(name: keyof typeof values, least: number): number {
  const value = Number(values[name]);
  if (value >= least) return value;
  throw new Error(`--${name}: found "${values[name]}", expected a number of at least ${least}`);
}

async function sweep(frames: number): Promise<SweepFigures[]> {
  const sweeps: SweepFigures[] = [];
  for (const under of [smallLidar(), losslessLidar(), smallImager(), depthLidar()]) {
    const bench = await FaultBench.open(under);
    const result = await everyPacket(bench, frames);
    await bench.close();
    sweeps.push({ title: under.title, ...result });
    const { problems, sessions } = result;
    process.stdout.write(`${under.title}: ${sessions} sessions, ${problems.length} problems\n`);
    for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  }
  return sweeps;
}

const minutes = number("minutes", 0);
const frames = number("frames", 1);
const sweeps = await sweep(frames);
let problems = sweeps.reduce((sum, sweepFigures) => sum + sweepFigures.problems.length, 0);
if (minutes > 0) {
  const stream = await streamFor(minutes, number("seed", 0));
  problems += stream.problems.length;
  for (const problem of stream.problems) process.stdout.write(`  ${problem}\n`);
  const path = fileURLToPath(new URL("../../../docs/faults-figures.md", import.meta.url));
  writeFileSync(path, figuresPage(sweeps, frames, stream));
  process.stdout.write("docs/faults-figures.md\n");
}
process.stdout.write(`${problems} problems\n`);
process.exitCode = problems > 0 ? 1 : 0;
