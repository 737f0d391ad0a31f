// npm run campaign:faults: breaks the link between host and board at every packet of sessions of several boards, then streams
// over a link with every fault at one in a thousand, and writes docs/faults-figures.md.
//   --part name   packets, stream, all of it (all), or page: of the figures that are kept, without measuring
//   --minutes n   of streaming (10)
//   --frames n    of every session that is broken (3)
//   --seed n      of the faults of the stream (1)
// Figures are kept in test-output/. Ends with exit code 1 if anything is wrong: a frame, a loss that nothing tells, a host that
// hangs, a board that is not idle.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { depthLidar, losslessLidar, smallImager, smallLidar } from "../../faults/support/configuration.ts";
import { everyPacket } from "../../faults/support/every-packet.ts";
import { FaultBench } from "../../faults/support/fault-bench.ts";
import { figuresPage, type PacketFigures, type SweepFigures } from "./figures-page.ts";
import { type StreamFigures, streamFor } from "./stream-for.ts";

const root = new URL("../../../", import.meta.url);
const packetsFile = fileURLToPath(new URL("test-output/faults-packets.json", root));
const streamFile = fileURLToPath(new URL("test-output/faults-stream.json", root));
const PARTS = ["all", "packets", "stream", "page"];

/** Each with how far the damaged bytes of a request, a reply or a command stand apart. */
const BOARDS = [
  [smallLidar(), 1],
  [losslessLidar(), 8],
  [smallImager(), 8],
  [depthLidar(), 8],
] as const;

const { values } = parseArgs({
  options: {
    part: { type: "string", default: "all" },
    minutes: { type: "string", default: "10" },
    frames: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
  },
});

function number(name: "minutes" | "frames" | "seed", least: number): number {
  const value = Number(values[name]);
  if (value >= least) return value;
  throw new Error(`--${name}: found "${values[name]}", expected a number of at least ${least}`);
}

async function breakEveryPacket(frames: number): Promise<PacketFigures> {
  const boards: SweepFigures[] = [];
  for (const [under, byteStep] of BOARDS) {
    const bench = await FaultBench.open(under);
    const result = await everyPacket(bench, frames, { byteStep });
    await bench.close();
    boards.push({ title: under.title, byteStep, ...result });
    process.stdout.write(`${under.title}: ${result.sessions} sessions\n`);
  }
  return { boards, frames };
}

function keep(file: string, figures: object): void {
  mkdirSync(new URL("test-output/", root), { recursive: true });
  writeFileSync(file, `${JSON.stringify(figures, undefined, 1)}\n`);
}

/** Figures of this run or an earlier one. */
function kept<Figures>(file: string): Figures | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Figures) : undefined;
}

if (!PARTS.includes(values.part))
  throw new Error(`--part: found "${values.part}", expected one of ${PARTS.join(", ")}`);
const problems: string[] = [];
if (values.part === "all" || values.part === "packets") {
  const packets = await breakEveryPacket(number("frames", 1));
  problems.push(...packets.boards.flatMap((board) => board.problems));
  keep(packetsFile, packets);
}
if (values.part === "all" || values.part === "stream") {
  const stream = await streamFor(number("minutes", 0.1), number("seed", 0));
  problems.push(...stream.problems);
  keep(streamFile, stream);
}
const [packets, stream] = [kept<PacketFigures>(packetsFile), kept<StreamFigures>(streamFile)];
if (packets && stream) {
  writeFileSync(new URL("docs/faults-figures.md", root), figuresPage(packets, stream));
  process.stdout.write("docs/faults-figures.md\n");
}
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${problems.length} problems\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
