import { Command } from "commander";
import type { CaptureFormat } from "../../capture/capture-format.ts";
import { type CaptureOptions, captureFormat, parseRegion } from "../capture/capture-options.ts";
import type { CaptureSummary } from "../capture/run-capture.ts";
import { usageError } from "../command-error.ts";
import { deviceOptions } from "../device/device-options.ts";
import { EXIT_INTERRUPTED } from "../exit-codes.ts";
import { nameList, realNumber, wholeNumber } from "../parse-value.ts";

const MAX_FRAMES = 1_000_000;
const MAX_POINTS = 1000;
const MAX_STACK = 10_000;
const MAX_SETTLE = 1000;
const [MIN_POINTS, MIN_STACK] = [6, 3];
const [MIN_NM, MAX_NM] = [200, 20_000];
const [MIN_IRRADIANCE, MAX_IRRADIANCE] = [1e-12, 1e6];

const FRAME_OPTIONS = ["frames", "arrays", "scene", "ambient", "pulses"];
const EMVA_OPTIONS = ["points", "stack", "settle", "wavelength", "irradiance"];

const HELP = `
Examples:
  cqd capture --device sim:inas-imager-320x240 --frames 10 --out raw --format png16
  cqd capture --device sim:inas-lidar-64x48 --out room --format tiff32f --arrays range_m,amplitude_e
  cqd capture --out doubtful --format npy --frames 5 --faults truncate:1e-3
  cqd capture --device sim:imec-3t-768x512 --out emva --format emva
  cqd capture --device sim:imec-3t-768x512 --out emva --format emva --region 256x192+64+32 --points 20 --stack 16

png16, tiff32f and npy write DIR/NNNNNN-ARRAY[-PLANE].EXT and DIR/capture.json with units, scales and all file names.
png16 holds raw codes as they are and other arrays as codes whose scale capture.json tells (range_m: mm).

emva writes an EMVA 1288 data set: DIR/EMVA1288descriptor.txt and DIR/images/*.png. The light is even and constant; the
exposure is stepped from dark beyond saturation, a bright and a dark pair each, and two stacks at half of saturation.
In front of a real camera, say what light it is (--irradiance, --wavelength); you are asked to switch it.

JSON: {"device", "profile", "format", "out", "frames", "files", "bytes", "index", "interrupted"}, for emva
{"device", "profile", "format", "out", "images", "bytes", "exposuresNs", "spatialExposureNs", "photonsPerS",
"irradianceWPerM2", "wavelengthNm", "descriptor", "interrupted", ...}.
Ctrl-C leaves whole files; capture.json lists them. An emva descriptor is written only when the set is whole.`;

export function captureCommand(): Command {
  const command = new Command("capture").description(
    "write frames as pictures or arrays, or an EMVA 1288 data set",
  );
  return deviceOptions(command)
    .requiredOption("--out <dir>", "the folder to write to")
    .requiredOption("--format <format>", "png16, tiff32f, npy or emva", captureFormat)
    .option("--frames <n>", "frames to take; default 1", wholeNumber(1, MAX_FRAMES))
    .option(
      "--arrays <names>",
      "arrays to write, separated by commas; default: all, raw codes included",
      nameList,
    )
    .option("--region <WxH+X+Y>", "part of an imaging sensor", parseRegion)
    .option("--points <n>", "emva: exposures of the sweep; default 40", wholeNumber(MIN_POINTS, MAX_POINTS))
    .option("--stack <l>", "emva: images of a spatial stack; default 50", wholeNumber(MIN_STACK, MAX_STACK))
    .option("--settle <n>", "emva: frames left out after every change; default 1", wholeNumber(0, MAX_SETTLE))
    .option(
      "--wavelength <nm>",
      "emva: of the light; default: that of the profile",
      realNumber(MIN_NM, MAX_NM),
    )
    .option(
      "--irradiance <w>",
      "emva: W/m2 on the sensor; default: fills the pixels in a common exposure",
      realNumber(MIN_IRRADIANCE, MAX_IRRADIANCE),
    )
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(capture);
}

async function capture(options: CaptureOptions, command: Command): Promise<void> {
  checkTogether(options.format, (name) => command.getOptionValueSource(name) === "cli");
  const { runCapture } = await import("../capture/run-capture.ts");
  const { printSummary } = await import("../capture/print-summary.ts");
  const { Interrupt } = await import("../stream/interrupt.ts");
  const { LiveLine, printJson } = await import("../text/terminal.ts");
  const interrupt = new Interrupt(() => undefined);
  const live = new LiveLine();
  let summary: CaptureSummary;
  try {
    summary = await runCapture(options, {
      onProgress: (done, total, what) => live.show(`${done}/${total} ${what}`),
      isCancelled: () => interrupt.isRequested,
    });
  } finally {
    interrupt.release();
    live.clear();
  }
  if (options.json) printJson(summary);
  else printSummary(summary);
  if (summary.interrupted) process.exitCode = EXIT_INTERRUPTED;
}

/** Options of the other kind of capture are refused: they would have no effect. */
function checkTogether(format: CaptureFormat, isGiven: (name: string) => boolean): void {
  const isEmva = format === "emva";
  const wrong = (isEmva ? FRAME_OPTIONS : EMVA_OPTIONS).find(isGiven);
  if (wrong === undefined) return;
  const why = isEmva ? "brings its own light and its own frames" : "has no sweep";
  throw usageError(`found --${wrong} with --format ${format}, which ${why}; leave it out`);
}
