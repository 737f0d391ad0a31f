import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import * as S from "./signals.ts";

/** One conversion of a row group. */
export interface Conversion {
  readonly frame: number;
  /** Gate plane in LiDAR mode, read in the imaging modes. */
  readonly plane: number;
  readonly group: number;
}

/** What the pixels and their converters are told while a plane is read. */
export interface ReadListener {
  /** End of the settling of a row group: its pixels are sampled and the ramp starts. */
  sampled(cycle: number, conversion: Conversion): void;
  /** End of the ramp. */
  converted(cycle: number, conversion: Conversion): void;
}

export interface ConversionOptions {
  readonly settleCycles: number;
  readonly convertCycles: number;
  /** Sensor rows of every group. */
  readonly groupRows: readonly (readonly number[])[];
  readonly onSelect?: (conversion: Conversion, outputs: Outputs) => void;
  readonly onConverted: (cycle: number, conversion: Conversion) => void;
  readonly listener?: ReadListener | undefined;
}

const NEVER: Conversion = { frame: 0, plane: 0, group: 0 };

/** One row group after the other: select, settle, convert, hold (docs/timing.md). */
export class ConversionUnit implements Unit {
  private state = S.READOUT_IDLE;
  private stateEndCycle = Infinity;
  private startCycle = Infinity;
  private next = NEVER;
  private nextHoldCycles = 0;
  private conversion = NEVER;
  private holdCycles = 0;
  private readonly options: ConversionOptions;

  constructor(options: ConversionOptions) {
    this.options = options;
  }

  get dueCycle(): number {
    return Math.min(this.stateEndCycle, this.startCycle);
  }

  /**
   * @param cycle now; a conversion under way ends at this clock.
   * @param holdCycles from the end of the conversion on; the unit is idle after it.
   */
  start(cycle: number, conversion: Conversion, holdCycles: number): void {
    this.startCycle = cycle;
    this.next = conversion;
    this.nextHoldCycles = holdCycles;
  }

  fire(cycle: number, outputs: Outputs): void {
    if (cycle === this.stateEndCycle) this.advance(cycle, outputs);
    if (cycle === this.startCycle) this.select(cycle, outputs);
  }

  private advance(cycle: number, outputs: Outputs): void {
    if (this.state === S.READOUT_SETTLE) this.convert(cycle, outputs);
    else if (this.state === S.READOUT_CONVERT) this.finish(cycle, outputs);
    else this.enter(S.READOUT_IDLE, Infinity, outputs);
  }

  private select(cycle: number, outputs: Outputs): void {
    this.conversion = this.next;
    this.holdCycles = this.nextHoldCycles;
    this.startCycle = Infinity;
    outputs.set(S.ROW_GROUP, this.conversion.group);
    outputs.set(S.SETTLE, 1);
    this.options.onSelect?.(this.conversion, outputs);
    this.selectRows(outputs, 1);
    this.enter(S.READOUT_SETTLE, cycle + this.options.settleCycles, outputs);
  }

  private convert(cycle: number, outputs: Outputs): void {
    outputs.set(S.SETTLE, 0);
    outputs.set(S.RAMP, 1);
    outputs.set(S.COUNTER_ENABLE, 1);
    this.enter(S.READOUT_CONVERT, cycle + this.options.convertCycles, outputs);
    this.options.listener?.sampled(cycle, this.conversion);
  }

  private finish(cycle: number, outputs: Outputs): void {
    outputs.set(S.RAMP, 0);
    outputs.set(S.COUNTER_ENABLE, 0);
    this.selectRows(outputs, 0);
    this.options.listener?.converted(cycle, this.conversion);
    this.options.onConverted(cycle, this.conversion);
    if (this.holdCycles === 0) this.enter(S.READOUT_IDLE, Infinity, outputs);
    else this.enter(S.READOUT_HOLD, cycle + this.holdCycles, outputs);
  }

  private enter(state: number, endCycle: number, outputs: Outputs): void {
    this.state = state;
    this.stateEndCycle = endCycle;
    outputs.set(S.READOUT_STATE, state);
  }

  private selectRows(outputs: Outputs, value: number): void {
    for (const row of this.options.groupRows[this.conversion.group]!) outputs.set(S.ROW_SELECT + row, value);
  }
}
