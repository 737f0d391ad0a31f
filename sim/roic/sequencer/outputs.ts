/** One change of one signal. */
export interface Edge {
  /** Cycle of the ROIC clock, counted from the first frame's start. */
  readonly cycle: number;
  /** Sub-clock phase, 0 .. phasesPerCycle - 1; other than 0 for laser and film gate alone. */
  readonly phase: number;
  /** Index into the signal list of the machine. */
  readonly signal: number;
  readonly value: number;
}

interface Change {
  readonly phase: number;
  readonly signal: number;
  readonly value: number;
}

/**
 * Output latches. All signals start at 0. What the units of a machine set in one cycle is ordered by phase and signal;
 * the last value of a signal at one instant holds, and what does not change is no edge.
 */
export class Outputs {
  readonly values: Float64Array;
  readonly #wanted: (signal: number) => boolean;
  #changes: Change[] = [];

  /** @param wanted whether anybody looks at a signal; the others are not recorded. */
  constructor(signals: number, wanted: (signal: number) => boolean = () => true) {
    this.values = new Float64Array(signals);
    this.#wanted = wanted;
  }

  set(signal: number, value: number, phase = 0): void {
    if (this.#wanted(signal)) this.#changes.push({ phase, signal, value });
  }

  /** The edges of this cycle; forgets them. */
  flush(cycle: number): Edge[] {
    if (this.#changes.length === 0) return [];
    const changes = this.#changes.sort((a, b) => a.phase - b.phase || a.signal - b.signal);
    this.#changes = [];
    const edges: Edge[] = [];
    changes.forEach(({ phase, signal, value }, i) => {
      const next = changes[i + 1];
      if (next?.signal === signal && next.phase === phase) return;
      if (this.values[signal] === value) return;
      this.values[signal] = value;
      edges.push({ cycle, phase, signal, value });
    });
    return edges;
  }
}
