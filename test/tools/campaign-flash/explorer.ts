// Forks the flash at every operation of a run, once for each way the operation can go wrong, and runs on from each fork
// that is new. A node is a content of the flash after some cuts; its run is the host's way from there to the goal.
import { contentHash, type FlashContent, type FlashOperation } from "../../../sim/flash/nor-flash.ts";
import type { Outcome } from "../../../sim/flash/torn.ts";
import { type Failure, type Oracle, oracleKey } from "./oracle.ts";
import { guarded, type Rig } from "./rig.ts";
import type { Scenario } from "./scenarios.ts";

export interface Limits {
  /** Cuts nested in each other. */
  readonly depth: number;
  readonly outcomes: readonly Outcome[];
  /** The first cut is tried everywhere. Of cuts nested in it as many as this at each depth, evenly spread. */
  readonly nestedPerDepth: number;
  /** Stop at the first failure. */
  readonly stopAtFailure: boolean;
}

export interface Finding extends Failure {
  readonly scenario: string;
  /** Operation and outcome of every cut that led there. */
  readonly cuts: readonly string[];
}

export interface Exploration {
  /** Distinct (content, operation, outcome) whose result was run to the goal, or is the same as one that was. */
  readonly cutPoints: number;
  /** Distinct contents that were run. */
  readonly states: number;
  readonly maxBootsToRecover: number;
  readonly findings: readonly Finding[];
}

interface Node {
  readonly content: FlashContent;
  readonly oracle: Oracle;
  readonly depth: number;
  readonly cuts: readonly string[];
  /** Operation of this run that does nothing though the flash reports success. */
  readonly idle: number | undefined;
  /** The power was cut at least once. */
  readonly wasCut: boolean;
  /** Operations and outcomes that led here. */
  weight: number;
  ran: boolean;
}

/** Neighbouring forks differ in the outcome: the stride must have no factor in common with their number. */
function strideFor(forks: number, wanted: number): number {
  let stride = Math.max(1, Math.floor(forks / wanted));
  while (stride > 1 && (stride % 2 === 0 || stride % 3 === 0)) stride++;
  return stride;
}

export class Explorer {
  private readonly rig: Rig;
  private readonly limits: Limits;
  private readonly findings: Finding[] = [];
  private cutPoints = 0;
  private states = 0;
  private maxBoots = 0;
  /** Every how many forks one is followed. */
  private stride = 1;
  private candidates = 0;
  /** Forks of the run without a cut. */
  private forksOfRun = 0;

  constructor(rig: Rig, limits: Limits) {
    this.rig = rig;
    this.limits = limits;
  }

  /** Everything found so far. */
  get result(): Exploration {
    const { cutPoints, states, maxBoots: maxBootsToRecover, findings } = this;
    return { cutPoints, states, maxBootsToRecover, findings };
  }

  /** Runs a scenario with all its cuts. */
  explore(scenario: Scenario): void {
    const { start: content, oracle } = scenario;
    const seen = new Map<string, Node>();
    let level: Node[] = [
      { content, oracle, depth: 0, cuts: [], idle: undefined, wasCut: false, weight: 0, ran: false },
    ];
    this.stride = 1;
    this.candidates = 0;
    this.forksOfRun = 0;
    while (level.length > 0) {
      const next: Node[] = [];
      for (const node of level) {
        this.run(scenario, node, (child) => this.keepNew(seen, next, child));
        if (this.limits.stopAtFailure && this.findings.length > 0) return;
      }
      if (this.forksOfRun === 0) this.forksOfRun = this.candidates;
      this.stride = strideFor(next.length * this.forksOfRun, this.limits.nestedPerDepth);
      level = next;
    }
  }

  private run(scenario: Scenario, node: Node, found: (child: Node) => void): void {
    const { rig } = this;
    this.states++;
    this.cutPoints += node.weight;
    node.ran = true;
    rig.start(node.content, node.oracle);
    rig.held = scenario.held;
    this.listen(node, found);
    guarded(rig, node.wasCut ? scenario.afterCut : scenario.goal);
    rig.flash.fault = undefined;
    rig.onTrial = undefined;
    if (rig.flash.breaches > 0) rig.fail("other", `${rig.flash.breaches} operations that no flash allows`);
    this.maxBoots = Math.max(this.maxBoots, rig.recoveredAt);
    for (const failure of rig.failures)
      this.findings.push({ ...failure, scenario: scenario.name, cuts: node.cuts });
  }

  /** Forks at every operation of the run that begins. */
  private listen(node: Node, found: (child: Node) => void): void {
    const { rig, limits } = this;
    const forks = node.depth < limits.depth;
    let count = 0;
    rig.flash.fault = (operation) => {
      const number = count++;
      if (number === node.idle) return "noOp";
      if (forks && number > (node.idle ?? -1)) this.fork(node, operation, number, found);
      return undefined;
    };
    rig.onTrial = () => {
      if (forks) found(this.child(node, rig.flash.content, "during the trial"));
    };
  }

  private fork(node: Node, operation: FlashOperation, number: number, found: (child: Node) => void): void {
    const { rig } = this;
    for (const outcome of this.limits.outcomes) {
      if (this.candidates++ % this.stride !== 0) continue;
      const what = `${operation.kind} 0x${operation.address.toString(16)} ${outcome}`;
      if (outcome !== "noOp") found(this.child(node, rig.flash.preview(operation, outcome), what));
      else if (node.idle === undefined)
        found({
          ...node,
          depth: node.depth + 1,
          cuts: [...node.cuts, what],
          idle: number,
          weight: 1,
          ran: false,
        });
    }
  }

  private child(node: Node, content: FlashContent, what: string): Node {
    const { oracle } = this.rig;
    const cuts = [...node.cuts, what];
    return {
      content,
      oracle,
      depth: node.depth + 1,
      cuts,
      idle: undefined,
      wasCut: true,
      weight: 1,
      ran: false,
    };
  }

  /** A content that was met before, with the same knowledge outside, leads nowhere new. */
  private keepNew(seen: Map<string, Node>, next: Node[], child: Node): void {
    const key = `${contentHash(child.content)} ${oracleKey(child.oracle)} ${child.idle} ${child.wasCut}`;
    const known = seen.get(key);
    if (known === undefined) {
      seen.set(key, child);
      next.push(child);
    } else if (known.ran) this.cutPoints++;
    else known.weight++;
  }
}
