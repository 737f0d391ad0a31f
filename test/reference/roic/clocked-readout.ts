/**
 * Conversion and transfer of row groups as down counters, for the imaging modes. Written from docs/timing.md; nothing of
 * sim/roic/sequencer but the names of signals and states.
 */
import * as S from "../../../sim/roic/sequencer/signals.ts";

export interface ReadoutRegisters {
  readonly settle: number;
  readonly convert: number;
  readonly transfer: number;
  readonly groups: number;
  readonly reads: number;
}

interface Line {
  readonly frame: number;
  readonly plane: number;
  readonly group: number;
}

export class ClockedReadout {
  state = S.READOUT_IDLE;
  selected: Line = { frame: 0, plane: 0, group: 0 };
  sent: Line = { frame: 0, plane: 0, group: 0 };
  openPlanes = 0;
  openFrames = 0;
  transferCount = 0;
  /** At this clock. */
  planeEnded = false;
  frameEnded = false;
  private count = 0;
  private hold = 0;
  private waiting: Line | undefined;
  private readonly r: ReadoutRegisters;

  constructor(registers: ReadoutRegisters) {
    this.r = registers;
  }

  /** Counter of the ramp: 0 in the first clock of a conversion. */
  get counter(): number {
    return this.r.convert - this.count;
  }

  tick(): void {
    this.planeEnded = false;
    this.frameEnded = false;
    if (this.state !== S.READOUT_IDLE && --this.count === 0) this.next();
    if (this.transferCount > 0 && --this.transferCount === 0) this.close();
    if (this.waiting !== undefined) this.open(this.waiting);
  }

  select(line: Line, hold: number): void {
    if (this.state !== S.READOUT_IDLE) throw new Error("a row group is selected while another one converts");
    this.selected = line;
    this.hold = hold;
    this.state = S.READOUT_SETTLE;
    this.count = this.r.settle;
  }

  private next(): void {
    if (this.state === S.READOUT_SETTLE) {
      this.state = S.READOUT_CONVERT;
      this.count = this.r.convert;
    } else if (this.state === S.READOUT_CONVERT) {
      this.waiting = this.selected;
      this.state = this.hold > 0 ? S.READOUT_HOLD : S.READOUT_IDLE;
      this.count = this.hold;
    } else {
      this.state = S.READOUT_IDLE;
    }
  }

  private open(line: Line): void {
    if (this.transferCount > 0) throw new Error("a transfer starts while another one is under way");
    this.waiting = undefined;
    this.sent = line;
    this.transferCount = this.r.transfer;
    if (line.group === 0) {
      this.openPlanes++;
      if (line.plane === 0) this.openFrames++;
    }
  }

  private close(): void {
    if (this.sent.group !== this.r.groups - 1) return;
    this.openPlanes--;
    this.planeEnded = true;
    if (this.sent.plane !== this.r.reads - 1) return;
    this.openFrames--;
    this.frameEnded = true;
  }
}
