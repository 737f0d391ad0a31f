// The reachable states of a board, as the host sees them after a boot: what every action leads to, completed, cut at any
// flash operation in any way, or followed by a reset.
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import type { FlashContent } from "../../../sim/flash/nor-flash.ts";
import { OUTCOMES } from "../../../sim/flash/torn.ts";
import { bootModule } from "./boot-module.ts";
import { GEOMETRIES } from "./geometries.ts";
import { install } from "./host-policy.ts";
import { FRESH, NONE } from "./oracle.ts";
import { Rig } from "./rig.ts";
import { campaignImages, damage, EQUAL, FAILING, FIRST, fill, SECOND } from "./scenarios.ts";

export interface BootState {
  /** As "A confirmed, B on trial: trial of B". */
  readonly name: string;
  /** BOOT_* */
  readonly result: number;
}

export interface StateEdge {
  readonly from: string;
  readonly to: string;
  /** What leads there when it is completed; "cut: ..." when only a cut in it does. */
  readonly events: readonly string[];
}

export interface StateGraph {
  readonly states: readonly BootState[];
  readonly edges: readonly StateEdge[];
  /** States from which nothing leads to a confirmed image that runs. */
  readonly deadEnds: readonly string[];
}

const STATE_NAMES: ReadonlyMap<number, string> = new Map([
  [Flash.SLOT_EMPTY, "empty"],
  [Flash.SLOT_INSTALLING, "unfinished"],
  [Flash.SLOT_PENDING, "pending"],
  [Flash.SLOT_TRIAL, "on trial"],
  [Flash.SLOT_CONFIRMED, "confirmed"],
  [Flash.SLOT_REJECTED, "rejected"],
]);

const SLOTS = ["A", "B"];

function nameOf(rig: Rig, result: number): string {
  const { slotStates, running } = rig.status;
  const slots = slotStates.map((state, slot) => `${SLOTS[slot]} ${STATE_NAMES.get(state)}`).join(", ");
  return result === Flash.BOOT_RECOVERY || running === undefined
    ? `${slots}: recovery`
    : `${slots}: ${SLOTS[running]} runs`;
}

function beginOnly(rig: Rig, image: number): void {
  rig.loader.begin(rig.images[image]!.bytes.subarray(0, IMAGE_MANIFEST_BYTES));
}

const EVENTS: readonly (readonly [name: string, run: (rig: Rig) => void])[] = [
  ["reset", () => undefined],
  ["install", (rig) => install(rig, rig.running() === SECOND ? EQUAL : SECOND)],
  ["install an image that fails", (rig) => install(rig, FAILING)],
  ["begin to install", (rig) => beginOnly(rig, rig.running() === SECOND ? EQUAL : SECOND)],
  ["confirm", (rig) => rig.loader.confirm()],
  ["revert", (rig) => rig.loader.revert()],
  ["erase A", (rig) => rig.loader.erase(0)],
  ["erase B", (rig) => rig.loader.erase(1)],
  [
    "image that runs is damaged",
    (rig) => rig.status.running !== undefined && damage(rig, rig.status.running),
  ],
];

class Walker {
  readonly edges = new Map<string, Map<string, Set<string>>>();
  readonly results = new Map<string, number>();
  private readonly rig: Rig;
  /** A content that boots into a state. */
  private readonly contents = new Map<string, FlashContent>();
  private readonly waiting: string[] = [];

  constructor(rig: Rig) {
    this.rig = rig;
  }

  walk(start: FlashContent): void {
    this.arrive(start);
    for (let state = this.waiting.shift(); state !== undefined; state = this.waiting.shift()) {
      for (const [event, run] of EVENTS) this.follow(state, event, run);
    }
  }

  /** The state that a content boots into. */
  private arrive(content: FlashContent): string {
    this.rig.start(content, FRESH);
    const result = this.rig.loader.boot(Flash.RESET_POWER);
    const name = nameOf(this.rig, result);
    if (this.contents.has(name)) return name;
    this.contents.set(name, content);
    this.results.set(name, result);
    this.waiting.push(name);
    return name;
  }

  private follow(state: string, event: string, run: (rig: Rig) => void): void {
    const { rig } = this;
    const cuts: FlashContent[] = [];
    rig.start(this.contents.get(state)!, { ...FRESH, current: NONE });
    rig.flash.fault = (operation) => {
      for (const outcome of OUTCOMES)
        if (outcome !== "noOp") cuts.push(rig.flash.preview(operation, outcome));
      return undefined;
    };
    rig.loader.boot(Flash.RESET_POWER);
    run(rig);
    rig.flash.fault = undefined;
    const completed = this.arrive(rig.flash.content);
    this.connect(state, completed, event);
    for (const content of cuts) {
      const cut = this.arrive(content);
      if (cut !== completed && cut !== state) this.connect(state, cut, `cut: ${event}`);
    }
  }

  private connect(from: string, to: string, event: string): void {
    const targets = this.edges.get(from) ?? new Map<string, Set<string>>();
    const events = targets.get(to) ?? new Set<string>();
    this.edges.set(from, targets.set(to, events.add(event)));
  }
}

/** States from which none of `goals` can be reached. */
function deadEnds(states: readonly BootState[], edges: readonly StateEdge[]): string[] {
  const reaching = new Set(
    states.filter(({ result }) => result === Flash.BOOT_CONFIRMED).map(({ name }) => name),
  );
  for (let grew = true; grew; ) {
    const before = reaching.size;
    for (const { from, to } of edges) if (reaching.has(to)) reaching.add(from);
    grew = reaching.size > before;
  }
  return states.map(({ name }) => name).filter((name) => !reaching.has(name));
}

/** Walks all states that can be reached from an empty flash and from one that the factory filled. */
export function stateGraph(): StateGraph {
  const named = GEOMETRIES[1]!;
  const rig = new Rig(bootModule(), named, campaignImages(named));
  const walker = new Walker(rig);
  walker.walk(rig.empty);
  rig.start(rig.empty, FRESH);
  fill(rig, 0, FIRST);
  walker.walk(rig.flash.content);
  const states = [...walker.results].map(([name, result]) => ({ name, result }));
  const edges = [...walker.edges].flatMap(([from, targets]) =>
    [...targets].map(([to, events]) => ({ from, to, events: [...events] })),
  );
  return { states, edges, deadEnds: deadEnds(states, edges) };
}
