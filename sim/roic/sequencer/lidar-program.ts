// The LiDAR program of the row sequencer: for every gate plane a global reset, M pulse periods, and the read of the
// plane. Another mode is another exposure unit over the same readout and transfer units. docs/timing.md draws it.

import { ConversionUnit, type ReadListener } from "./conversion-unit.ts";
import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import { PulseUnit } from "./pulse-unit.ts";
import { ReadPassUnit } from "./read-pass-unit.ts";
import { checkRegisters, type SequencerRegisters } from "./registers.ts";
import * as S from "./signals.ts";
import { TransferUnit } from "./transfer-unit.ts";
import { type Triggered, type TriggerPulse, TriggerUnit } from "./trigger-unit.ts";

/** What pixels and converters are told. */
export interface SensorListener extends ReadListener {
  /** The global reset of a gate plane is asserted. */
  resetAsserted(cycle: number, frame: number, gate: number): void;
  /** The last pulse period of a gate plane is over. */
  exposed(cycle: number): void;
}

export interface LidarTrigger {
  /** What trigger_in does. */
  readonly pulses: Iterable<TriggerPulse>;
  /** A trigger was ignored, at this cycle. */
  readonly onMissed?: (cycle: number) => void;
}

/**
 * The units of the LiDAR program, in the order in which they act within a clock.
 * @param frames frames to run; Infinity is allowed.
 * @param trigger starts every frame; undefined: frames run back to back.
 * @throws RangeError for illegal registers.
 */
export function lidarUnits(
  registers: SequencerRegisters,
  frames: number,
  listener?: SensorListener,
  trigger?: LidarTrigger,
): readonly Unit[] {
  checkRegisters(registers);
  const { banks, convertCycles, pipelined, rows, settleCycles, transferCycles } = registers;
  const groups = Math.ceil(rows / banks);
  const holdCycles = pipelined ? Math.max(0, transferCycles - settleCycles - convertCycles) : transferCycles;
  const groupCycles = settleCycles + convertCycles + holdCycles;
  const transfer = new TransferUnit({
    transferCycles,
    onBegin: ({ group }, outputs) => {
      if (group === 0) exposure.planeBegins(outputs);
    },
    onEnd: ({ group }, cycle, outputs) => {
      if (group === groups - 1) exposure.planeEnds(cycle, outputs);
    },
  });
  const conversion = new ConversionUnit({
    settleCycles,
    convertCycles,
    groupRows: rowGroups(rows, banks),
    onConverted: (cycle, converted) => transfer.start(cycle, converted),
    listener,
  });
  const pass = new ReadPassUnit({ groups, groupCycles, holdCycles, holdsAfterLast: false }, conversion);
  const pulses = new PulseUnit(registers);
  const isTriggered = trigger !== undefined;
  const exposure = new ExposureUnit(registers, { frames, isTriggered }, { pulses, pass, listener });
  const units = [exposure, pulses, pass, conversion, transfer];
  if (!isTriggered) return units;
  return [...units, new TriggerUnit(trigger.pulses, exposure, (cycle) => trigger.onMissed?.(cycle))];
}

/** The last group may have fewer rows than there are banks. */
function rowGroups(rows: number, banks: number): number[][] {
  return Array.from({ length: Math.ceil(rows / banks) }, (_, group) =>
    Array.from({ length: Math.min(banks, rows - group * banks) }, (_, i) => group * banks + i),
  );
}

interface ExposureParts {
  readonly pulses: PulseUnit;
  readonly pass: ReadPassUnit;
  readonly listener: SensorListener | undefined;
}

interface ExposureRun {
  readonly frames: number;
  readonly isTriggered: boolean;
}

class ExposureUnit implements Unit, Triggered {
  dueCycle: number;
  doneCycle = Infinity;
  private state = S.EXPOSURE_IDLE;
  private frame = 0;
  private gate = 0;
  private pulse = 0;
  private readonly run: ExposureRun;
  private readonly registers: SequencerRegisters;
  private readonly parts: ExposureParts;

  constructor(registers: SequencerRegisters, run: ExposureRun, parts: ExposureParts) {
    this.registers = registers;
    this.run = run;
    this.parts = parts;
    this.dueCycle = run.isTriggered || run.frames === 0 ? Infinity : 0;
  }

  get isIdle(): boolean {
    return this.state === S.EXPOSURE_IDLE && this.frame < this.run.frames;
  }

  start(cycle: number): void {
    this.dueCycle = cycle;
  }

  fire(cycle: number, outputs: Outputs): void {
    if (this.state === S.EXPOSURE_RESET) this.release(cycle, outputs);
    else if (this.state === S.EXPOSURE_PULSES) this.nextPulse(cycle, outputs);
    else this.nextPlane(cycle, outputs);
  }

  planeBegins(outputs: Outputs): void {
    outputs.set(S.PLANE_VALID, 1);
    if (this.gate === 0) outputs.set(S.FRAME_VALID, 1);
  }

  planeEnds(cycle: number, outputs: Outputs): void {
    outputs.set(S.PLANE_VALID, 0);
    this.gate++;
    this.dueCycle = cycle;
    if (this.gate === this.registers.pulseEdges.length) this.frameEnds(cycle, outputs);
  }

  private frameEnds(cycle: number, outputs: Outputs): void {
    const { frames, isTriggered } = this.run;
    outputs.set(S.FRAME_VALID, 0);
    this.gate = 0;
    this.frame++;
    if (this.frame === frames) this.doneCycle = cycle;
    if (isTriggered || this.frame === frames) this.enter(S.EXPOSURE_IDLE, Infinity, outputs);
  }

  private nextPlane(cycle: number, outputs: Outputs): void {
    const releaseCycle = cycle + this.registers.resetCycles;
    const edges = this.registers.pulseEdges[this.gate]!;
    outputs.set(S.GATE_INDEX, this.gate);
    outputs.set(S.RESET, 1);
    if (edges.film === undefined) outputs.set(S.FILM_GATE, 1);
    this.enter(S.EXPOSURE_RESET, releaseCycle, outputs);
    this.parts.listener?.resetAsserted(cycle, this.frame, this.gate);
    this.parts.pulses.start(this.gate, releaseCycle);
  }

  private release(cycle: number, outputs: Outputs): void {
    this.pulse = 0;
    outputs.set(S.RESET, 0);
    outputs.set(S.PULSE_INDEX, 0);
    this.enter(S.EXPOSURE_PULSES, cycle + this.registers.pulsePeriodCycles, outputs);
  }

  private nextPulse(cycle: number, outputs: Outputs): void {
    this.pulse++;
    if (this.pulse < this.registers.pulsesPerGate) {
      outputs.set(S.PULSE_INDEX, this.pulse);
      this.dueCycle = cycle + this.registers.pulsePeriodCycles;
      return;
    }
    this.enter(S.EXPOSURE_READ, Infinity, outputs);
    this.parts.listener?.exposed(cycle);
    this.parts.pass.start(cycle, this.frame, this.gate);
  }

  private enter(state: number, dueCycle: number, outputs: Outputs): void {
    this.state = state;
    this.dueCycle = dueCycle;
    outputs.set(S.EXPOSURE_STATE, state);
  }
}
