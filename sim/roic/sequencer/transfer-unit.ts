import type { Conversion } from "./conversion-unit.ts";
import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import * as S from "./signals.ts";

export interface TransferOptions {
  readonly transferCycles: number;
  readonly onBegin: (conversion: Conversion, outputs: Outputs) => void;
  readonly onEnd: (conversion: Conversion, cycle: number, outputs: Outputs) => void;
}

/** Sends the codes of a row group off the chip. */
export class TransferUnit implements Unit {
  dueCycle = Infinity;
  /** Groups waiting to start and the one on its way: never more than one each. */
  private waiting: Conversion | undefined;
  private underway: Conversion | undefined;
  private endCycle = Infinity;
  private readonly options: TransferOptions;

  constructor(options: TransferOptions) {
    this.options = options;
  }

  start(cycle: number, conversion: Conversion): void {
    this.waiting = conversion;
    this.dueCycle = cycle;
  }

  fire(cycle: number, outputs: Outputs): void {
    if (cycle === this.endCycle && this.underway !== undefined) this.finish(cycle, this.underway, outputs);
    if (this.waiting !== undefined) this.begin(cycle, this.waiting, outputs);
  }

  private begin(cycle: number, conversion: Conversion, outputs: Outputs): void {
    this.waiting = undefined;
    this.underway = conversion;
    this.options.onBegin(conversion, outputs);
    outputs.set(S.LINE_VALID, 1);
    outputs.set(S.LINE_GROUP, conversion.group);
    this.endCycle = cycle + this.options.transferCycles;
    this.dueCycle = this.endCycle;
  }

  private finish(cycle: number, conversion: Conversion, outputs: Outputs): void {
    outputs.set(S.LINE_VALID, 0);
    this.underway = undefined;
    this.endCycle = Infinity;
    this.dueCycle = Infinity;
    this.options.onEnd(conversion, cycle, outputs);
  }
}
