import type { Edge, Outputs } from "./outputs.ts";

/** A state machine of the chip: it waits for a clock, acts on it, and says for which one it waits next. */
export interface Unit {
  /** The next clock at which the unit acts; Infinity while it waits for another unit. */
  readonly dueCycle: number;
  /** Acts at `cycle`, which is dueCycle: sets outputs, changes state, may start other units at this clock. */
  fire(cycle: number, outputs: Outputs): void;
}

/** Units that share a clock. Within one clock they act in this order, again and again until none is due. */
export interface Machine {
  readonly units: readonly Unit[];
  readonly outputs: Outputs;
}

/**
 * The event-driven engine: jumps from one due clock to the next. Edges by rising time; ends when no unit waits for a
 * clock, or with the last one before `endCycle`.
 */
export function* runMachine({ units, outputs }: Machine, endCycle = Infinity): Generator<Edge> {
  for (;;) {
    const cycle = nextCycle(units);
    if (cycle === Infinity || cycle >= endCycle) return;
    while (nextCycle(units) === cycle) {
      for (const unit of units) if (unit.dueCycle === cycle) unit.fire(cycle, outputs);
    }
    yield* outputs.flush(cycle);
  }
}

function nextCycle(units: readonly Unit[]): number {
  let next = Infinity;
  for (const { dueCycle } of units) if (dueCycle < next) next = dueCycle;
  return next;
}
