// Times every stage of readout logic and simulator in one interleaved run, then whole frames.
// `npm run bench -- --json` prints one line of JSON, `-- --rounds N` sets the number of rounds, `-- --imaging` times nothing
// but the whole chain of imaging, `-- --native` nothing but the comparison with C, `-- --usb` nothing but the simulated bus.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { firmwareCases } from "./firmware-cases.ts";
import { benchFixture } from "./fixture.ts";
import { simulatedFrameRate } from "./frame-rate.ts";
import { imagingFirmwareCases } from "./imaging-cases.ts";
import { formatImaging, imagingFrameTimes } from "./imaging-frames.ts";
import { interleave } from "./interleave.ts";
import { nativeTimes } from "./native/native-bench.ts";
import { formatNative } from "./native/native-report.ts";
import { formatTable } from "./report.ts";
import { simulatorCases } from "./simulator-cases.ts";
import { traceCases } from "./trace-cases.ts";
import { formatUsb, usbRates } from "./usb/usb-bench.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    frames: { type: "string", default: "60" },
    imaging: { type: "boolean", default: false },
    native: { type: "boolean", default: false },
    usb: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const frames = Number(values.frames);
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(frames) || frames < 1) {
  process.stderr.write(
    `bench: --rounds ${values.rounds}, --frames ${values.frames}: expected whole numbers from 1\n`,
  );
  process.exit(2);
}
const cores = availableParallelism();
/** Its rounds are short. */
const NATIVE_ROUNDS_EACH = 3;

async function stageTimes() {
  const fixture = await benchFixture();
  const results = interleave(
    [...firmwareCases(fixture), ...imagingFirmwareCases(), ...traceCases(), ...simulatorCases(fixture)],
    {
      rounds,
      targetMs: 20,
      onRound: (round) => process.stderr.write(`\rround ${round} of ${rounds}`),
    },
  );
  process.stderr.write("\n");
  const rates = [];
  for (const threads of [0, 1, 2]) rates.push(await simulatedFrameRate(threads, frames));
  return { results, rates };
}

function formatStages({ rates, results }: Awaited<ReturnType<typeof stageTimes>>): string {
  const lines = rates.map(
    ({ threads, framesPerSecond }) =>
      `320 x 240 x 32 gates, light to decoded frame, ${threads} worker threads: ${framesPerSecond.toFixed(1)} frames/s`,
  );
  return [formatTable(results), "", `median of ${rounds} interleaved rounds, ${cores} cores`, ...lines].join(
    "\n",
  );
}

async function compareWithNative(): Promise<void> {
  const native = await nativeTimes(NATIVE_ROUNDS_EACH * rounds);
  process.stdout.write(`${values.json ? JSON.stringify({ cores, native }) : formatNative(native)}\n`);
}

async function measureUsb(): Promise<void> {
  const usb = await usbRates(frames);
  process.stdout.write(`${values.json ? JSON.stringify({ cores, usb }) : formatUsb(usb)}\n`);
}

async function measureAll(): Promise<void> {
  const stages = values.imaging ? undefined : await stageTimes();
  const imaging = await imagingFrameTimes();
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ cores, ...stages, imaging })}\n`);
    return;
  }
  if (stages !== undefined) process.stdout.write(`${formatStages(stages)}\n`);
  process.stdout.write(`${formatImaging(imaging)}\n`);
}

if (values.usb) await measureUsb();
else await (values.native ? compareWithNative() : measureAll());
