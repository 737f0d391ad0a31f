import type { Draws } from "../../../sim/random/draws.ts";
import { checkRamp, crossingCount, type RampSpec, rampDn } from "../../../sim/roic/adc/single-slope.ts";
import type { ImagingSequencerRegisters } from "../../../sim/roic/sequencer/imaging-registers.ts";

/** What the ADC of a line and column latched, and at which clock its comparator flipped (Infinity: never). */
export interface Latched {
  readonly frame: number;
  readonly plane: number;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly cycle: number;
}

export interface Line {
  readonly frame: number;
  readonly plane: number;
  readonly line: number;
}

/** Random converters: slope and offset of every column, a nonlinearity common to all, levels of every pixel and read. */
export class ColumnAdcs {
  readonly ramps: readonly RampSpec[];
  private readonly offsetsDn: readonly number[];
  private readonly counts: number;
  private readonly draws: Draws;
  private readonly registers: ImagingSequencerRegisters;

  constructor(registers: ImagingSequencerRegisters, bits: number, draws: Draws) {
    this.registers = registers;
    this.draws = draws;
    this.counts = 2 ** bits;
    const points = [0, 2, 3, 6][draws.integer(900, 4)]!;
    const inlDn = Array.from({ length: points }, (_, i) => 0.05 * draws.normal(i, 901) * this.counts);
    this.ramps = Array.from({ length: registers.width }, (_, column) => {
      const stepDn = 0.9 + 0.2 * draws.uniform(column, 902);
      return rising({ bits, startDn: 0.5, stepDn, inlDn });
    });
    this.offsetsDn = this.ramps.map((_, column) => 0.7 * draws.normal(column, 903));
  }

  /** Level at the comparator, some of them exactly on the ramp. */
  levelDn({ frame, plane, line }: Line, column: number): number {
    const { height, reads, width } = this.registers;
    const index = ((frame * reads + plane) * height + line) * width + column;
    if (index % 4 === 0) return rampDn(this.ramps[column]!, this.draws.integer(index, this.counts, 904));
    return (1.4 * this.draws.uniform(index, 905) - 0.2) * this.counts + this.offsetsDn[column]!;
  }

  /** Solved. @param cycle sample. */
  solved(line: Line, cycle: number): Latched[] {
    return this.ramps.map((ramp, column) => {
      const count = crossingCount(ramp, this.levelDn(line, column));
      return latched(line, column, count, cycle, this.counts);
    });
  }

  get lines(): number {
    return this.registers.height;
  }
}

export function latched(
  line: Line,
  column: number,
  count: number,
  sampleCycle: number,
  counts: number,
): Latched {
  const isCrossed = count < counts;
  return {
    ...line,
    column,
    code: isCrossed ? count : counts - 1,
    cycle: isCrossed ? sampleCycle + count : Infinity,
  };
}

function rising(ramp: RampSpec): RampSpec {
  try {
    checkRamp(ramp);
    return ramp;
  } catch {
    return rising({ ...ramp, inlDn: ramp.inlDn.map((inl) => inl / 2) });
  }
}
