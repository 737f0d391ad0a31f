import { Command, InvalidArgumentError } from "commander";
import { NODE_LINKS, type NodeLink } from "../../applications/power-budget/node-model.ts";
import { POWER_SOURCES, type PowerSourceName } from "../../applications/power-budget/power-budget.ts";
import type { PowerOptions } from "../applications/power-run.ts";
import { usageError } from "../command-error.ts";
import { realNumber } from "../parse-value.ts";

const CM2_PER_UNIT: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["cm2", 1],
  ["mm2", 0.01],
  ["m2", 1e4],
]);
const MAX_CM2 = 1e8;
const [MIN_IRRADIANCE, MAX_IRRADIANCE] = [1e-9, 1e7];
const SOURCES = Object.keys(POWER_SOURCES) as PowerSourceName[];

const HELP = `
Examples:
  cqd power
  cqd power --sensor imec-3t-768x512 --cell meng-ref45 --area 4cm2 --source behind-silicon
  cqd power --all --source laser1550 --irradiance 100 --link radio

Frame rate f that a node without a battery sustains: energy of a frame x f + sleep = converter x area x irradiance x
efficiency. The cells are the review's (meng2024 Tables 1 and 2); the node's figures are assumed, all of them in
host/applications/power-budget/node-model.ts. Efficiencies behind a filter count the light before it.

JSON: {"sensor", "source", "irradianceWPerM2", "areaCm2", "link", "energy": {"convertersJ", "linesJ", "busJ", "chipJ",
"logicJ", "linkJ", "totalJ"}, "fastestHz", "node", "budgets": [{"cell", "title", "efficiency", "cellW", "harvestedW",
"sleepW", "frameRateHz", "limit", "areaForOneHzCm2", "flags"}], "notMeasured", "profileTemperatureC"}.`;

export function powerCommand(): Command {
  return new Command("power")
    .description("frame rate that a sensor node sustains from a power cell")
    .option("--sensor <name>", "imaging profile or document", "inas-imager-64x48")
    .option("--cell <name>", "cell of the review", "meng-ref45")
    .option("--all", "all cells that were measured under this light")
    .option("--area <area>", "of the cell: 4cm2, 50mm2", parseArea, 4)
    .option("--source <name>", SOURCES.join(", "), oneOf(SOURCES), "am15" as const)
    .option(
      "--irradiance <w>",
      "W/m2, before a filter; default 1000",
      realNumber(MIN_IRRADIANCE, MAX_IRRADIANCE),
    )
    .option(
      "--link <name>",
      `${NODE_LINKS.join(", ")}: how frames leave the node`,
      oneOf(NODE_LINKS),
      "usb" as const,
    )
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(budget);
}

function parseArea(text: string): number {
  const [, number, unit = ""] = /^\s*([-+]?[0-9.]+(?:[eE][-+]?\d+)?)\s*([a-z]*2?)\s*$/.exec(text) ?? [];
  const areaCm2 = Number(number) * (CM2_PER_UNIT.get(unit) ?? Number.NaN);
  if (areaCm2 > 0 && areaCm2 <= MAX_CM2) return areaCm2;
  throw new InvalidArgumentError(
    `found ${JSON.stringify(text)}, expected an area above 0, such as 4cm2 or 50mm2`,
  );
}

function oneOf<Name extends PowerSourceName | NodeLink>(names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`found ${JSON.stringify(text)}, expected one of ${names.join(", ")}`);
  };
}

async function budget(options: PowerOptions, command: Command): Promise<void> {
  if (options.all && command.getOptionValueSource("cell") === "cli")
    throw usageError("found --cell with --all, which takes every cell; leave one of them out");
  const { powerSummary } = await import("../applications/power-run.ts");
  const { printPower } = await import("../applications/print-power.ts");
  const { printJson } = await import("../text/terminal.ts");
  const summary = powerSummary(options);
  if (options.json) printJson(summary);
  else printPower(summary);
}
