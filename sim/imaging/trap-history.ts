// Which of a band's two trap buffers holds what. The board exposes frames ahead and may discard them: the frame exposed
// last can be exposed again, from the traps as they were before it.

/** Traps at the last read of `frame`; undefined: nothing known, empty traps. */
interface TrapRecord {
  readonly frame: number;
  /** f64 [row of the band]: the last read, seconds after the frame's release. */
  readonly lastReadS: Float64Array;
}

/** What a frame starts from. */
export interface TrapStart {
  /** Buffer to read from (0 or 1); the other one takes the result. */
  readonly from: 0 | 1;
  /** f64 [row]: seconds at reset since the last read; undefined: the traps are empty. */
  readonly idleS: Float64Array | undefined;
}

export class TrapHistory {
  #before: TrapRecord | undefined;
  #latest: TrapRecord | undefined;
  /** Buffer of #latest; #before is in the other one. */
  #latestBuffer: 0 | 1 = 0;

  /**
   * Start `frame`. A later frame than the latest continues from that; frames between them (never exposed) count with the
   * same period at reset. The latest frame again starts where it started; an earlier one, whose past is gone, starts empty.
   * @param framePeriodS from the release of the frame before to this one's; 0: first frame, empty traps.
   * @param lastReadS of this frame, f64 [row].
   */
  start(frame: number, framePeriodS: number, lastReadS: Float64Array): TrapStart {
    if (this.#latest !== undefined && frame > this.#latest.frame) {
      this.#before = this.#latest;
      this.#latestBuffer = this.#latestBuffer === 0 ? 1 : 0;
    }
    const known = this.#before !== undefined && this.#before.frame < frame ? this.#before : undefined;
    this.#latest = { frame, lastReadS: lastReadS.slice() };
    this.#before = known;
    const from = this.#latestBuffer === 0 ? 1 : 0;
    if (known === undefined || framePeriodS === 0) return { from, idleS: undefined };
    const elapsedS = framePeriodS * (frame - known.frame);
    return { from, idleS: known.lastReadS.map((readS) => elapsedS - readS) };
  }
}
