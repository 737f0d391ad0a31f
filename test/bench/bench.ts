// Times every stage of readout logic and simulator in one interleaved run, then whole frames.
// `npm run bench -- --json` prints one line of JSON, `-- --rounds N` sets the number of rounds.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { firmwareCases } from "./firmware-cases.ts";
import { benchFixture } from "./fixture.ts";
import { simulatedFrameRate } from "./frame-rate.ts";
import { imagingFirmwareCases } from "./imaging-cases.ts";
import { imagingFrameTimes } from "./imaging-frames.ts";
import { interleave } from "./interleave.ts";
import { formatTable } from "./report.ts";
import { simulatorCases } from "./simulator-cases.ts";
import { traceCases } from "./trace-cases.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    frames: { type: "string", default: "60" },
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
const imaging = await imagingFrameTimes();

if (values.json) {
  process.stdout.write(`${JSON.stringify({ cores: availableParallelism(), results, rates, imaging })}\n`);
} else {
  process.stdout.write(
    `${formatTable(results)}\n\nmedian of ${rounds} interleaved rounds, ${availableParallelism()} cores\n`,
  );
  for (const { threads, framesPerSecond } of rates) {
    process.stdout.write(
      `320 x 240 x 32 gates, light to decoded frame, ${threads} worker threads: ${framesPerSecond.toFixed(1)} frames/s\n`,
    );
  }
  for (const { stage, secondsPerMegapixel } of imaging) {
    process.stdout.write(`${stage}: ${secondsPerMegapixel.toFixed(3)} s per megapixel-frame, one thread\n`);
  }
}
