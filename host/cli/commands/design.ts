import { availableParallelism } from "node:os";
import { Command } from "commander";
import type { DesignCommandOptions } from "../design/run-design.ts";
import { realNumber, wholeNumber } from "../parse-value.ts";

const MAX_FRAMES = 10_000;
const MAX_THREADS = 256;
const [SMALLEST_LIMIT_M, LARGEST_LIMIT_M] = [1e-4, 1000];

const HELP = `
Settings (--set KEY=VALUE or KEY=VALUE,VALUE; several make a sweep of every combination):
  detector, emitter       another document of the package, or beside the sensor
  material                material of the film; with ligand, anneal (degrees C), or linker and layers
  wavelength              of the laser, nm; filter, sunlight and efficiency follow
  bias                    of the film while it collects, V
  reach                   spread the gates so that ranges up to so many metres can be told
  PATH                    any value of the sensor's documents: pixel.readNoise, gates.pulsesPerGate, detector.fallTime,
                          emitter.peakPower; in the unit of the document (cqd profile explain lists them); lists as
                          FIRST:STEP:LAST
  power.NAME              an assumption of the power budget

Examples:
  cqd design --sensor inas-lidar-320x240 --set detector=inas-me,pbs-reference --range 0.5:18 --ambient 0,10klx,100klx
  cqd design --sensor inas-lidar-320x240 --set bias=-1,-0.5,0 --reflectance 0.5 --out bias.svg
  cqd design --sensor inas-lidar-64x48 --set reach=30 --range 0.5:30 --verify 4
  cqd design --sensor inas-lidar-320x240 --set gates.pulsesPerGate=125,500,2000 --json

Ambient is sunlight: suns, or klx of sunlight with 100 klx = full sun (ASTM G173 global tilt).
JSON: {"sensor", "rangesM", "reflectances", "ambientSuns", "sigmaLimitM", "powerAssumptions", "designs": [{"label", "settings",
"notes", "facts", "frameRateHz", "power", "powerAssumptions", "limits", "points"}], "verification"?: {"frames", "seed", "cells", "summary",
"interrupted"}}. Numbers without end are null.
Exit code 1 when --verify finds a prediction that does not hold.`;

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

export function designCommand(): Command {
  return new Command("design")
    .description("predict range sigma, maximum range, frame rate and power of a LiDAR design")
    .requiredOption("--sensor <name>", "name of a LiDAR sensor, or path of a JSON document")
    .option("--set <key=value>", "change the design; may be given again", collect, [])
    .option("--range <m>", "FROM:TO, FROM:TO:COUNT or a list", "0.5:30")
    .option("--ambient <light>", "sunlight, a list such as 0,10klx,100klx or 0.5sun", "0,10klx,100klx")
    .option("--reflectance <rho>", "of the target, a list", "0.05,0.5,0.9")
    .option(
      "--sigma-limit <m>",
      "largest sigma that will do, for the maximum range",
      realNumber(SMALLEST_LIMIT_M, LARGEST_LIMIT_M),
      0.1,
    )
    .option("--extrapolate", "go beyond what papers measured, and say so")
    .option("--verify <n>", "compare with n simulated frames of each point", wholeNumber(1, MAX_FRAMES))
    .option("--seed <n>", "seed of the simulated noise", wholeNumber(0), 1)
    .option(
      "--threads <n>",
      "worker threads of the simulation, 0 = none; changes no byte",
      wholeNumber(0, MAX_THREADS),
      availableParallelism(),
    )
    .option("--out <file>", "write a plot or table: .svg, .html or .csv")
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(async (options: DesignCommandOptions) => {
      const { runDesign } = await import("../design/run-design.ts");
      await runDesign(options);
    });
}
