import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import * as S from "./signals.ts";
import type { Triggered } from "./trigger-unit.ts";

export interface FrameOptions {
  /** Frames to run; Infinity is allowed. */
  readonly frames: number;
  /** From a frame's start to the next one's; undefined: each waits for a trigger. */
  readonly periodCycles: number | undefined;
  /** The film is biased while a frame is under way. */
  readonly holdsFilm: boolean;
  readonly onStart: (cycle: number, frame: number) => void;
  /** No frame is under way any more. */
  readonly onIdle: (outputs: Outputs) => void;
}

/** Starts the frames of an acquisition and knows how many are under way. */
export class FrameUnit implements Unit, Triggered {
  dueCycle: number;
  doneCycle = Infinity;
  private started = 0;
  private ended = 0;
  private readonly options: FrameOptions;

  constructor(options: FrameOptions) {
    this.options = options;
    this.dueCycle = options.periodCycles === undefined || options.frames === 0 ? Infinity : 0;
  }

  get isIdle(): boolean {
    return this.started === this.ended && this.started < this.options.frames;
  }

  start(cycle: number): void {
    this.dueCycle = cycle;
  }

  fire(cycle: number, outputs: Outputs): void {
    const { frames, holdsFilm, onStart, periodCycles } = this.options;
    if (holdsFilm) outputs.set(S.FILM_GATE, 1);
    onStart(cycle, this.started);
    this.started++;
    this.dueCycle = periodCycles === undefined || this.started === frames ? Infinity : cycle + periodCycles;
  }

  /** The last transfer of a frame has ended. */
  end(cycle: number, outputs: Outputs): void {
    this.ended++;
    if (this.ended === this.options.frames) this.doneCycle = cycle;
    if (this.started > this.ended) return;
    if (this.options.holdsFilm) outputs.set(S.FILM_GATE, 0);
    this.options.onIdle(outputs);
  }
}
