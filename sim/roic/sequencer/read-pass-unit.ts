import type { ConversionUnit } from "./conversion-unit.ts";
import type { Unit } from "./machine.ts";

export interface ReadPassOptions {
  readonly groups: number;
  /** From one group's select to the next one's. */
  readonly groupCycles: number;
  /** After a conversion, until the next group may be selected. */
  readonly holdCycles: number;
  /** Whether the last group of a pass holds as well. */
  readonly holdsAfterLast: boolean;
}

interface Pass {
  readonly startCycle: number;
  readonly frame: number;
  readonly plane: number;
}

/** Reads all row groups of a plane, one after the other at equal distances; passes wait in a queue. */
export class ReadPassUnit implements Unit {
  dueCycle = Infinity;
  private group = 0;
  private readonly queue: Pass[] = [];
  private readonly options: ReadPassOptions;
  private readonly conversion: ConversionUnit;

  constructor(options: ReadPassOptions, conversion: ConversionUnit) {
    this.options = options;
    this.conversion = conversion;
  }

  /** @param startCycle of group 0: now, or later than the last group of the passes that wait. */
  start(startCycle: number, frame: number, plane: number): void {
    this.queue.push({ startCycle, frame, plane });
    if (this.queue.length === 1) this.dueCycle = startCycle;
  }

  fire(cycle: number): void {
    const { groupCycles, groups, holdCycles, holdsAfterLast } = this.options;
    const { frame, plane } = this.queue[0]!;
    const isLast = this.group === groups - 1;
    const conversion = { frame, plane, group: this.group };
    this.conversion.start(cycle, conversion, isLast && !holdsAfterLast ? 0 : holdCycles);
    this.group++;
    this.dueCycle = cycle + groupCycles;
    if (isLast) this.nextPass();
  }

  private nextPass(): void {
    this.group = 0;
    this.queue.shift();
    this.dueCycle = this.queue[0]?.startCycle ?? Infinity;
  }
}
