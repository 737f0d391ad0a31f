import type { PowerCellProfile } from "../../../hw-profiles/device-profile.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { ApplicationError } from "../application-error.ts";
import { type FrameEnergy, fastestRateHz, frameEnergy } from "./frame-energy.ts";
import type { NodeLink, NodeModel } from "./node-model.ts";

interface PowerSource {
  readonly title: string;
  readonly efficiency: keyof PowerCellProfile["efficiency"];
  readonly irradianceWPerM2: number;
}

/** What falls on the cell. Behind a filter, efficiency and irradiance count the light before it. */
export const POWER_SOURCES = {
  am15: { title: "sun, AM1.5", efficiency: "am15", irradianceWPerM2: 1000 },
  "behind-silicon": {
    title: "sun behind silicon, of the light before it",
    efficiency: "behindSilicon",
    irradianceWPerM2: 1000,
  },
  "behind-perovskite": {
    title: "sun behind a perovskite, of the light before it",
    efficiency: "behindPerovskite",
    irradianceWPerM2: 1000,
  },
  // Assumed: 100 mW/cm2, the most that eyes and skin may be exposed to for long at this wavelength.
  laser1550: { title: "laser of 1550 nm", efficiency: "laser1550", irradianceWPerM2: 1000 },
} as const satisfies Record<string, PowerSource>;

export type PowerSourceName = keyof typeof POWER_SOURCES;

export interface BudgetSettings {
  readonly areaCm2: number;
  readonly source: PowerSourceName;
  /** On the cell, or before its filter. */
  readonly irradianceWPerM2: number;
  readonly link: NodeLink;
}

/** One sensor on one cell. */
export interface PowerBudget {
  readonly cell: string;
  readonly title: string;
  readonly efficiency: number;
  readonly cellW: number;
  /** After the converter. */
  readonly harvestedW: number;
  readonly sleepW: number;
  /** Frames per second for ever; 0 when the cell does not even feed a sleeping node. */
  readonly frameRateHz: number;
  readonly limit: "power" | "sensor" | "sleep";
  /** Area that one frame per second needs. */
  readonly areaForOneHzCm2: number;
  /** Misprints and contradictions in the cell's source. */
  readonly flags: readonly string[];
}

export interface SensorNeeds {
  readonly energy: FrameEnergy;
  readonly fastestHz: number;
}

export function sensorNeeds(profile: ImagingProfile, node: NodeModel, link: NodeLink): SensorNeeds {
  return { energy: frameEnergy(profile, node, link), fastestHz: fastestRateHz(profile) };
}

/** Whether the review gives the cell's efficiency under that light. */
export function isMeasured(cell: PowerCellProfile, source: PowerSourceName): boolean {
  return cell.efficiency[POWER_SOURCES[source].efficiency] !== undefined;
}

/**
 * Frame rate f of E f + P_sleep = eta P_cell, P_cell = area x irradiance x efficiency, at most what the chip can do.
 * @throws ApplicationError when the cell was not measured under that light.
 */
export function powerBudget(
  cell: PowerCellProfile,
  { energy, fastestHz }: SensorNeeds,
  node: NodeModel,
  settings: BudgetSettings,
): PowerBudget {
  const { areaCm2, irradianceWPerM2, source } = settings;
  const efficiency = cell.efficiency[POWER_SOURCES[source].efficiency];
  if (efficiency === undefined) throw notMeasured(cell, source);
  const perCm2W = irradianceWPerM2 * 1e-4 * efficiency;
  const cellW = areaCm2 * perCm2W;
  const harvestedW = node.converterEfficiency * cellW;
  const affordedHz = (harvestedW - node.sleepW) / energy.totalJ;
  const limit = affordedHz <= 0 ? "sleep" : affordedHz > fastestHz ? "sensor" : "power";
  return {
    cell: cell.name,
    title: cell.title,
    efficiency,
    cellW,
    harvestedW,
    sleepW: node.sleepW,
    frameRateHz: Math.min(Math.max(affordedHz, 0), fastestHz),
    limit,
    areaForOneHzCm2: (energy.totalJ + node.sleepW) / (node.converterEfficiency * perCm2W),
    flags: cell.published.flatMap(({ flag }) => flag ?? []),
  };
}

function notMeasured({ efficiency, name }: PowerCellProfile, source: PowerSourceName): ApplicationError {
  const known = Object.entries(POWER_SOURCES).filter(
    ([, entry]) => efficiency[entry.efficiency] !== undefined,
  );
  const names = known.map(([sourceName]) => sourceName).join(", ");
  return new ApplicationError(
    `found the source ${source} for ${name}, whose efficiency there the review does not give; expected ${names}`,
  );
}
