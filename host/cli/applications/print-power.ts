import { POWER_SOURCES, type PowerBudget } from "../../applications/power-budget/power-budget.ts";
import { quantity, table } from "../text/table.ts";
import { bold, printLine } from "../text/terminal.ts";
import type { PowerSummary } from "./power-run.ts";

/** A cooler's temperature is told when the profile is colder than a room. */
const ROOM_C = 20;

export function printPower(summary: PowerSummary): void {
  const { areaCm2, budgets, irradianceWPerM2, link, notMeasured, sensor, source } = summary;
  printLine(
    `${bold(sensor)} on ${areaCm2} cm2 of cell, ${POWER_SOURCES[source].title}, ${irradianceWPerM2} W/m2, link ${link}`,
  );
  printLine(energyText(summary));
  const head = ["cell", "efficiency", "cell power", "harvested", "frame rate", "limit", "area for 1 frame/s"];
  for (const line of table([head, ...budgets.map(row)], [1, 2, 3, 4, 6])) printLine(line);
  for (const { cell, flags } of budgets) for (const flag of flags) printLine(`${cell}: ${flag}`);
  if (notMeasured.length > 0) printLine(`not measured under this light: ${notMeasured.join(", ")}`);
  if (summary.profileTemperatureC < ROOM_C)
    printLine(
      `no cooler is fed: the profile's ${summary.profileTemperatureC} degC, its dark current and noise, do not hold on such a node`,
    );
}

function energyText({ energy, fastestHz, node }: PowerSummary): string {
  const { busJ, chipJ, convertersJ, linesJ, linkJ, logicJ, totalJ } = energy;
  const parts = {
    converters: convertersJ,
    lines: linesJ,
    bus: busJ,
    chip: chipJ,
    logic: logicJ,
    link: linkJ,
  };
  const list = Object.entries(parts).map(([name, joules]) => `${name} ${microjoules(joules)}`);
  return (
    `a frame takes ${microjoules(totalJ)} uJ (${list.join(", ")}; assumed figures), sleep ${quantity(1e6 * node.sleepW, "uW")}; ` +
    `the chip does at most ${quantity(fastestHz, "frames/s")}`
  );
}

function microjoules(joules: number): string {
  return String(Number((1e6 * joules).toPrecision(3)));
}

function row(budget: PowerBudget): string[] {
  const { areaForOneHzCm2, cell, cellW, efficiency, frameRateHz, harvestedW, limit } = budget;
  return [
    cell,
    quantity(100 * efficiency, "%"),
    quantity(1000 * cellW, "mW", 3),
    quantity(1000 * harvestedW, "mW", 3),
    quantity(frameRateHz, "/s", 3),
    limit,
    quantity(areaForOneHzCm2, "cm2", 3),
  ];
}
