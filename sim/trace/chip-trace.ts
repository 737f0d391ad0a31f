import type { Edge } from "../roic/sequencer/outputs.ts";
import type { TracedSignal } from "./pixel-signals.ts";

/** Waveforms of frames 0, 1, ... of a board that has just been switched on, whatever its mode. */
export interface ChipTrace {
  readonly signals: readonly TracedSignal[];
  /** Edges of a signal within the window, an upper bound. */
  expectedEdges(signal: TracedSignal): number;
  /**
   * Edges by rising time from cycle 0 to the window's end, so that a reader knows all values where its window starts;
   * counter and ramp rest before the window.
   * @param selected machine indices of the signals to give.
   */
  edges(selected: ReadonlySet<number>): Promise<Iterable<Edge>>;
}
