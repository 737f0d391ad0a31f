import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import * as S from "./signals.ts";

/** Reset pointer of the rolling shutter: one row group a slot. */
export class RowResetUnit implements Unit {
  dueCycle = Infinity;
  private group = 0;
  private frame = 0;
  private isAsserted = false;
  private readonly groupRows: readonly (readonly number[])[];
  private readonly slotCycles: number;
  private readonly resetCycles: number;
  /** Index of row 0's reset line. */
  private readonly rowReset: number;
  private readonly onReset: (cycle: number, frame: number, group: number) => void;

  constructor(
    groupRows: readonly (readonly number[])[],
    times: { readonly slotCycles: number; readonly resetCycles: number },
    rowReset: number,
    onReset: (cycle: number, frame: number, group: number) => void,
  ) {
    this.groupRows = groupRows;
    this.slotCycles = times.slotCycles;
    this.resetCycles = times.resetCycles;
    this.rowReset = rowReset;
    this.onReset = onReset;
  }

  start(cycle: number, frame: number): void {
    this.frame = frame;
    this.group = 0;
    this.dueCycle = cycle;
  }

  fire(cycle: number, outputs: Outputs): void {
    this.isAsserted = !this.isAsserted;
    for (const row of this.groupRows[this.group]!) outputs.set(this.rowReset + row, this.isAsserted ? 1 : 0);
    if (this.isAsserted) {
      this.dueCycle = cycle + this.resetCycles;
      this.onReset(cycle, this.frame, this.group);
      return;
    }
    this.group++;
    const isLast = this.group === this.groupRows.length;
    this.dueCycle = isLast ? Infinity : cycle + this.slotCycles - this.resetCycles;
  }
}

/** A change of an output, so many cycles after a frame's start. */
export interface ExposureStep {
  readonly atCycle: number;
  readonly signal: number;
  readonly value: number;
}

/** Reset, film gate and state of a global exposure: a list of steps by rising time. */
export class GlobalExposureUnit implements Unit {
  dueCycle = Infinity;
  private startCycle = 0;
  private index = 0;
  private readonly steps: readonly ExposureStep[];
  private readonly onReset: (cycle: number, frame: number) => void;

  constructor(steps: readonly ExposureStep[], onReset: (cycle: number, frame: number) => void) {
    this.steps = steps;
    this.onReset = onReset;
  }

  start(cycle: number, frame: number): void {
    this.onReset(cycle, frame);
    this.startCycle = cycle;
    this.index = 0;
    this.dueCycle = cycle;
  }

  fire(cycle: number, outputs: Outputs): void {
    while (this.dueCycle === cycle) {
      const { signal, value } = this.steps[this.index]!;
      outputs.set(signal, value);
      this.index++;
      const next = this.steps[this.index];
      this.dueCycle = next === undefined ? Infinity : this.startCycle + next.atCycle;
    }
  }
}

/** Of one frame: reset, exposure with or without the film's gate, read passes. */
export function globalSteps(times: {
  readonly resetCycles: number;
  readonly exposureCycles: number;
  /** Starts of the read passes. */
  readonly readStartCycles: readonly number[];
  readonly gatesFilm: boolean;
}): ExposureStep[] {
  const { exposureCycles, gatesFilm, readStartCycles, resetCycles } = times;
  const closeCycle = readStartCycles.at(-1)!;
  const openCycle = closeCycle - exposureCycles;
  const state = (atCycle: number, value: number) => ({ atCycle, signal: S.EXPOSURE_STATE, value });
  const film = (atCycle: number, value: number) => ({ atCycle, signal: S.FILM_GATE, value });
  const steps = [
    { atCycle: 0, signal: S.RESET, value: 1 },
    state(0, S.EXPOSURE_RESET),
    { atCycle: resetCycles, signal: S.RESET, value: 0 },
  ];
  if (openCycle > resetCycles) steps.push(state(resetCycles, S.EXPOSURE_READ));
  steps.push(state(openCycle, S.EXPOSURE_OPEN), state(closeCycle, S.EXPOSURE_READ));
  return gatesFilm ? insertFilm(steps, film(openCycle, 1), film(closeCycle, 0)) : steps;
}

function insertFilm(steps: readonly ExposureStep[], ...film: readonly ExposureStep[]): ExposureStep[] {
  return [...steps, ...film].sort((a, b) => a.atCycle - b.atCycle);
}
