import { openTransport } from "../../host/transport/open-transport.ts";
import { withTransport } from "../device/camera-run.ts";
import { referenceRun, WORLD } from "../device/reference.ts";
import { measureThroughput, throughputLine } from "../device/throughput.ts";
import { FAILED, type Tally } from "../tools/steps/tally.ts";
import { offerBoards, offerPlan } from "./boards.ts";
import { guestImage } from "./guest/image.ts";
import { vmlinux } from "./guest/kernel.ts";
import { runMachine } from "./guest/machine.ts";
import { GuestConsole } from "./guest-console.ts";

/** Decides at which reports the cable is pulled. */
const SEED = 1;
const SILENCE_MS = 170_000;
/** Ends a guest that talks on without end; one that is slow, because this machine is busy, ends by itself. */
const LIMIT_MS = 1_800_000;

/**
 * Boots the guest, lets it run the checks on boards of this process, and counts its results.
 * @param only part of the names of the checks that are to run; "": all.
 */
export async function runGuestTests(only = ""): Promise<Tally> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const startMs = performance.now();
  const [kernel, image] = [vmlinux(), await guestImage()];
  print(`# guest packed in ${seconds(startMs)}`);
  const offered = await offerBoards();
  const reference = referenceRun();
  reference.catch((error: unknown) => print(`# the run in process failed: ${String(error)}`));
  const plan = await offerPlan({ boards: offered.boards, seed: SEED, only }, reference);
  const bootMs = performance.now();
  const console = new GuestConsole((line) => {
    print(line);
    if (line.startsWith("# ready")) print(`# ${seconds(bootMs)} after QEMU's start`);
  });
  try {
    const { hang } = await runMachine({
      kernel,
      image,
      planPort: plan.port,
      onLine: (line) => console.take(line),
      silenceMs: SILENCE_MS,
      limitMs: LIMIT_MS,
    });
    const failure = hang ?? console.contradiction();
    if (failure === undefined) {
      if (only === "") print(await figuresInProcess());
      return console.tally;
    }
    print(`not ok the guest: ${failure}, expected it to run its tests and end; its console:`);
    for (const line of console.lines) print(`  ${line}`);
    return { ...console.tally, failed: console.tally.failed + FAILED.failed };
  } finally {
    plan.close();
    await offered.close();
  }
}

/** What the same board does without a bus. */
async function figuresInProcess(): Promise<string> {
  const transport = await openTransport("sim", WORLD);
  return throughputLine("in process", await withTransport(transport, {}, measureThroughput));
}

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
