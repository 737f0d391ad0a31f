import type { Unit } from "./machine.ts";
import type { Outputs } from "./outputs.ts";
import { LASER_TRIGGER_CYCLES, type PulseEdges, type SequencerRegisters } from "./registers.ts";
import * as S from "./signals.ts";

interface Step {
  /** From the start of the pulse period. */
  readonly phase: number;
  readonly signal: number;
  readonly value: number;
}

/** Laser trigger and film gate of every pulse of a gate plane, on the taps of the delay line. */
export class PulseUnit implements Unit {
  dueCycle = Infinity;
  private readonly registers: SequencerRegisters;
  private readonly stepsOfGate: readonly (readonly Step[])[];
  private steps: readonly Step[] = [];
  private index = 0;
  private pulse = 0;
  private originCycle = 0;

  constructor(registers: SequencerRegisters) {
    this.registers = registers;
    this.stepsOfGate = registers.pulseEdges.map((edges) => stepsOf(edges, registers.phasesPerCycle));
  }

  /** @param releaseCycle start of the first pulse period; swept-reset lasers may fire before it. */
  start(gate: number, releaseCycle: number): void {
    this.steps = this.stepsOfGate[gate]!;
    this.index = 0;
    this.pulse = 0;
    this.originCycle = releaseCycle;
    this.dueCycle = this.next();
  }

  /** All steps of this clock; two of them may share it. */
  fire(cycle: number, outputs: Outputs): void {
    while (this.dueCycle === cycle) {
      const { phase, signal, value } = this.steps[this.index]!;
      const { phasesPerCycle } = this.registers;
      outputs.set(signal, value, phase - Math.floor(phase / phasesPerCycle) * phasesPerCycle);
      this.index++;
      if (this.index === this.steps.length) {
        this.index = 0;
        this.pulse++;
        this.originCycle += this.registers.pulsePeriodCycles;
      }
      this.dueCycle = this.next();
    }
  }

  private next(): number {
    if (this.pulse === this.registers.pulsesPerGate) return Infinity;
    return this.originCycle + Math.floor(this.steps[this.index]!.phase / this.registers.phasesPerCycle);
  }
}

function stepsOf({ laserPhase, film }: PulseEdges, phasesPerCycle: number): Step[] {
  const steps: Step[] = [
    { phase: laserPhase, signal: S.LASER_TRIGGER, value: 1 },
    { phase: laserPhase + LASER_TRIGGER_CYCLES * phasesPerCycle, signal: S.LASER_TRIGGER, value: 0 },
  ];
  if (film !== undefined) {
    steps.push({ phase: film.openPhase, signal: S.FILM_GATE, value: 1 });
    steps.push({ phase: film.closePhase, signal: S.FILM_GATE, value: 0 });
  }
  return steps.sort((a, b) => a.phase - b.phase);
}
