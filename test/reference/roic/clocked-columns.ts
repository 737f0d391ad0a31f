/** Comparators and latches of the columns, looked at in every clock of a conversion. */
import { type RampSpec, rampDn } from "../../../sim/roic/adc/single-slope.ts";
import type { ClockedReadout } from "./clocked-readout.ts";

export interface LatchEvent {
  readonly frame: number;
  readonly plane: number;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly cycle: number;
}

export class ClockedColumns {
  readonly events: LatchEvent[] = [];
  private readonly open = new Map<string, LatchEvent>();
  private readonly ramps: readonly RampSpec[];
  private readonly banks: number;
  private readonly lines: number;
  private readonly levelDn: (
    line: { readonly frame: number; readonly plane: number; readonly line: number },
    column: number,
  ) => number;

  constructor(
    ramps: readonly RampSpec[],
    array: { readonly banks: number; readonly lines: number },
    levelDn: ClockedColumns["levelDn"],
  ) {
    this.ramps = ramps;
    this.banks = array.banks;
    this.lines = array.lines;
    this.levelDn = levelDn;
  }

  /** @param converts whether the counter runs. */
  clock(cycle: number, readout: ClockedReadout, converts: boolean): void {
    if (!converts) {
      this.latchRest();
      return;
    }
    const { frame, group, plane } = readout.selected;
    for (let line = group * this.banks; line < Math.min(this.lines, (group + 1) * this.banks); line++) {
      this.ramps.forEach((ramp, column) => {
        this.compare({ frame, plane, line }, column, { cycle, count: readout.counter, ramp });
      });
    }
  }

  private compare(
    line: { readonly frame: number; readonly plane: number; readonly line: number },
    column: number,
    { count, cycle, ramp }: { readonly count: number; readonly cycle: number; readonly ramp: RampSpec },
  ): void {
    const key = `${line.line} ${column}`;
    if (count === 0) this.open.set(key, { ...line, column, code: 2 ** ramp.bits - 1, cycle: Infinity });
    const waiting = this.open.get(key);
    if (waiting === undefined || !(rampDn(ramp, count) > this.levelDn(line, column))) return;
    this.events.push({ ...waiting, code: count, cycle });
    this.open.delete(key);
  }

  /** A ramp that has ended without passing the level leaves the last count. */
  private latchRest(): void {
    if (this.open.size === 0) return;
    this.events.push(...this.open.values());
    this.open.clear();
  }
}
