// The campaign in parts that can run in any process: one geometry each.
import { OUTCOMES } from "../../../sim/flash/torn.ts";
import { bootModule } from "./boot-module.ts";
import { type Exploration, Explorer, type Finding } from "./explorer.ts";
import { GEOMETRIES } from "./geometries.ts";
import { Rig } from "./rig.ts";
import { campaignImages, scenariosOn } from "./scenarios.ts";
import { exactName } from "./state-name.ts";

/** Cuts nested in each other. */
export const DEPTH = 3;

export interface GeometryResult extends Exploration {
  readonly geometry: string;
}

/**
 * Explores the scenarios on a geometry, by its number.
 * @param share 1: all scenarios; 2: every other one, on the next geometry the rest; and so on.
 */
export function exploreGeometry(index: number, nestedPerDepth: number, share = 1): GeometryResult {
  const named = GEOMETRIES[index]!;
  const rig = new Rig(bootModule(), named, campaignImages(named));
  const limits = {
    depth: DEPTH,
    outcomes: OUTCOMES,
    nestedPerDepth,
    stopAtFailure: false,
    auditEvery: Infinity,
  };
  const explorer = new Explorer(rig, limits, exactName);
  const mine = scenariosOn(rig).filter((_, number) => (number + index) % share === 0);
  for (const scenario of mine) explorer.explore(scenario);
  return { geometry: named.name, ...explorer.result };
}

/** Findings in words, the cuts that led there included. */
export function findingText({ kind, text, scenario, cuts }: Finding): string {
  return `${kind}: ${text} (${scenario}${cuts.length > 0 ? `; cuts: ${cuts.join(", then ")}` : ""})`;
}
