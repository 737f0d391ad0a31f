// Looks for a planted bug, with the least that finds it.
import { OUTCOMES, type Outcome } from "../../../sim/flash/torn.ts";
import { Explorer, type Finding } from "./explorer.ts";
import { GEOMETRIES } from "./geometries.ts";
import { plainChecks, refusalChecks } from "./plain-checks.ts";
import type { PlantedBug } from "./planted-bugs.ts";
import { plantedModule } from "./planted-module.ts";
import { Rig } from "./rig.ts";
import { campaignImages, type Scenario, scenariosOn } from "./scenarios.ts";
import { exactName } from "./state-name.ts";

/** What it took: no cut at all; one cut between whole operations, as the simulator of MCUboot has it; more than that. */
export const MEANS = ["no cut", "atomic cut", "torn operation", "nested cuts"] as const;
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

function huntOn(rig: Rig, scenarios: readonly Scenario[], depth: number, outcomes: readonly Outcome[]) {
  const explorer = new Explorer(
    rig,
    { depth, outcomes, nestedPerDepth: NESTED, stopAtFailure: true, auditEvery: Infinity },
    exactName,
  );
  for (const scenario of scenarios) {
    explorer.explore(scenario);
    if (explorer.result.findings.length > 0) return explorer.result.findings[0];
  }
  return undefined;
}

type Try = (rig: Rig, scenarios: readonly Scenario[]) => Finding | undefined;

const TRIES: readonly (readonly [Means, Try])[] = [
  ["no cut", (rig, scenarios) => huntOn(rig, scenarios, 0, [])],
  ["atomic cut", (rig, scenarios) => huntOn(rig, scenarios, 1, ATOMIC)],
  ["torn operation", (rig, scenarios) => huntOn(rig, scenarios, 1, OUTCOMES)],
  ["nested cuts", (rig, scenarios) => huntOn(rig, scenarios, 2, OUTCOMES)],
  ["nested cuts", (rig, scenarios) => huntOn(rig, scenarios, 3, OUTCOMES)],
];

interface Ground {
  readonly rig: Rig;
  readonly scenarios: readonly Scenario[];
}

/** A board whose flash was prepared by the sound boot loader, so that only the hunted run can fail. */
function prepare(sound: WebAssembly.Module, buggy: WebAssembly.Module): readonly Ground[] {
  return HUNTED.map((index) => {
    const named = GEOMETRIES[index]!;
    const images = campaignImages(named);
    return { rig: new Rig(buggy, named, images), scenarios: scenariosOn(new Rig(sound, named, images)) };
  });
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
  const grounds = prepare(sound, buggy);
  for (const [means, attempt] of TRIES) {
    for (const { rig, scenarios } of grounds) {
      const found = attempt(rig, scenarios);
      if (found !== undefined) return { id, title, means, text: found.text };
    }
  }
  return { id, title, means: undefined, text: "" };
}
