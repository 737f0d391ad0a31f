/**
 * The row sequencer stepped clock by clock, written as counters that are decremented and levels that are looked up at
 * every phase: nothing is scheduled ahead. Same registers, same signals, other mechanism than sim/roic/sequencer.
 */
import type { Edge } from "../../../sim/roic/sequencer/outputs.ts";
import type { SequencerRegisters } from "../../../sim/roic/sequencer/registers.ts";
import * as S from "../../../sim/roic/sequencer/signals.ts";
import { ClockedTrigger } from "./clocked-trigger.ts";

export class ClockedSequencer {
  exposure = S.EXPOSURE_IDLE;
  private exposureCount = 0;
  private gate = 0;
  private pulse = 0;
  frame = 0;
  private readonly trigger: ClockedTrigger | undefined;
  private wantsPlane: boolean;
  private filmOn = 0;
  private readout = S.READOUT_IDLE;
  private readoutCount = 0;
  private sinceSelect = 0;
  private group = 0;
  private transferCount = 0;
  private transferGroup = 0;
  private transferWaits = -1;
  private planeValid = 0;
  private frameValid = 0;
  private readonly frames: number;
  private readonly groups: number;
  private readonly r: SequencerRegisters;

  /** @param trigger level of trigger_in at a clock; undefined: frames run freely. */
  constructor(registers: SequencerRegisters, frames: number, trigger?: (cycle: number) => number) {
    this.r = registers;
    this.trigger = trigger === undefined ? undefined : new ClockedTrigger(trigger);
    this.wantsPlane = trigger === undefined;
    this.frames = frames;
    this.groups = Math.ceil(registers.rows / registers.banks);
  }

  tick(cycle: number): void {
    this.tickReadout();
    this.tickTransfer();
    // Not pipelined, or the transfer is the longer one: the line buffer has just become free.
    this.tickHold();
    if (this.trigger?.tick(cycle, this.exposure === S.EXPOSURE_IDLE)) this.wantsPlane = true;
    this.tickExposure();
  }

  private tickReadout(): void {
    this.sinceSelect++;
    if (this.readout === S.READOUT_SETTLE && --this.readoutCount === 0) {
      this.readout = S.READOUT_CONVERT;
      this.readoutCount = this.r.convertCycles;
    } else if (this.readout === S.READOUT_CONVERT && --this.readoutCount === 0) {
      this.transferWaits = this.group;
      this.readout = this.group + 1 < this.groups ? S.READOUT_HOLD : S.READOUT_IDLE;
    }
  }

  private tickTransfer(): void {
    if (this.transferCount > 0 && --this.transferCount === 0 && this.transferGroup === this.groups - 1) {
      this.planeValid = 0;
      this.gate++;
      if (this.gate === this.r.pulseEdges.length) {
        this.gate = 0;
        this.frame++;
        this.frameValid = 0;
        if (this.trigger !== undefined) {
          this.exposure = S.EXPOSURE_IDLE;
          return;
        }
      }
      this.wantsPlane = true;
    }
    if (this.transferWaits < 0) return;
    if (this.transferCount > 0) throw new Error("a transfer starts while another one is under way");
    this.transferGroup = this.transferWaits;
    this.transferWaits = -1;
    this.transferCount = this.r.transferCycles;
    if (this.transferGroup === 0) {
      this.planeValid = 1;
      if (this.gate === 0) this.frameValid = 1;
    }
  }

  private tickHold(): void {
    if (this.readout !== S.READOUT_HOLD) return;
    const isFree = this.r.pipelined ? this.sinceSelect >= this.r.transferCycles : this.transferCount === 0;
    if (isFree) this.select(this.group + 1);
  }

  private select(group: number): void {
    this.group = group;
    this.readout = S.READOUT_SETTLE;
    this.readoutCount = this.r.settleCycles;
    this.sinceSelect = 0;
  }

  private tickExposure(): void {
    if (this.wantsPlane) {
      this.wantsPlane = false;
      this.exposure = this.frame < this.frames ? S.EXPOSURE_RESET : S.EXPOSURE_IDLE;
      this.exposureCount = this.r.resetCycles;
      if (this.exposure === S.EXPOSURE_RESET && this.r.pulseEdges[this.gate]!.film === undefined)
        this.filmOn = 1;
    } else if (this.exposure === S.EXPOSURE_RESET && --this.exposureCount === 0) {
      this.exposure = S.EXPOSURE_PULSES;
      this.exposureCount = this.r.pulsePeriodCycles;
      this.pulse = 0;
    } else if (this.exposure === S.EXPOSURE_PULSES && --this.exposureCount === 0) {
      if (this.pulse + 1 === this.r.pulsesPerGate) {
        this.exposure = S.EXPOSURE_READ;
        this.select(0);
        return;
      }
      this.pulse++;
      this.exposureCount = this.r.pulsePeriodCycles;
    }
  }

  /** Laser trigger and film gate at a phase of this clock. */
  pulseLevels(phase: number): readonly [laser: number, film: number] {
    const p = this.r.phasesPerCycle;
    const { laserPhase, film } = this.r.pulseEdges[this.gate]!;
    const untilRelease = this.exposure === S.EXPOSURE_RESET ? this.exposureCount : 0;
    const sinceStart =
      this.exposure === S.EXPOSURE_PULSES ? this.r.pulsePeriodCycles - this.exposureCount : 0;
    const runs = this.exposure === S.EXPOSURE_RESET || this.exposure === S.EXPOSURE_PULSES;
    const t = (sinceStart - untilRelease) * p + phase;
    const laser = runs && t >= laserPhase && t < laserPhase + p ? 1 : 0;
    if (film === undefined) return [laser, this.filmOn];
    return [laser, runs && t >= film.openPhase && t < film.closePhase ? 1 : 0];
  }

  /** All signals at phase 0 of this clock. */
  levels(into: Float64Array): void {
    const converts = this.readout === S.READOUT_CONVERT ? 1 : 0;
    const settles = this.readout === S.READOUT_SETTLE ? 1 : 0;
    const [laser, film] = this.pulseLevels(0);
    into[S.FRAME_VALID] = this.frameValid;
    into[S.PLANE_VALID] = this.planeValid;
    into[S.LINE_VALID] = this.transferCount > 0 ? 1 : 0;
    into[S.LINE_GROUP] = this.transferGroup;
    into[S.EXPOSURE_STATE] = this.exposure;
    if (this.exposure !== S.EXPOSURE_IDLE) into[S.GATE_INDEX] = this.gate;
    into[S.TRIGGER_IN] = this.trigger?.level ?? 0;
    into[S.TRIGGER_MISSED] = this.trigger?.missedLevel ?? 0;
    into[S.PULSE_INDEX] = this.pulse;
    into[S.RESET] = this.exposure === S.EXPOSURE_RESET ? 1 : 0;
    into[S.LASER_TRIGGER] = laser;
    into[S.FILM_GATE] = film;
    into[S.READOUT_STATE] = this.readout;
    into[S.ROW_GROUP] = this.group;
    into[S.SETTLE] = settles;
    into[S.RAMP] = converts;
    into[S.COUNTER_ENABLE] = converts;
    for (let row = 0; row < this.r.rows; row++) {
      const isSelected = (settles || converts) && Math.floor(row / this.r.banks) === this.group;
      into[S.ROW_SELECT + row] = isSelected ? 1 : 0;
    }
  }
}

/** Every edge of some frames, found by looking at every signal at every clock and phase. */
export function clockedEdges(
  registers: SequencerRegisters,
  frames: number,
  trigger?: (cycle: number) => number,
): Edge[] {
  const sequencer = new ClockedSequencer(registers, frames, trigger);
  const size = S.ROW_SELECT + registers.rows;
  const before = new Float64Array(size);
  const now = new Float64Array(size);
  const edges: Edge[] = [];
  for (let cycle = 0; ; cycle++) {
    sequencer.tick(cycle);
    sequencer.levels(now);
    for (let signal = 0; signal < size; signal++) {
      if (now[signal] !== before[signal]) edges.push({ cycle, phase: 0, signal, value: now[signal]! });
    }
    for (let phase = 1; phase < registers.phasesPerCycle; phase++) {
      sequencer.pulseLevels(phase).forEach((value, i) => {
        const signal = i === 0 ? S.LASER_TRIGGER : S.FILM_GATE;
        if (value !== now[signal]) edges.push({ cycle, phase, signal, value });
        now[signal] = value;
      });
    }
    before.set(now);
    if (sequencer.frame === frames) return edges;
  }
}
