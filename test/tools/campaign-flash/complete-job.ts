// All combinations of cuts up to a depth, on small flashes: nothing is left out.
import { OUTCOMES } from "../../../sim/flash/torn.ts";
import { bootModule } from "./boot-module.ts";
import { type Exploration, Explorer } from "./explorer.ts";
import { SMALL_GEOMETRIES } from "./geometries.ts";
import { JournalNames } from "./journal-name.ts";
import { Rig } from "./rig.ts";
import { campaignImages, SCENARIO_NAMES, scenarioOn } from "./scenarios.ts";

/** Every how many merged nodes one is compared with the node that it was taken for. */
const AUDIT_EVERY = 200;

export interface CompleteTask {
  /** Number in SMALL_GEOMETRIES. */
  readonly geometry: number;
  /** Number in SCENARIO_NAMES. */
  readonly scenario: number;
  /** Cuts nested in each other; Infinity: until nothing new is found. */
  readonly depth: number;
}

export interface CompleteResult extends Exploration {
  readonly geometry: string;
  readonly scenario: string;
  readonly depth: number;
}

/** Tries every outcome of every operation, and again in every state that this leads to. */
export function exploreCompletely({ geometry, scenario, depth }: CompleteTask): CompleteResult {
  const named = SMALL_GEOMETRIES[geometry]!;
  const rig = new Rig(bootModule(), named, campaignImages(named));
  const limits = {
    depth,
    outcomes: OUTCOMES,
    nestedPerDepth: Infinity,
    stopAtFailure: false,
    auditEvery: AUDIT_EVERY,
  };
  const names = new JournalNames(named.geometry);
  const explorer = new Explorer(rig, limits, (content) => names.nameOf(content));
  explorer.explore(scenarioOn(rig, scenario));
  return { geometry: named.name, scenario: SCENARIO_NAMES[scenario]!, depth, ...explorer.result };
}

/** All scenarios on all small flashes. */
export function completeTasks(depth: number): readonly CompleteTask[] {
  return SMALL_GEOMETRIES.flatMap((_, geometry) =>
    SCENARIO_NAMES.map((__, scenario) => ({ geometry, scenario, depth })),
  );
}

/** Three deep in the short campaign: the scenario with the fewest operations. */
const DEEP_SCENARIO = SCENARIO_NAMES.indexOf("confirmed image damaged");

/** Every other scenario two deep on one flash, one three deep on another. */
export function shortTasks(): readonly CompleteTask[] {
  const wide = completeTasks(2).filter(({ geometry, scenario }) => geometry === 0 && scenario % 2 === 0);
  return [{ geometry: 2, scenario: DEEP_SCENARIO, depth: 3 }, ...wide];
}
