/** One change of a digital signal, at cycle + phase / P. */
export interface Change {
  readonly cycle: number;
  readonly phase: number;
  readonly name: string;
  readonly value: number;
}

/** Waveforms of digital signals from cycle 0 on. */
export interface Waves {
  /** Values at cycle 0; what is not told is 0. */
  readonly initial: ReadonlyMap<string, number>;
  /** What changes after cycle 0, by rising time. */
  readonly changes: readonly Change[];
}
