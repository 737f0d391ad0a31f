import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import * as S from "./signals.ts";

/** A pulse of trigger_in: high from riseCycle to fallCycle, both at least one clock apart from their neighbours. */
export interface TriggerPulse {
  readonly riseCycle: number;
  readonly fallCycle: number;
}

/** What a trigger starts. */
export interface Triggered {
  /** No frame is under way. */
  readonly isIdle: boolean;
  /** Cycle at which the last frame of the acquisition ended; Infinity until then. */
  readonly doneCycle: number;
  start(cycle: number): void;
}

/** Two flip-flops and the edge detector behind them: from the trigger's rise to the frame's start. */
export const TRIGGER_LATENCY_CYCLES = 2;

/** The trigger generator of a simulated board: rises at 0, P, 2 P, ... */
export function* periodicTrigger(periodCycles: number): Generator<TriggerPulse> {
  const highCycles = Math.floor(periodCycles / 2);
  for (let riseCycle = 0; ; riseCycle += periodCycles) {
    yield { riseCycle, fallCycle: riseCycle + highCycles };
  }
}

/**
 * The external trigger: its synchroniser, and what becomes of a rise (docs/timing.md). Acts behind the other units of a
 * clock, so that a frame that ends at this clock has ended.
 */
export class TriggerUnit implements Unit {
  private riseCycle = Infinity;
  private fallCycle = Infinity;
  private decisionCycle = Infinity;
  private missedEndCycle = Infinity;
  private upcomingFallCycle = Infinity;
  private readonly pulses: Iterator<TriggerPulse>;
  private readonly target: Triggered;
  private readonly onMissed: (cycle: number) => void;

  constructor(pulses: Iterable<TriggerPulse>, target: Triggered, onMissed: (cycle: number) => void) {
    this.pulses = pulses[Symbol.iterator]();
    this.target = target;
    this.onMissed = onMissed;
    this.nextPulse();
  }

  get dueCycle(): number {
    return Math.min(this.riseCycle, this.fallCycle, this.decisionCycle, this.missedEndCycle);
  }

  fire(cycle: number, outputs: Outputs): void {
    if (cycle > this.target.doneCycle) {
      this.riseCycle = this.fallCycle = this.decisionCycle = this.missedEndCycle = Infinity;
      return;
    }
    if (cycle === this.missedEndCycle) {
      outputs.set(S.TRIGGER_MISSED, 0);
      this.missedEndCycle = Infinity;
    }
    if (cycle === this.decisionCycle) this.decide(cycle, outputs);
    if (cycle === this.fallCycle) {
      outputs.set(S.TRIGGER_IN, 0);
      this.fallCycle = Infinity;
    }
    if (cycle === this.riseCycle) this.rise(cycle, outputs);
  }

  private rise(cycle: number, outputs: Outputs): void {
    outputs.set(S.TRIGGER_IN, 1);
    this.fallCycle = this.upcomingFallCycle;
    this.decisionCycle = cycle + TRIGGER_LATENCY_CYCLES;
    this.nextPulse();
  }

  private decide(cycle: number, outputs: Outputs): void {
    this.decisionCycle = Infinity;
    if (this.target.isIdle) {
      this.target.start(cycle);
    } else if (this.target.doneCycle === Infinity) {
      outputs.set(S.TRIGGER_MISSED, 1);
      this.missedEndCycle = cycle + 1;
      this.onMissed(cycle);
    }
  }

  private nextPulse(): void {
    const next = this.pulses.next();
    this.riseCycle = next.done ? Infinity : next.value.riseCycle;
    this.upcomingFallCycle = next.done ? Infinity : next.value.fallCycle;
  }
}

/** @throws RangeError for a trigger that comes faster than frames can follow each other. */
export function checkTriggerPeriod(periodCycles: number, activeCycles: number): void {
  if (Number.isInteger(periodCycles) && periodCycles >= activeCycles && periodCycles < 2 ** 32) return;
  throw new RangeError(
    `row sequencer: found a trigger every ${periodCycles} cycles, expected at least ${activeCycles} and below 2^32: ` +
      "triggered frames do not overlap; trigger less often, or shorten the frame",
  );
}
