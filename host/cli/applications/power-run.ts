import type { PowerCellProfile } from "../../../hw-profiles/device-profile.ts";
import { listDocuments } from "../../../hw-profiles/load/list-documents.ts";
import { loadPowerCell } from "../../../hw-profiles/load/load-part.ts";
import { loadProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { FrameEnergy } from "../../applications/power-budget/frame-energy.ts";
import { NODE_MODEL, type NodeLink, type NodeModel } from "../../applications/power-budget/node-model.ts";
import {
  isMeasured,
  POWER_SOURCES,
  type PowerBudget,
  type PowerSourceName,
  powerBudget,
  sensorNeeds,
} from "../../applications/power-budget/power-budget.ts";
import { usageError } from "../command-error.ts";

export interface PowerOptions {
  readonly sensor: string;
  readonly cell: string;
  readonly all?: true;
  readonly area: number;
  readonly source: PowerSourceName;
  readonly irradiance?: number;
  readonly link: NodeLink;
  readonly json?: true;
}

/** What `cqd power --json` prints. */
export interface PowerSummary {
  readonly sensor: string;
  readonly source: PowerSourceName;
  readonly irradianceWPerM2: number;
  readonly areaCm2: number;
  readonly link: NodeLink;
  readonly energy: FrameEnergy;
  /** Frames per second that the chip can do. */
  readonly fastestHz: number;
  readonly node: NodeModel;
  /** By frame rate, the fastest first. */
  readonly budgets: readonly PowerBudget[];
  /** Cells without an efficiency under this light. */
  readonly notMeasured: readonly string[];
  /** Temperature of the profile, which no cooler keeps on a node. */
  readonly profileTemperatureC: number;
}

/** @throws CommandError, ProfileError, ApplicationError. */
export function powerSummary(options: PowerOptions): PowerSummary {
  const { all, area, cell, link, source } = options;
  const profile = imagingProfile(options.sensor);
  const irradianceWPerM2 = options.irradiance ?? POWER_SOURCES[source].irradianceWPerM2;
  const settings = { areaCm2: area, source, irradianceWPerM2, link };
  const needs = sensorNeeds(profile, NODE_MODEL, link);
  const cells = all ? allCells() : [findCell(cell)];
  const used = all ? cells.filter((one) => isMeasured(one, source)) : cells;
  return {
    sensor: profile.name,
    ...settings,
    ...needs,
    node: NODE_MODEL,
    budgets: used
      .map((one) => powerBudget(one, needs, NODE_MODEL, settings))
      .sort((a, b) => b.frameRateHz - a.frameRateHz || b.cellW - a.cellW || a.cell.localeCompare(b.cell)),
    notMeasured: cells.filter((one) => !used.includes(one)).map(({ name }) => name),
    profileTemperatureC: profile.environment.temperatureC,
  };
}

function imagingProfile(sensor: string): ImagingProfile {
  const profile = loadProfile(sensor);
  if (profile.mode === "imaging") return profile;
  throw usageError(
    `found the LiDAR ${profile.name}, expected an imaging sensor: a LiDAR's laser takes more than a cell gives`,
  );
}

function allCells(): PowerCellProfile[] {
  return listDocuments("power").map(({ name }) => loadPowerCell(name));
}

/** "meng-ref45" means the single-junction cell of that reference. */
function findCell(name: string): PowerCellProfile {
  const single = `${name}-cell`;
  const isShort = listDocuments("power").some((listed) => listed.name === single);
  return loadPowerCell(isShort ? single : name);
}
