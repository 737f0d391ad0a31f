// Forks the flash at every operation of a run, once for each way the operation can go wrong, and runs on from each fork
// that is new. A node is a board in which the power comes back: a content of the flash, and what the host knows. Its run
// is the host's way from there to the goal, in as many power sessions as that takes. Each session is run once only: a
// run ends where it comes to a node from which another run has reached the goal.
import type { FlashContent, FlashOperation } from "../../../sim/flash/nor-flash.ts";
import type { Outcome } from "../../../sim/flash/torn.ts";
import { BOOTS_MAX } from "./host-policy.ts";
import { type Failure, forgetful, type Oracle, oracleKey } from "./oracle.ts";
import { guarded, type Rig } from "./rig.ts";
import type { Scenario } from "./scenarios.ts";
import { exactName } from "./state-name.ts";

export interface Limits {
  /** Cuts nested in each other; Infinity: until nothing new is found. */
  readonly depth: number;
  readonly outcomes: readonly Outcome[];
  /** The first cut is tried everywhere. Of cuts nested in it as many as this at each depth, evenly spread; Infinity: all. */
  readonly nestedPerDepth: number;
  /** Stop at the first failure. */
  readonly stopAtFailure: boolean;
  /** Of nodes that have the name of another one but other cells, every how many the two are compared; Infinity: none. */
  readonly auditEvery: number;
}

/** Contents with the same name are the same to the boot loader and the host. */
export type ContentName = (content: FlashContent) => string;

export interface Finding extends Failure {
  readonly scenario: string;
  /** Operation and outcome of every cut that led there. */
  readonly cuts: readonly string[];
}

/** What the cuts of one depth found. */
export interface Level {
  readonly cutPoints: number;
  readonly states: number;
}

export interface Exploration {
  /** Distinct (node, operation, outcome) whose result was run to the goal, or is the same as one that was. */
  readonly cutPoints: number;
  /** Distinct nodes that were run. */
  readonly states: number;
  /** Per number of cuts before, from 0 on. */
  readonly levels: readonly Level[];
  readonly maxBootsToRecover: number;
  /** Nodes that were compared with the one that has their name: all that a cut makes of them has the same names. */
  readonly audited: number;
  readonly findings: readonly Finding[];
}

/** The cuts that led to a node, the last first. */
interface Trace {
  readonly before: Trace | undefined;
  readonly operation: FlashOperation | undefined;
  readonly outcome: Outcome | undefined;
}

interface Node {
  readonly key: string;
  readonly content: FlashContent;
  readonly oracle: Oracle;
  readonly depth: number;
  readonly trace: Trace | undefined;
  /** Operations of its first session that do nothing though the flash reports success. */
  readonly idle: readonly number[];
  /** The power was cut at least once. */
  readonly wasCut: boolean;
}

/** What is known of a node that was met. */
interface Visit {
  readonly depth: number;
  /** Boots from there to the goal; 0 as long as it was not run. */
  readonly boots: number;
}

/** The power session under way. */
interface Session {
  readonly content: FlashContent;
  readonly oracle: Oracle;
  readonly idle: readonly number[];
  readonly forks: boolean;
  operations: number;
}

/** Ends a run: the rest of it is known. */
class RestIsKnown extends Error {
  override readonly name = "RestIsKnown";
}
const REST_IS_KNOWN = new RestIsKnown();

/** Neighbouring forks differ in the outcome: the stride must have no factor in common with their number. */
function strideFor(forks: number, wanted: number): number {
  let stride = Math.max(1, Math.floor(forks / wanted));
  while (stride > 1 && (stride % 2 === 0 || stride % 3 === 0)) stride++;
  return stride;
}

function cutsOf(trace: Trace | undefined): string[] {
  if (trace === undefined) return [];
  const { before, operation, outcome } = trace;
  const what =
    operation === undefined
      ? "during the trial"
      : `${operation.kind} 0x${operation.address.toString(16)} ${outcome}`;
  return [...cutsOf(before), what];
}

export class Explorer {
  private readonly rig: Rig;
  private readonly limits: Limits;
  private readonly nameOf: ContentName;
  private readonly findings: Finding[] = [];
  private readonly levels: { cutPoints: number; states: number }[] = [];
  private maxBoots = 0;
  private audited = 0;

  // Of the scenario being explored:
  private visits = new Map<string, Visit>();
  private next: Node[] = [];
  private leaves: Node[] = [];
  /** Every how many forks one is followed. */
  private stride = 1;
  private candidates = 0;
  /** The first node of each name, as long as nodes are compared. */
  private namesakes = new Map<string, Node>();
  private merged = 0;
  private toAudit: Node[] = [];

  // Of the run under way:
  private session: Session | undefined;
  /** Nodes that it passed, and after how many boots. */
  private passed = new Map<string, number>();
  private bootsInAll = 0;
  /** Names of what can become of a node, as long as only that is asked. */
  private successors: Set<string> | undefined;

  constructor(rig: Rig, limits: Limits, nameOf: ContentName) {
    this.rig = rig;
    this.limits = limits;
    this.nameOf = nameOf;
  }

  /** Everything found so far. */
  get result(): Exploration {
    const { levels, maxBoots: maxBootsToRecover, audited, findings } = this;
    const cutPoints = levels.reduce((sum, level) => sum + level.cutPoints, 0);
    const states = levels.reduce((sum, level) => sum + level.states, 0);
    return { cutPoints, states, levels, maxBootsToRecover, audited, findings };
  }

  /** Runs a scenario with all its cuts. */
  explore(scenario: Scenario): void {
    const { start: content, oracle } = scenario;
    this.visits = new Map();
    this.namesakes = new Map();
    this.stride = 1;
    this.candidates = 0;
    let forksOfRun = 0;
    const key = this.keyOf(content, oracle, [], false);
    let level: Node[] = [{ key, content, oracle, depth: 0, trace: undefined, idle: [], wasCut: false }];
    while (level.length > 0) {
      this.next = [];
      for (const node of level) {
        this.run(scenario, node);
        for (const leaf of this.leaves.splice(0)) this.run(scenario, leaf);
        for (const twin of this.toAudit.splice(0)) this.audit(scenario, twin);
        if (this.limits.stopAtFailure && this.findings.length > 0) return;
      }
      if (forksOfRun === 0) forksOfRun = this.candidates;
      this.stride = strideFor(this.next.length * forksOfRun, this.limits.nestedPerDepth);
      level = this.next;
    }
  }

  private keyOf(content: FlashContent, oracle: Oracle, idle: readonly number[], wasCut: boolean): string {
    return `${this.nameOf(content)} ${oracleKey(oracle)} ${idle} ${wasCut}`;
  }

  private levelOf(depth: number) {
    this.levels[depth] ??= { cutPoints: 0, states: 0 };
    return this.levels[depth];
  }

  private run(scenario: Scenario, node: Node): void {
    // Another run may have passed it meanwhile.
    const visit = this.visits.get(node.key);
    if (visit !== undefined && visit.boots > 0 && visit.depth <= node.depth) return;
    this.judge(scenario, node, this.follow(scenario, node));
  }

  /** @returns the boots to the goal. */
  private follow(scenario: Scenario, node: Node): number {
    const { rig } = this;
    rig.start(node.content, node.oracle);
    rig.held = scenario.held;
    this.passed = new Map();
    this.listen(node);
    try {
      guarded(rig, node.wasCut ? scenario.afterCut : scenario.goal);
      return rig.boots;
    } catch (error) {
      if (!(error instanceof RestIsKnown)) throw error;
      return this.bootsInAll;
    } finally {
      rig.stopListening();
    }
  }

  /** Two nodes of one name must lead to the same. */
  private audit(scenario: Scenario, twin: Node): void {
    const names = this.successorsOf(scenario, twin);
    const expected = this.successorsOf(scenario, this.namesakes.get(twin.key)!);
    this.audited++;
    if ([...names].sort().join() === [...expected].sort().join()) return;
    const text = "contents of the same name lead to contents of different names";
    this.findings.push({ kind: "other", text, scenario: scenario.name, cuts: cutsOf(twin.trace) });
  }

  /** Names of all that one cut, or none, can make of a node until the next boot. */
  private successorsOf(scenario: Scenario, node: Node): ReadonlySet<string> {
    const successors = new Set<string>();
    this.successors = successors;
    this.follow(scenario, node);
    this.successors = undefined;
    return successors;
  }

  private judge(scenario: Scenario, node: Node, boots: number): void {
    const { rig } = this;
    if (boots > BOOTS_MAX + 1) rig.fail("brick", `${boots} boots to the goal`);
    if (rig.flash.breaches > 0) rig.fail("other", `${rig.flash.breaches} operations that no flash allows`);
    this.maxBoots = Math.max(this.maxBoots, rig.recoveredAt);
    for (const [key, before] of this.passed)
      this.visits.set(key, { depth: node.depth, boots: boots - before });
    for (const failure of rig.failures)
      this.findings.push({ ...failure, scenario: scenario.name, cuts: cutsOf(node.trace) });
  }

  /** Forks at every operation of the run that begins. */
  private listen(node: Node): void {
    const { rig } = this;
    rig.onBoot = (isLast) => this.beginSession(node, isLast);
    rig.flash.fault = (operation) => {
      const session = this.session!;
      const number = session.operations++;
      if (session.idle.includes(number)) return "noOp";
      if (session.forks && number > (session.idle.at(-1) ?? -1)) this.fork(node, session, operation, number);
      return undefined;
    };
    rig.onTrial = () => {
      if (this.session!.forks)
        this.cut(node, rig.flash.content, { before: node.trace, operation: undefined, outcome: undefined });
    };
  }

  /** @param isLast the goal is reached, and must last: this boot tells. @throws RestIsKnown */
  private beginSession(node: Node, isLast: boolean): void {
    const { rig, limits } = this;
    const { content } = rig.flash;
    const { oracle, boots } = rig;
    const idle = boots === 0 ? node.idle : [];
    const key = boots === 0 ? node.key : this.keyOf(content, oracle, idle, node.wasCut);
    if (this.successors !== undefined) {
      this.successors.add(key);
      if (boots > 0) throw REST_IS_KNOWN;
      this.session = { content, oracle, idle, forks: true, operations: 0 };
      return;
    }
    const visit = this.visits.get(key);
    const isKnown = boots > 0 && visit !== undefined && visit.boots > 0 && visit.depth <= node.depth;
    if (isKnown && !isLast) {
      this.bootsInAll = boots + visit.boots;
      throw REST_IS_KNOWN;
    }
    if (this.passed.has(key) && !isLast) {
      rig.fail("brick", "the board is where it was before: the goal is never reached");
      this.bootsInAll = boots;
      throw REST_IS_KNOWN;
    }
    if (!isKnown && !this.passed.has(key)) {
      this.levelOf(node.depth).states++;
      this.passed.set(key, boots);
      this.remember({ ...node, key, content, oracle, idle });
    }
    this.session = { content, oracle, idle, forks: !isKnown && node.depth < limits.depth, operations: 0 };
  }

  private remember(node: Node): void {
    if (this.limits.auditEvery < Infinity && !this.namesakes.has(node.key))
      this.namesakes.set(node.key, node);
  }

  private fork(node: Node, session: Session, operation: FlashOperation, number: number): void {
    for (const outcome of this.limits.outcomes) {
      if (this.successors === undefined && this.candidates++ % this.stride !== 0) continue;
      const trace = { before: node.trace, operation, outcome };
      if (outcome === "noOp") this.idle(node, session, number, trace);
      else this.cut(node, this.rig.flash.preview(operation, outcome), trace);
    }
  }

  /** The host knows what it knew, but must begin anew. */
  private cut(node: Node, content: FlashContent, trace: Trace): void {
    const oracle = forgetful(this.rig.oracle);
    const key = this.keyOf(content, oracle, [], true);
    this.keepNew({ key, content, oracle, depth: node.depth + 1, trace, idle: [], wasCut: true });
  }

  private idle(node: Node, session: Session, number: number, trace: Trace): void {
    const { content, oracle } = session;
    const { wasCut, depth } = node;
    const idle = [...session.idle, number];
    const key = this.keyOf(content, oracle, idle, wasCut);
    this.keepNew({ key, content, oracle, depth: depth + 1, trace, idle, wasCut });
  }

  private keepNew(child: Node): void {
    if (this.successors !== undefined) {
      this.successors.add(child.key);
      return;
    }
    this.levelOf(child.depth).cutPoints++;
    const visit = this.visits.get(child.key);
    if (visit !== undefined && visit.depth <= child.depth) {
      this.merge(child);
      return;
    }
    this.remember(child);
    this.visits.set(child.key, { depth: child.depth, boots: 0 });
    (child.depth < this.limits.depth ? this.next : this.leaves).push(child);
  }

  /** A node of its name is known. */
  private merge(twin: Node): void {
    const namesake = this.namesakes.get(twin.key);
    if (namesake === undefined || exactName(namesake.content) === exactName(twin.content)) return;
    if (this.merged++ % this.limits.auditEvery === 0) this.toAudit.push(twin);
  }
}
