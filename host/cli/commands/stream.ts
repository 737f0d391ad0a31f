import { Command, Option } from "commander";
import { RETURNS_MAX } from "../../../hw-profiles/interface/memory-map.ts";
import type { CameraError } from "../../camera/camera-error.ts";
import { RAW_FORMATS } from "../../packet/pixel-format.ts";
import { deviceOptions, openDevice } from "../device/device-options.ts";
import { EXIT_INTERRUPTED } from "../exit-codes.ts";
import { lengthM, realNumber, wholeNumber } from "../parse-value.ts";
import { RETURN_ORDERS } from "../stream/return-options.ts";
import type { StreamOptions } from "../stream/stream-run.ts";

const MAX_FRAMES = 4_294_967_295;
const MAX_FPS = 100_000;

const HELP = `
Examples:
  cqd stream --frames 5
  cqd stream --scene office.pcd --frames 5 --seed 7 --truth --json
  cqd stream --device sim:inas-lidar-64x48 --frames 2 --raw --truth --save out
  cqd stream --returns 3 --return-order first --save out
  cqd stream --scene scan.pcd --frames 2 --mixed --truth --save out
  cqd stream --frames 20 --raw lossless --save out
  cqd stream --device sim:inas-imager-64x48 --frames 10 --truth
  cqd stream --adaptive --target-sigma 5mm --frames 10
  cqd stream --device sim:inas-imager-64x48 --scene picture:lamp.exr --auto-exposure --frames 10
  cqd stream --firmware my-readout.wasm --frames 10 --json | tail -1
  cqd stream --frames 100 --faults drop:1e-3,corrupt:1e-3,reorder@900,seed=7

JSON: one object a line and frame:
  {"frame", "cycle", "timeNs", "width", "height", "validPixels", "flagCounts", "medianRangeM", "lostReports", ...}
and a last line {"summary": {"fps", "simulatedFps", "sha256", "truth", "mixedPixels", "lostReports", ...}}.
fps is the frame rate of the hardware in its own time; simulatedFps is by the wall clock. sha256 covers the bytes of
all reports. truth of a LiDAR: errors over unmixed, valid, unsaturated pixels, against the Cramer-Rao bound of each; of an
imager: errors over unsaturated pixels without defect, against the sigma that the device states.

--adaptive: the first frame has uniform gates; from then on a quarter of the gate planes scans, and the others stand where
the returns that were seen tell most of their time. With --target-sigma or --min-fps the pulses a gate plane follow, too:
as few as the median pixel needs for that sigma, within saturation and frame rate (5 fps unless --min-fps says more).
--auto-exposure: exposure and gain follow the brightest pixels. Both take every frame as an acquisition of its own, and add
to each frame's JSON {"plan": {"gateDelaysNs", "pulsesPerGate", "pulseLimit", "expectedGain", "reason", ...}} or
{"exposure": {"exposureNs", "gain", "level", "next", ...}}.

--mixed: pixels on edges that see a near and a far surface which their waveform cannot separate carry the flag several; both
depths, found from their neighbours, are saved. Measured ranges stay as they are. With --truth: "mixedLabels" in the summary.

--returns 2 or 3 with --truth: "furtherReturns" in the summary, second returns found, missed and false, and their errors.

--faults breaks the link on purpose (docs/faults.md); the summary then has "faults": {"in.drop": 3, ...}.

--save writes DIR/frame-NNNNNN/*.npy (numpy.load) and frame.json with units and everything needed to recompute.
Ctrl-C stops after the frame at hand; every file is whole.`;

export function streamCommand(): Command {
  const command = new Command("stream").description("take frames: print, compare with the truth, save");
  return deviceOptions(command)
    .option("--frames <n>", "end after this many frames; default: until Ctrl-C", wholeNumber(1, MAX_FRAMES))
    .option("--truth", "compare with the ground truth of a simulated device")
    .option("--adaptive", "LiDAR: place the gates where the returns are")
    .option(
      "--target-sigma <length>",
      "with --adaptive: pulses for this sigma of the median pixel, such as 5mm",
      lengthM,
    )
    .option("--auto-exposure", "imager: exposure and gain follow the brightest pixels")
    .option(
      "--min-fps <hz>",
      "frame rate that --adaptive and --auto-exposure leave at least",
      realNumber(0.01, MAX_FPS),
    )
    .addOption(
      new Option("--raw [format]", "ask for the raw samples, too; packed as the device has it or so").choices(
        Object.keys(RAW_FORMATS),
      ),
    )
    .option("--returns <n>", "of a LiDAR: returns to look for in a pixel", wholeNumber(1, RETURNS_MAX))
    .addOption(
      new Option("--return-order <order>", "of a LiDAR: the return that stands in the range image").choices(
        Object.keys(RETURN_ORDERS),
      ),
    )
    .option("--mixed", "of a LiDAR: label pixels that see two surfaces, with both depths")
    .option("--save <dir>", "write the arrays of every frame below this folder")
    .option("--json", "one JSON object a line")
    .addHelpText("after", HELP)
    .action(stream);
}

async function stream(options: StreamOptions): Promise<void> {
  const { StreamRun } = await import("../stream/stream-run.ts");
  const { streamPrinter } = await import("../stream/stream-printer.ts");
  const { Interrupt } = await import("../stream/interrupt.ts");
  const wantsElectrons = options.truth && options.save !== undefined;
  const opened = await openDevice(options, wantsElectrons ? "electrons" : (options.truth ?? false));
  // What closing fails with is told where the camera is closed below.
  const interrupt = new Interrupt(() => opened.camera.close().catch(() => undefined));
  const printer = streamPrinter(options);
  const run = new StreamRun(opened, options);
  try {
    await run.prepare();
    for await (const record of run.records()) {
      printer.frame(record);
      if (interrupt.isRequested) break;
    }
  } catch (error) {
    if (!(interrupt.isRequested && isClosed(error))) throw error;
  } finally {
    interrupt.release();
    printer.end();
    await opened.camera.close();
  }
  printer.summary(run.summary(interrupt.isRequested));
  if (interrupt.isRequested) process.exitCode = EXIT_INTERRUPTED;
}

function isClosed(error: unknown): error is CameraError {
  return error instanceof Error && "code" in error && error.code === "closed";
}
