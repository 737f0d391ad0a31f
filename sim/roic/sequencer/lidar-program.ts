// The LiDAR program of the row sequencer: for every gate plane a global reset, M pulse periods, and the read of the
// plane. Another mode is another exposure unit over the same readout and transfer units. docs/timing.md draws it.

import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import { PulseUnit } from "./pulse-unit.ts";
import { type ReadListener, ReadoutUnit, TransferUnit } from "./read-units.ts";
import { checkRegisters, type SequencerRegisters } from "./registers.ts";
import * as S from "./signals.ts";

/** What pixels and converters are told. */
export interface SensorListener extends ReadListener {
  /** The global reset of a gate plane is asserted. */
  resetAsserted(cycle: number, frame: number, gate: number): void;
  /** The last pulse period of a gate plane is over. */
  exposed(cycle: number): void;
}

/**
 * The units of the LiDAR program, in the order in which they act within a clock.
 * @param frames frames to run, back to back; Infinity is allowed.
 * @throws RangeError for illegal registers.
 */
export function lidarUnits(
  registers: SequencerRegisters,
  frames: number,
  listener?: SensorListener,
): readonly Unit[] {
  checkRegisters(registers);
  const pulses = new PulseUnit(registers);
  const exposure = new ExposureUnit(registers, frames, pulses, listener);
  const transfer = new TransferUnit(registers, (event, cycle, outputs) => {
    if (event === "begins") exposure.planeBegins(outputs);
    else exposure.planeEnds(cycle, outputs);
  });
  const readout = new ReadoutUnit(registers, transfer, listener);
  exposure.read = (cycle) => readout.start(cycle);
  return [exposure, pulses, readout, transfer];
}

class ExposureUnit implements Unit {
  dueCycle = 0;
  read: (cycle: number) => void = () => undefined;
  private state = S.EXPOSURE_IDLE;
  private frame = 0;
  private gate = 0;
  private pulse = 0;
  private readonly frames: number;
  private readonly registers: SequencerRegisters;
  private readonly pulses: PulseUnit;
  private readonly listener: SensorListener | undefined;

  constructor(
    registers: SequencerRegisters,
    frames: number,
    pulses: PulseUnit,
    listener: SensorListener | undefined,
  ) {
    this.registers = registers;
    this.frames = frames;
    this.pulses = pulses;
    this.listener = listener;
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
    if (this.gate === this.registers.pulseEdges.length) {
      outputs.set(S.FRAME_VALID, 0);
      this.gate = 0;
      this.frame++;
    }
    this.dueCycle = cycle;
  }

  private nextPlane(cycle: number, outputs: Outputs): void {
    if (this.frame === this.frames) {
      this.enter(S.EXPOSURE_IDLE, Infinity, outputs);
      return;
    }
    const releaseCycle = cycle + this.registers.resetCycles;
    const edges = this.registers.pulseEdges[this.gate]!;
    outputs.set(S.GATE_INDEX, this.gate);
    outputs.set(S.RESET, 1);
    if (edges.film === undefined) outputs.set(S.FILM_GATE, 1);
    this.enter(S.EXPOSURE_RESET, releaseCycle, outputs);
    this.listener?.resetAsserted(cycle, this.frame, this.gate);
    this.pulses.start(this.gate, releaseCycle);
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
    this.listener?.exposed(cycle);
    this.read(cycle);
  }

  private enter(state: number, dueCycle: number, outputs: Outputs): void {
    this.state = state;
    this.dueCycle = dueCycle;
    outputs.set(S.EXPOSURE_STATE, state);
  }
}
