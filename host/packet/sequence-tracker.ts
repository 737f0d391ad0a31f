export interface Arrival {
  readonly order: "in-order" | "late" | "duplicate";
  /** Reports that were skipped just before this one. */
  readonly gap: number;
}

const IN_ORDER: Arrival = { order: "in-order", gap: 0 };
const LATE: Arrival = { order: "late", gap: 0 };
const DUPLICATE: Arrival = { order: "duplicate", gap: 0 };

/** Gaps remembered, so that a late report can be told from a repeated one. */
const MAX_GAPS = 256;

/** How far before the first report of a session another one may belong. */
const MAX_LEAD = 64;

/** Judges the sequence numbers (u32, wrapping) of the data reports of one session. */
export class SequenceTracker {
  #first = 0;
  #next: number | undefined;
  #gaps: { from: number; to: number }[] = [];
  #missing = 0;

  /** Reports skipped and not arrived since. */
  get missing(): number {
    return this.#missing;
  }

  /** Reports that the device has sent so far, as far as the numbers tell. */
  get seen(): number {
    return this.#next === undefined ? 0 : (this.#next - this.#first) >>> 0;
  }

  accept(sequence: number): Arrival {
    if (this.#next === undefined) {
      this.#first = sequence;
      this.#next = (sequence + 1) >>> 0;
      return IN_ORDER;
    }
    const ahead = (sequence - this.#next) | 0;
    if (ahead < 0) return this.#fromThePast(sequence);
    if (ahead > 0) this.#remember(this.#next, sequence, ahead);
    this.#next = (sequence + 1) >>> 0;
    return ahead === 0 ? IN_ORDER : { order: "in-order", gap: ahead };
  }

  /** The sender says that `sent` reports have left it: those at the end that have not come are missing. */
  settle(sent: number): number {
    if (this.#next === undefined) return this.#settleSilence(sent);
    const ahead = sent - this.seen;
    if (ahead <= 0) return 0;
    const to = (this.#next + ahead) >>> 0;
    this.#remember(this.#next, to, ahead);
    this.#next = to;
    return ahead;
  }

  /** Not one has come: how many are missing is known, not which. */
  #settleSilence(sent: number): number {
    const gone = Math.max(0, sent - this.#missing);
    this.#missing += gone;
    return gone;
  }

  #remember(from: number, to: number, count: number): void {
    this.#missing += count;
    this.#gaps.push({ from, to });
    if (this.#gaps.length > MAX_GAPS) this.#gaps.shift();
  }

  #fromThePast(sequence: number): Arrival {
    const beforeFirst = (this.#first - sequence) | 0;
    if (beforeFirst > 0) return this.#beforeFirst(sequence, beforeFirst);
    const index = this.#gaps.findIndex(({ from, to }) => (sequence - from) >>> 0 < (to - from) >>> 0);
    if (index < 0) return DUPLICATE;
    const { from, to } = this.#gaps[index]!;
    const rest = [
      { from, to: sequence },
      { from: (sequence + 1) >>> 0, to },
    ].filter((gap) => gap.from !== gap.to);
    this.#gaps.splice(index, 1, ...rest);
    if (this.#gaps.length > MAX_GAPS) this.#gaps.shift();
    this.#missing--;
    return LATE;
  }

  /** The first reports of a session changed places. */
  #beforeFirst(sequence: number, distance: number): Arrival {
    if (distance > MAX_LEAD) return DUPLICATE;
    if (distance > 1) this.#remember((sequence + 1) >>> 0, this.#first, distance - 1);
    this.#first = sequence;
    return LATE;
  }
}
