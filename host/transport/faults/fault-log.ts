import type { FaultKind, FaultPipe, FaultRule } from "./fault-spec.ts";

/** A fault that was done. */
export interface DoneFault {
  readonly kind: FaultKind;
  readonly pipe: FaultPipe;
  /** Number of the packet on its pipe, from 0. */
  readonly index: number;
  /** The rule, as it stands in the specification. */
  readonly rule: string;
}

/** Number of faults by "PIPE.KIND"; those that never happened are left out. */
export type FaultCounts = Readonly<Partial<Record<`${FaultPipe}.${FaultKind}`, number>>>;

/** Faults kept one by one; older ones are only counted. */
const KEPT = 10_000;

/** What an injector has done so far. */
export class FaultLog {
  readonly #counts: Partial<Record<`${FaultPipe}.${FaultKind}`, number>> = {};
  #last: DoneFault[] = [];
  #total = 0;

  /** The last 10 000 of them at least, oldest first. */
  get faults(): readonly DoneFault[] {
    return this.#last;
  }

  get total(): number {
    return this.#total;
  }

  counts(): FaultCounts {
    return { ...this.#counts };
  }

  add({ kind, pipe, text }: FaultRule, index: number): void {
    this.#total++;
    this.#counts[`${pipe}.${kind}`] = (this.#counts[`${pipe}.${kind}`] ?? 0) + 1;
    this.#last.push({ kind, pipe, index, rule: text });
    if (this.#last.length >= 2 * KEPT) this.#last = this.#last.slice(-KEPT);
  }
}
