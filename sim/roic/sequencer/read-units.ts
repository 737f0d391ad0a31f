import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import type { SequencerRegisters } from "./registers.ts";
import * as S from "./signals.ts";

/** What the pixels and their converters are told while a plane is read. */
export interface ReadListener {
  /** End of the settling of a row group: its pixels are sampled and the ramp starts. */
  sampled(cycle: number, group: number): void;
  /** End of the ramp. */
  converted(cycle: number, group: number): void;
}

/** Row groups one after the other: settle, convert, hold (see docs/timing.md). */
export class ReadoutUnit implements Unit {
  dueCycle = Infinity;
  private state = S.READOUT_IDLE;
  private group = 0;
  private readonly registers: SequencerRegisters;
  private readonly groups: number;
  private readonly holdCycles: number;
  private readonly transfer: TransferUnit;
  private readonly listener: ReadListener | undefined;

  constructor(registers: SequencerRegisters, transfer: TransferUnit, listener: ReadListener | undefined) {
    const { banks, convertCycles, pipelined, rows, settleCycles, transferCycles } = registers;
    this.registers = registers;
    this.transfer = transfer;
    this.listener = listener;
    this.groups = Math.ceil(rows / banks);
    this.holdCycles = pipelined ? Math.max(0, transferCycles - settleCycles - convertCycles) : transferCycles;
  }

  start(cycle: number): void {
    this.group = 0;
    this.dueCycle = cycle;
  }

  fire(cycle: number, outputs: Outputs): void {
    if (this.state === S.READOUT_SETTLE) this.convert(cycle, outputs);
    else if (this.state === S.READOUT_CONVERT) this.finish(cycle, outputs);
    else this.select(cycle, outputs);
  }

  private select(cycle: number, outputs: Outputs): void {
    outputs.set(S.ROW_GROUP, this.group);
    outputs.set(S.SETTLE, 1);
    this.selectRows(outputs, 1);
    this.enter(S.READOUT_SETTLE, cycle + this.registers.settleCycles, outputs);
  }

  private convert(cycle: number, outputs: Outputs): void {
    outputs.set(S.SETTLE, 0);
    outputs.set(S.RAMP, 1);
    outputs.set(S.COUNTER_ENABLE, 1);
    this.enter(S.READOUT_CONVERT, cycle + this.registers.convertCycles, outputs);
    this.listener?.sampled(cycle, this.group);
  }

  private finish(cycle: number, outputs: Outputs): void {
    outputs.set(S.RAMP, 0);
    outputs.set(S.COUNTER_ENABLE, 0);
    this.selectRows(outputs, 0);
    this.listener?.converted(cycle, this.group);
    this.transfer.start(cycle, this.group);
    this.group++;
    if (this.group === this.groups) this.enter(S.READOUT_IDLE, Infinity, outputs);
    else this.enter(S.READOUT_HOLD, cycle + this.holdCycles, outputs);
  }

  private enter(state: number, dueCycle: number, outputs: Outputs): void {
    this.state = state;
    this.dueCycle = dueCycle;
    outputs.set(S.READOUT_STATE, state);
  }

  /** The last group may have fewer rows than there are banks. */
  private selectRows(outputs: Outputs, value: number): void {
    const { banks, rows } = this.registers;
    const end = Math.min(rows, (this.group + 1) * banks);
    for (let row = this.group * banks; row < end; row++) outputs.set(S.ROW_SELECT + row, value);
  }
}

/** Sends the codes of a row group off the chip. */
export class TransferUnit implements Unit {
  dueCycle = Infinity;
  /** Groups waiting to start and the one on its way: never more than one each. */
  private waiting: number | undefined;
  private busyUntil = Infinity;
  private group = 0;
  private readonly registers: SequencerRegisters;
  private readonly onPlane: (event: "begins" | "ends", cycle: number, outputs: Outputs) => void;

  constructor(
    registers: SequencerRegisters,
    onPlane: (event: "begins" | "ends", cycle: number, outputs: Outputs) => void,
  ) {
    this.registers = registers;
    this.onPlane = onPlane;
  }

  start(cycle: number, group: number): void {
    this.waiting = group;
    this.dueCycle = cycle;
  }

  fire(cycle: number, outputs: Outputs): void {
    if (cycle === this.busyUntil) this.finish(cycle, outputs);
    if (this.waiting !== undefined) this.begin(cycle, this.waiting, outputs);
  }

  private begin(cycle: number, group: number, outputs: Outputs): void {
    this.waiting = undefined;
    this.group = group;
    if (group === 0) this.onPlane("begins", cycle, outputs);
    outputs.set(S.LINE_VALID, 1);
    outputs.set(S.LINE_GROUP, group);
    this.busyUntil = cycle + this.registers.transferCycles;
    this.dueCycle = this.busyUntil;
  }

  private finish(cycle: number, outputs: Outputs): void {
    const { banks, rows } = this.registers;
    outputs.set(S.LINE_VALID, 0);
    this.busyUntil = Infinity;
    this.dueCycle = Infinity;
    if ((this.group + 1) * banks >= rows) this.onPlane("ends", cycle, outputs);
  }
}
