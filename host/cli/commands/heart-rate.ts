import { Command, InvalidArgumentError } from "commander";
import type { HeartBand } from "../../applications/heart-rate/heart-rate.ts";
import type { HeartRateOptions } from "../applications/heart-rate-run.ts";
import { withDefaults } from "../applications/option-defaults.ts";
import { parseRegion } from "../capture/capture-options.ts";
import { deviceOptions, openDevice } from "../device/device-options.ts";
import { EXIT_INTERRUPTED } from "../exit-codes.ts";
import { realNumber } from "../parse-value.ts";

const [MIN_SECONDS, MAX_SECONDS] = [5, 3600];
const [MIN_FRAME_RATE, MAX_FRAME_RATE] = [0.001, 10_000];
const [MIN_BAND_BPM, MAX_BAND_BPM] = [6, 600];
const S_PER_MIN = 60;

const HELP = `
Examples:
  cqd heart-rate
  cqd heart-rate --device sim:inas-imager-320x240 --scene fingertip:rate=140,person=3 --seconds 30 --out pulse
  cqd heart-rate --device hid:SERIAL --set ExposureTime=5000000

The mean light of a region against time (photoplethysmography): highest peak of its spectrum within the band, checked by
the intervals of the beats, from whose scatter the standard error comes. Works on any imaging device.
--out writes DIR/samples.csv (time, light, pulse) and DIR/pulse.svg (pulse and spectrum).

JSON: {"device", "profile", "scene", "seed", "rateBpm", "standardErrorBpm", "quality", "snrDb", "falseAlarm",
"beatRateBpm", "beatTimesS", "modulation", "lightDn", "frames", "lostFrames", "seconds", "frameRateHz", "frameRateWhy",
"exposureNs", "region", "pixels", "files", "interrupted"}. rateBpm is null and quality "none" when no pulse is found.`;

export function heartRateCommand(): Command {
  const command = new Command("heart-rate").description("heart rate of a fingertip before an imaging sensor");
  deviceOptions(command)
    .option("--seconds <s>", "length of the record", realNumber(MIN_SECONDS, MAX_SECONDS), 20)
    .option(
      "--frame-rate <hz>",
      "frames per second; default: 30, or the most the imager gives",
      realNumber(MIN_FRAME_RATE, MAX_FRAME_RATE),
    )
    .option("--band <low:high>", "heart rates to look for, beats per minute; default 36:240", parseBand)
    .option("--region <WxH+X+Y>", "pixels whose mean is taken; default: the middle half", parseRegion)
    .option("--out <dir>", "write samples.csv and pulse.svg")
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(measure);
  return withDefaults(command, { device: "sim:inas-imager-64x48", scene: "fingertip:rate=72" });
}

function parseBand(text: string): HeartBand {
  const [, low, high] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const [lowBpm, highBpm] = [Number(low), Number(high)];
  if (lowBpm >= MIN_BAND_BPM && highBpm <= MAX_BAND_BPM && lowBpm < highBpm)
    return { lowHz: lowBpm / S_PER_MIN, highHz: highBpm / S_PER_MIN };
  throw new InvalidArgumentError(
    `found ${JSON.stringify(text)}, expected LOW:HIGH within ${MIN_BAND_BPM} to ${MAX_BAND_BPM} beats per minute`,
  );
}

async function measure(options: HeartRateOptions): Promise<void> {
  const { requireImagingDevice } = await import("../applications/imaging-device.ts");
  requireImagingDevice(options.device);
  const { runHeartRate } = await import("../applications/heart-rate-run.ts");
  const { printHeartRate } = await import("../applications/print-heart-rate.ts");
  const { Interrupt } = await import("../stream/interrupt.ts");
  const { LiveLine, printJson } = await import("../text/terminal.ts");
  const interrupt = new Interrupt(() => undefined);
  const live = new LiveLine();
  const { camera } = await openDevice(options, false);
  try {
    const run = await runHeartRate(camera, options, {
      onProgress: (done, total, what) => live.show(`${done}/${total} ${what}`),
      isCancelled: () => interrupt.isRequested,
    });
    live.clear();
    if (options.json) printJson(run.summary);
    else printHeartRate(run);
    if (run.summary.interrupted) process.exitCode = EXIT_INTERRUPTED;
  } finally {
    live.clear();
    interrupt.release();
    await camera.close();
  }
}
