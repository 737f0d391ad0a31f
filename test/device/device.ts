// npm run test:device: the checks of a device on one board. CQD_DEVICE=hid:SERIAL names it; without, on the simulated board
// in this process. A board on a desk has no cable that a program can pull: what needs one is skipped.

import type { Bench } from "./bench.ts";
import { ALL_CHECKS } from "./checks/all-checks.ts";
import { hidrawBoard, listedSerials } from "./hidraw-board.ts";
import { referenceRun } from "./reference.ts";
import { runChecks } from "./run-checks.ts";
import { openSimBench } from "./sim-bench.ts";

const SEED = 1;

async function benchOf(device: string): Promise<Bench> {
  if (device === "sim") return (await openSimBench(await referenceRun(), SEED)).bench;
  const serialNumber = /^hid:(.+)$/.exec(device)?.[1];
  if (serialNumber === undefined)
    throw new Error(
      `CQD_DEVICE: found "${device}", expected hid:SERIAL; \`cqd list\` shows what is plugged in`,
    );
  const serials = await listedSerials();
  if (!serials.includes(serialNumber))
    throw new Error(
      `CQD_DEVICE: found ${serials.join(", ") || "no board"} plugged in, expected ${serialNumber}; \`cqd doctor\` says more`,
    );
  const boards = [hidrawBoard(serialNumber, "high")];
  return { name: device, boards, listed: listedSerials, reference: undefined, seed: SEED };
}

const print = (line: string) => process.stdout.write(`${line}\n`);
try {
  const { failed } = await runChecks(await benchOf(process.env["CQD_DEVICE"] ?? "sim"), ALL_CHECKS, print);
  process.exit(failed === 0 ? 0 : 1);
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
