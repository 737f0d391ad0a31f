// What the row sequencer is told in the imaging modes; the symbols are those of docs/timing.md.

/** Whole numbers all; times in cycles of the ROIC clock or in row slots. */
export type ImagingSequencerRegisters = CommonImagingRegisters & (RollingRegisters | GlobalRegisters);

export interface CommonImagingRegisters {
  /** Hs, Ws. */
  readonly sensorRows: number;
  readonly sensorColumns: number;
  /** BV, BH: 1, 2, 4. Rows or columns whose levels are averaged before the ADC. */
  readonly rowBinning: number;
  readonly columnBinning: number;
  /** DV, DH: 1, 2, 4. Every D-th row or column is read. */
  readonly rowDecimation: number;
  readonly columnDecimation: number;
  /** Region in output pixels. */
  readonly offsetX: number;
  readonly offsetY: number;
  readonly width: number;
  readonly height: number;
  /** B: output lines that convert together. */
  readonly banks: number;
  /** A transfer takes transferOverheadCycles + ceil(banks width / pixelsPerCycle). */
  readonly transferOverheadCycles: number;
  readonly pixelsPerCycle: number;
  readonly resetCycles: number;
  readonly settleCycles: number;
  /** 2^bits. */
  readonly convertCycles: number;
  /** The next group settles and converts while this one is transferred. */
  readonly pipelined: boolean;
  /** N: 1 single, 2 cds, 3..64 ramp. */
  readonly reads: number;
  /** Period of the simulated board's trigger generator; 0: frames run freely. */
  readonly triggerPeriodCycles: number;
}

export interface RollingRegisters {
  readonly shutter: "rolling";
  /** E: row slots from a group's reset to its last read; in a ramp a multiple of N - 1. */
  readonly exposureSlots: number;
  /** F; not looked at when triggered. */
  readonly framePeriodSlots: number;
}

export interface GlobalRegisters {
  /** "global": the film's bias opens the exposure. "global-reset": the film stays on. */
  readonly shutter: "global" | "global-reset";
  /** Ec. */
  readonly exposureCycles: number;
  /** F; not looked at when triggered. */
  readonly framePeriodCycles: number;
}

/** Row step = rowBinning rowDecimation: sensor rows from one output line to the next. */
export function rowStep({ rowBinning, rowDecimation }: CommonImagingRegisters): number {
  return rowBinning * rowDecimation;
}

/** First of the `rowBinning` sensor rows that an output line reads. */
export function firstSensorRow(registers: CommonImagingRegisters, line: number): number {
  return (registers.offsetY + line) * rowStep(registers);
}

/** Sensor rows of a row group, by rising number. */
export function groupRows(registers: CommonImagingRegisters, group: number): number[] {
  const { banks, height, rowBinning } = registers;
  const rows: number[] = [];
  for (let line = group * banks; line < Math.min(height, (group + 1) * banks); line++) {
    const first = firstSensorRow(registers, line);
    for (let row = first; row < first + rowBinning; row++) rows.push(row);
  }
  return rows;
}
