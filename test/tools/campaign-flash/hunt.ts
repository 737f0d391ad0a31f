// Looks for a planted bug, with the least that finds it.
import { OUTCOMES, type Outcome } from "../../../sim/flash/torn.ts";
import { Explorer, type Finding, type Limits } from "./explorer.ts";
import { GEOMETRIES, type NamedGeometry, SMALL_GEOMETRIES } from "./geometries.ts";
import { JournalNames } from "./journal-name.ts";
import { plainChecks, refusalChecks } from "./plain-checks.ts";
import type { Deep, PlantedBug } from "./planted-bug.ts";
import { plantedModule } from "./planted-module.ts";
import { Rig } from "./rig.ts";
import { campaignImages, type Scenario, scenariosOn } from "./scenarios.ts";
import { exactName } from "./state-name.ts";

/** What it took: no cut at all; one cut between whole operations, as the simulator of MCUboot has it; more than that. */
export const MEANS = ["no cut", "atomic cut", "torn operation", "two cuts", "three cuts"] as const;
export type Means = (typeof MEANS)[number];

/** Found without a torn operation and without a second cut. */
export const ATOMIC_MEANS: readonly Means[] = ["no cut", "atomic cut"];

export interface Hunt {
  readonly id: string;
  readonly title: string;
  /** undefined: not found. */
  readonly means: Means | undefined;
  /** How it showed. */
  readonly text: string;
}

/** The whole cut of MCUboot's simulator: an operation is done, or it is not. */
const ATOMIC: readonly Outcome[] = ["before", "after"];
/** Both erased values, a unit of one byte and a large one: the first two for all, the rest for what they do not show. */
const HUNTED = [1, 0, 4] as const;
const NESTED = 300;

interface Ground {
  readonly rig: Rig;
  readonly scenarios: readonly Scenario[];
}

function firstFinding(explorer: Explorer, scenarios: readonly Scenario[]): Finding | undefined {
  for (const scenario of scenarios) {
    explorer.explore(scenario);
    if (explorer.result.findings.length > 0) return explorer.result.findings[0];
  }
  return undefined;
}

const ALL_CUTS: Limits = {
  depth: 1,
  outcomes: OUTCOMES,
  nestedPerDepth: Infinity,
  stopAtFailure: true,
  auditEvery: Infinity,
};

/** What subtle bugs are about: cells that read one way now and another way later, and a flash that lies. */
const DRIFTING_CUTS: Limits = { ...ALL_CUTS, outcomes: ["fading", "emerging", "noOp"] };

type Try = readonly [means: Means, limits: Limits];

/** The first cut everywhere, of the second a sample. */
const TRIES: readonly Try[] = [
  ["no cut", { ...ALL_CUTS, depth: 0 }],
  ["atomic cut", { ...ALL_CUTS, outcomes: ATOMIC }],
  ["torn operation", ALL_CUTS],
  ["two cuts", { ...ALL_CUTS, depth: 2, nestedPerDepth: NESTED }],
];

/** A board whose flash was prepared by the sound boot loader, so that only the hunted run can fail. */
function prepare(sound: WebAssembly.Module, buggy: WebAssembly.Module, named: NamedGeometry): Ground {
  const images = campaignImages(named);
  return { rig: new Rig(buggy, named, images), scenarios: scenariosOn(new Rig(sound, named, images)) };
}

/** All combinations of drifting cuts, on a small flash. */
function huntDeep(sound: WebAssembly.Module, buggy: WebAssembly.Module, deep: Deep | undefined) {
  const named = SMALL_GEOMETRIES[deep?.sectors ?? 1]!;
  const { rig, scenarios } = prepare(sound, buggy, named);
  const names = new JournalNames(named.geometry);
  const wanted = scenarios.filter(({ name }) => deep === undefined || name === deep.scenario);
  for (let depth = 2; depth <= (deep?.depth ?? 2); depth++) {
    const limits = { ...DRIFTING_CUTS, ...(deep && { outcomes: deep.outcomes }), depth };
    const explorer = new Explorer(rig, limits, (content) => names.nameOf(content));
    const found = firstFinding(explorer, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function plainFailure(buggy: WebAssembly.Module): string | undefined {
  const failures = HUNTED.flatMap((index) => plainChecks(buggy, GEOMETRIES[index]!));
  return [...failures, ...refusalChecks(buggy)][0]?.text;
}

/** @param sound the boot loader without a bug. */
export async function hunt(sound: WebAssembly.Module, bug: PlantedBug): Promise<Hunt> {
  const { id, title } = bug;
  const buggy = await plantedModule(bug);
  const plain = plainFailure(buggy);
  if (plain !== undefined) return { id, title, means: "no cut", text: plain };
  // What only several cuts find, one cut does not find on any of them.
  const hunted = bug.deep === undefined ? HUNTED : HUNTED.slice(0, 1);
  const grounds = hunted.map((index) => prepare(sound, buggy, GEOMETRIES[index]!));
  for (const [means, limits] of TRIES) {
    if (means === "two cuts" && bug.deep !== undefined) break;
    for (const { rig, scenarios } of grounds) {
      const found = firstFinding(new Explorer(rig, limits, exactName), scenarios);
      if (found !== undefined) return { id, title, means, text: found.text };
    }
  }
  const deep = huntDeep(sound, buggy, bug.deep);
  if (deep === undefined) return { id, title, means: undefined, text: "" };
  return { id, title, means: deep.cuts.length > 2 ? "three cuts" : "two cuts", text: deep.text };
}
