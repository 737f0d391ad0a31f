import { FaultLog } from "./fault-log.ts";
import type { FaultPipe, FaultRule, FaultSpec } from "./fault-spec.ts";
import { parseFaults } from "./parse-faults.ts";
import { Random } from "./random.ts";

/** Stream of the generator for what happens inside of a packet; rules have those from 0. */
const DAMAGE_STREAM = 0xffff_ffff;

interface Watch {
  readonly rule: FaultRule;
  readonly random: Random;
}

/** The fault that a packet gets. */
export interface ChosenFault {
  readonly rule: FaultRule;
  /** Number of the packet on its pipe. */
  readonly index: number;
}

/**
 * Decides which packet gets which fault. Counts go on over every transport that it is given to, so that a device which is opened
 * again after an unplug is not unplugged again at the same packet.
 */
export class FaultInjector {
  readonly log = new FaultLog();
  /** For places inside of a packet. */
  readonly random: Random;
  readonly #watches: Readonly<Record<FaultPipe, readonly Watch[]>>;
  readonly #packets: Record<FaultPipe, number> = { in: 0, out: 0, set: 0, get: 0 };

  /** @throws FaultSpecError for text that parseFaults() refuses. */
  constructor(faults: string | FaultSpec) {
    const { rules, seed } = typeof faults === "string" ? parseFaults(faults) : faults;
    this.random = new Random(seed, DAMAGE_STREAM);
    const watches = rules.map((rule, i) => ({ rule, random: new Random(seed, i) }));
    const on = (pipe: FaultPipe) => watches.filter(({ rule }) => rule.pipe === pipe);
    this.#watches = { in: on("in"), out: on("out"), set: on("set"), get: on("get") };
  }

  /** Packets that went, or tried to, by each pipe so far. */
  packets(): Readonly<Record<FaultPipe, number>> {
    return { ...this.#packets };
  }

  /** Count a packet. @returns its fault, which is logged. Every rate draws for every packet: rules do not move each other. */
  next(pipe: FaultPipe): ChosenFault | undefined {
    const index = this.#packets[pipe]++;
    let hit: FaultRule | undefined;
    for (const watch of this.#watches[pipe]) if (hits(watch, index)) hit ??= watch.rule;
    if (hit === undefined) return undefined;
    this.log.add(hit, index);
    return { rule: hit, index };
  }
}

function hits({ random, rule: { place } }: Watch, index: number): boolean {
  if ("rate" in place) return random.uniform() < place.rate;
  return index >= place.first && index < place.first + place.count;
}
