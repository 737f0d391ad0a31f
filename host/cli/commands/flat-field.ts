import { Command } from "commander";
import type { FlatFieldCommand } from "../applications/flat-field-run.ts";
import { withDefaults } from "../applications/option-defaults.ts";
import { usageError } from "../command-error.ts";
import { deviceOptions } from "../device/device-options.ts";
import { EXIT_INTERRUPTED } from "../exit-codes.ts";
import { realNumber, wholeNumber } from "../parse-value.ts";

const [MIN_LUMINANCE, MAX_LUMINANCE] = [1, 1e6];
const [MIN_MINUTES, MAX_MINUTES] = [0.01, 1e7];
const [MIN_POINTS, MAX_POINTS] = [3, 1000];
const [MIN_FRAMES, MAX_FRAMES] = [4, 4096];

const HELP = `
Examples:
  cqd flat-field
  cqd flat-field --device sim:imec-3t-768x512 --luminance 5000 --minutes 120 --out session
  cqd flat-field --device hid:SERIAL --luminance 10000 --minutes 60

A calibration session under the perovskite LED of 517 nm, which fades by L0^n T50 = const (zhang2023). The level of the
lamp is measured by the exposure that gives the same code, whatever the response curve is, with what charge traps of
the film keep taken from the profile. The left eighth of the columns watches the lamp and corrects the rest.
A simulated lamp ages in time-lapse; a real one has to be there, at the luminance that you say.
--out writes DIR/session.csv and DIR/drift.svg.

JSON: {"device", "profile", "seed", "led", "luminanceCdPerM2", "framesPerPoint", "fieldPixels", "referencePixels",
"speed", "filmLosses", "points": [{"minutes", "exposureNs", "level", "levelSigma", "law", "corrected"}], "halfLifeMin",
"measuredHalfLifeMin", "measuredHalfLifeSigmaMin", "lawRmsSigma", "lawWorstSigma", "lawOk", "residual",
"statisticalFloor", "residualOk", "files", "interrupted"}.`;

export function flatFieldCommand(): Command {
  const command = new Command("flat-field").description("flat-field session under an LED that ages");
  deviceOptions(command)
    .option("--luminance <cd/m2>", "of the new LED", realNumber(MIN_LUMINANCE, MAX_LUMINANCE), 10_000)
    .option("--minutes <n>", "length of the session", realNumber(MIN_MINUTES, MAX_MINUTES), 60)
    .option(
      "--distance <mm>",
      "of a simulated lamp from the chip; nearer: shorter exposures",
      realNumber(1, 1e4),
    )
    .option("--points <n>", "measurements of the session", wholeNumber(MIN_POINTS, MAX_POINTS), 61)
    .option(
      "--frames <n>",
      "frames of a measurement, a multiple of 4",
      wholeNumber(MIN_FRAMES, MAX_FRAMES),
      8,
    )
    .option("--out <dir>", "write session.csv and drift.svg")
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(calibrate);
  return withDefaults(command, { device: "sim:inas-imager-64x48" });
}

async function calibrate(options: FlatFieldCommand, command: Command): Promise<void> {
  if (command.getOptionValueSource("scene") === "cli")
    throw usageError("found --scene with flat-field, which brings its own light; leave it out");
  const { flatFieldSession } = await import("../applications/flat-field-run.ts");
  const { printFlatField } = await import("../applications/print-flat-field.ts");
  const { Interrupt } = await import("../stream/interrupt.ts");
  const { LiveLine, printJson } = await import("../text/terminal.ts");
  const interrupt = new Interrupt(() => undefined);
  const live = new LiveLine();
  try {
    const summary = await flatFieldSession(options, {
      onProgress: (done, total, what) => live.show(`${done}/${total} ${what}`),
      isCancelled: () => interrupt.isRequested,
    });
    live.clear();
    if (options.json) printJson(summary);
    else printFlatField(summary);
    if (summary.interrupted) process.exitCode = EXIT_INTERRUPTED;
  } finally {
    live.clear();
    interrupt.release();
  }
}
