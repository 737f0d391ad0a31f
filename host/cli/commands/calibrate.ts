import { Command } from "commander";
import { distanceList } from "../calibrate/distances.ts";
import type { TofOptions } from "../calibrate/tof-run.ts";
import { usageError } from "../command-error.ts";
import { deviceOptions } from "../device/device-options.ts";
import { indexRange, wholeNumber } from "../parse-value.ts";

const DEFAULT_FRAMES = 8;
const MAX_FRAMES = 4096;

const HELP = `
Examples:
  cqd calibrate tof
  cqd calibrate tof --device sim:pbs-lidar-320x240 --deviation tau=1.1,pulse=2ns,gate=200ps,temperature=25K --frames 2
  cqd calibrate tof --distances 1:15:8 --check 2:14:7 --plot bias.svg --out calibration.json
  cqd calibrate tof --device hid:SERIAL --distances 0.5,1,2,4,8 --rows 100:140 --columns 140:180
  cqd stream --calibration calibration.json --frames 5

A flat target across the axis at known distances; a simulated one is placed, a real one asked for on the terminal. From the raw
gate samples of all distances together: time constant, laser pulse, slow tail, gate width and delays, time offset, and the
times of rows, columns and pixels where they stand out of their statistical error. --calibration applies the file.

JSON: {"files", "calibration": the file's content but the pixels' own times, "checks": [{"distanceM", "biasM", "sigmaM"}]}.`;

export function calibrateCommand(): Command {
  return new Command("calibrate")
    .description("calibrate a device")
    .addCommand(calibrateTofCommand())
    .addCommand(mergeCommand())
    .addHelpText(
      "after",
      "\nExamples:\n  cqd calibrate tof --help\n  cqd calibrate merge cold.json warm.json",
    );
}

function mergeCommand(): Command {
  return new Command("merge")
    .description("two calibrations at different temperatures as one that holds in between")
    .argument("<first>", "file of cqd calibrate tof")
    .argument("<second>", "file of the same device, at least 5 K warmer or colder")
    .option("--out <file>", "where the calibration goes", "calibration.json")
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd calibrate merge cold.json warm.json --out both.json\n\nJSON: {"files", "activation": {"value", "sigma", "unit"}}',
    )
    .action(merge);
}

async function merge(first: string, second: string, options: MergeOptions): Promise<void> {
  const { mergeFiles } = await import("../calibrate/merge-run.ts");
  const { printJson, printLine } = await import("../text/terminal.ts");
  const activation = await mergeFiles(first, second, options.out);
  if (options.json) printJson({ files: [options.out], activation });
  else printLine(`activation energy ${activation.value} +- ${activation.sigma} eV; wrote ${options.out}`);
}

interface MergeOptions {
  readonly out: string;
  readonly json?: true;
}

function calibrateTofCommand(): Command {
  const command = new Command("tof").description("response, gates and pixel times of a LiDAR");
  return deviceOptions(command)
    .option(
      "--distances <list>",
      "of the target, m: FROM:TO:COUNT or a list",
      distanceList,
      distanceList("1:15:8"),
    )
    .option(
      "--check <list>",
      "distances at which to measure the bias with the calibration applied",
      distanceList,
    )
    .option("--frames <n>", "frames of a capture", wholeNumber(1, MAX_FRAMES), DEFAULT_FRAMES)
    .option("--rows <a:b>", "rows that see the target; default: all", indexRange)
    .option("--columns <a:b>", "columns that see the target; default: all", indexRange)
    .option("--no-prompt", "do not ask for the target: it stands where it shall when a capture starts")
    .option("--out <file>", "where the calibration goes", "calibration.json")
    .option("--plot <file.svg>", "bias against range before and after")
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(calibrateTof);
}

async function calibrateTof(options: TofOptions, command: Command): Promise<void> {
  if (command.getOptionValueSource("scene") === "cli")
    throw usageError("found --scene with calibrate tof, which brings its own target; leave it out");
  const run = await import("../calibrate/tof-run.ts");
  const { printTof } = await import("../calibrate/print-tof.ts");
  const { LiveLine, printJson } = await import("../text/terminal.ts");
  const live = new LiveLine();
  try {
    const outcome = await run.calibrateTof(options, (done, total, what) =>
      live.show(`${done}/${total} frames, ${what}`),
    );
    live.clear();
    const { calibration, checks, files } = outcome;
    const { pixels: _, ...pixelTimes } = calibration.pixelTimes;
    if (options.json) printJson({ files, calibration: { ...calibration, pixelTimes }, checks });
    else printTof(outcome);
  } finally {
    live.clear();
  }
}
