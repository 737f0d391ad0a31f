// What becomes of a train of triggers, by the rule of docs/timing.md: for traces that are told what trigger_in does.

import { TRIGGER_LATENCY_CYCLES, type TriggerPulse } from "../roic/sequencer/trigger-unit.ts";

/** Rises closer than this cannot be told apart. */
const CLOSEST_CYCLES = 2;

export interface TriggerTrain {
  /** One cycle long each. */
  readonly pulses: readonly TriggerPulse[];
  /** Start of every frame. */
  readonly startCycles: readonly number[];
}

/**
 * @param riseCycles rises of trigger_in.
 * @param activeCycles length of a frame: a rise within it is missed.
 * @param frames frames to run.
 * @throws RangeError for rises out of order, and for fewer than start the frames.
 */
export function triggerTrain(
  riseCycles: readonly number[],
  activeCycles: number,
  frames: number,
): TriggerTrain {
  riseCycles.forEach((cycle, i) => {
    const least = i === 0 ? 0 : riseCycles[i - 1]! + CLOSEST_CYCLES;
    if (Number.isSafeInteger(cycle) && cycle >= least) return;
    throw new RangeError(
      `triggers: found a rise at ${cycle}, expected a whole number of at least ${least}: rises in their order, ` +
        `${CLOSEST_CYCLES} cycles or more apart`,
    );
  });
  const startCycles: number[] = [];
  for (const cycle of riseCycles) {
    const start = cycle + TRIGGER_LATENCY_CYCLES;
    if (start >= (startCycles.at(-1) ?? -Infinity) + activeCycles) startCycles.push(start);
  }
  if (startCycles.length < frames) {
    throw new RangeError(
      `triggers: found ${startCycles.length} that start a frame of ${activeCycles} cycles, expected ${frames}; give ` +
        "more triggers or trace fewer frames",
    );
  }
  const pulses = riseCycles.map((riseCycle) => ({ riseCycle, fallCycle: riseCycle + 1 }));
  return { pulses, startCycles: startCycles.slice(0, frames) };
}
