/**
 * The imaging sequencer stepped clock by clock: counters that are incremented and levels that are looked at, nothing
 * scheduled ahead. Written from docs/timing.md.
 */
import type { ImagingSequencerRegisters } from "../../../sim/roic/sequencer/imaging-registers.ts";
import type { Edge } from "../../../sim/roic/sequencer/outputs.ts";
import * as S from "../../../sim/roic/sequencer/signals.ts";
import { ClockedReadout } from "./clocked-readout.ts";
import { ClockedTrigger } from "./clocked-trigger.ts";

interface Control {
  /** Starts a frame at this clock. */
  begin(frame: number): void;
  /** After the readout's clock. */
  tick(): void;
  readonly exposureState: number;
  readonly isReset: boolean;
  readonly resetGroup: number | undefined;
  readonly filmOn: boolean;
}

function conversionStep(r: ImagingSequencerRegisters): { transfer: number; step: number } {
  const transfer = r.transferOverheadCycles + Math.ceil((r.banks * r.width) / r.pixelsPerCycle);
  const sample = r.settleCycles + r.convertCycles;
  return { transfer, step: r.pipelined ? Math.max(sample, transfer) : sample + transfer };
}

/** A grid of row slots; every frame under way has its age in slots. */
class RollingControl implements Control {
  readonly exposureState = 0;
  readonly isReset = false;
  resetGroup: number | undefined;
  private frames: { readonly frame: number; age: number }[] = [];
  private clock = 0;
  private readonly steps: number;
  private readonly groups: number;
  private readonly step: number;
  private readonly r: ImagingSequencerRegisters & { shutter: "rolling" };
  private readonly readout: ClockedReadout;

  constructor(registers: ImagingSequencerRegisters & { shutter: "rolling" }, readout: ClockedReadout) {
    this.r = registers;
    this.readout = readout;
    this.steps = registers.reads === 2 ? 2 : 1;
    this.groups = Math.ceil(registers.height / registers.banks);
    this.step = conversionStep(registers).step;
  }

  get filmOn(): boolean {
    return this.frames.length > 0;
  }

  begin(frame: number): void {
    this.nextSlot();
    this.frames.push({ frame, age: 0 });
  }

  tick(): void {
    if (this.readout.frameEnded) this.frames.shift();
    this.resetGroup = undefined;
    if (this.frames.length === 0) return;
    if (this.clock === this.r.resetCycles + this.steps * this.step) this.nextSlot();
    this.reset();
    this.convert();
    this.clock++;
  }

  private nextSlot(): void {
    this.clock = 0;
    for (const frame of this.frames) frame.age++;
  }

  private reset(): void {
    if (this.clock >= this.r.resetCycles) return;
    for (const { age } of this.frames) if (age < this.groups) this.resetGroup = age;
  }

  private convert(): void {
    const sinceReset = this.clock - this.r.resetCycles;
    if (sinceReset < 0 || sinceReset % this.step !== 0) return;
    const hold = this.step - this.r.settleCycles - this.r.convertCycles;
    for (const { frame, age } of this.frames) {
      for (let plane = 0; plane < this.r.reads; plane++) {
        if (this.stepOf(plane) !== sinceReset / this.step) continue;
        const group = age - this.slotOf(plane);
        if (group >= 0 && group < this.groups) this.readout.select({ frame, plane, group }, hold);
      }
    }
  }

  private slotOf(plane: number): number {
    if (this.r.reads === 1) return this.r.exposureSlots;
    return plane * (this.r.exposureSlots / (this.r.reads - 1));
  }

  private stepOf(plane: number): number {
    return this.r.reads === 2 && plane === 1 ? 1 : 0;
  }
}

type Phase = "idle" | "reset" | "open" | "read";

/** Reset, exposure and read passes follow each other; each ends by its own counter. */
class GlobalControl implements Control {
  readonly resetGroup = undefined;
  private phase: Phase = "idle";
  private count = 0;
  private frame = 0;
  private plane = 0;
  private group = 0;
  private readonly groups: number;
  private readonly step: number;
  private readonly r: ImagingSequencerRegisters & { shutter: "global" | "global-reset" };
  private readonly readout: ClockedReadout;

  constructor(
    registers: ImagingSequencerRegisters & { shutter: "global" | "global-reset" },
    readout: ClockedReadout,
  ) {
    this.r = registers;
    this.readout = readout;
    this.groups = Math.ceil(registers.height / registers.banks);
    this.step = conversionStep(registers).step;
  }

  get exposureState(): number {
    return { idle: 0, reset: 1, open: 2, read: 3 }[this.phase];
  }

  get isReset(): boolean {
    return this.phase === "reset";
  }

  get filmOn(): boolean {
    return this.r.shutter === "global" ? this.phase === "open" : this.phase !== "idle";
  }

  begin(frame: number): void {
    this.frame = frame;
    this.plane = 0;
    this.enter("reset");
  }

  tick(): void {
    this.count++;
    const { exposureCycles, reads, resetCycles } = this.r;
    if (this.phase === "read" && this.readout.planeEnded) {
      this.plane++;
      this.enter(this.plane === reads ? "idle" : "open");
    }
    if (this.phase === "reset" && this.count === resetCycles) this.enter(reads === 2 ? "read" : "open");
    if (this.phase === "open" && this.count === exposureCycles) this.enter("read");
    if (this.phase === "read") this.readGroups();
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.count = 0;
    this.group = 0;
  }

  private readGroups(): void {
    if (this.count !== this.group * this.step || this.group === this.groups) return;
    const isLast = this.group === this.groups - 1;
    const hold = isLast ? 0 : this.step - this.r.settleCycles - this.r.convertCycles;
    this.readout.select({ frame: this.frame, plane: this.plane, group: this.group }, hold);
    this.group++;
  }
}

export class ClockedImaging {
  readonly readout: ClockedReadout;
  readonly trigger: ClockedTrigger | undefined;
  ended = 0;
  private readonly control: Control;
  private started = 0;
  private sinceStart = 0;
  private readonly frames: number;
  private readonly r: ImagingSequencerRegisters;

  /** @param trigger level of trigger_in at a clock; undefined: frames run freely. */
  constructor(
    registers: ImagingSequencerRegisters,
    frames: number,
    trigger: ((cycle: number) => number) | undefined,
  ) {
    this.r = registers;
    this.frames = frames;
    this.trigger = trigger === undefined ? undefined : new ClockedTrigger(trigger);
    this.readout = new ClockedReadout({
      settle: registers.settleCycles,
      convert: registers.convertCycles,
      transfer: conversionStep(registers).transfer,
      groups: Math.ceil(registers.height / registers.banks),
      reads: registers.reads,
    });
    this.control =
      registers.shutter === "rolling"
        ? new RollingControl(registers, this.readout)
        : new GlobalControl(registers, this.readout);
  }

  tick(cycle: number): void {
    this.readout.tick();
    if (this.readout.frameEnded) this.ended++;
    // The frame that has just ended leaves the control before the next one enters it.
    const begins = this.trigger === undefined ? this.runsFreely() : this.isTriggered(this.trigger, cycle);
    if (this.r.shutter === "rolling") {
      if (begins) this.control.begin(this.started++);
      this.control.tick();
    } else {
      this.control.tick();
      if (begins) this.control.begin(this.started++);
    }
  }

  private runsFreely(): boolean {
    const { r } = this;
    const period =
      r.shutter === "rolling"
        ? r.framePeriodSlots * (r.resetCycles + (r.reads === 2 ? 2 : 1) * conversionStep(r).step)
        : r.framePeriodCycles;
    this.sinceStart++;
    if (this.started > 0 && this.sinceStart < period) return false;
    this.sinceStart = 0;
    return this.started < this.frames;
  }

  private isTriggered(trigger: ClockedTrigger, cycle: number): boolean {
    return trigger.tick(cycle, this.started === this.ended) && this.started < this.frames;
  }

  levels(into: Float64Array): void {
    const { control, readout } = this;
    const settles = readout.state === S.READOUT_SETTLE;
    const converts = readout.state === S.READOUT_CONVERT;
    into.fill(0);
    into[S.FRAME_VALID] = Number(readout.openFrames > 0);
    into[S.PLANE_VALID] = Number(readout.openPlanes > 0);
    into[S.LINE_VALID] = Number(readout.transferCount > 0);
    into[S.LINE_GROUP] = readout.sent.group;
    into[S.LINE_PLANE] = readout.sent.plane;
    into[S.EXPOSURE_STATE] = control.exposureState;
    into[S.RESET] = Number(control.isReset);
    into[S.FILM_GATE] = Number(control.filmOn);
    into[S.READOUT_STATE] = readout.state;
    into[S.ROW_GROUP] = readout.selected.group;
    into[S.READ_INDEX] = readout.selected.plane;
    into[S.SETTLE] = Number(settles);
    into[S.RAMP] = Number(converts);
    into[S.COUNTER_ENABLE] = Number(converts);
    into[S.TRIGGER_IN] = this.trigger?.level ?? 0;
    into[S.TRIGGER_MISSED] = this.trigger?.missedLevel ?? 0;
    if (settles || converts) this.rows(into, S.ROW_SELECT, readout.selected.group);
    if (control.resetGroup !== undefined) {
      this.rows(into, S.ROW_SELECT + this.r.sensorRows, control.resetGroup);
    }
  }

  private rows(into: Float64Array, base: number, group: number): void {
    const { banks, height, offsetY, rowBinning, rowDecimation, sensorRows } = this.r;
    for (let row = 0; row < sensorRows; row++) {
      const line = Math.floor(row / (rowBinning * rowDecimation)) - offsetY;
      const isRead = row % (rowBinning * rowDecimation) < rowBinning && line >= 0 && line < height;
      if (isRead && Math.floor(line / banks) === group) into[base + row] = 1;
    }
  }
}

export interface ClockedRun {
  readonly edges: Edge[];
  readonly missed: number;
}

/**
 * Every edge of some frames, found by looking at every signal at every clock.
 * @param watch called at every clock, with the machine as it then is.
 */
export function clockedImagingEdges(
  registers: ImagingSequencerRegisters,
  frames: number,
  options: {
    readonly trigger?: (cycle: number) => number;
    readonly watch?: (cycle: number, machine: ClockedImaging) => void;
  } = {},
): ClockedRun {
  const machine = new ClockedImaging(registers, frames, options.trigger);
  const size = S.ROW_SELECT + 2 * registers.sensorRows;
  let before = new Float64Array(size);
  let now = new Float64Array(size);
  const edges: Edge[] = [];
  for (let cycle = 0; machine.ended < frames; cycle++) {
    machine.tick(cycle);
    machine.levels(now);
    for (let signal = 0; signal < size; signal++) {
      if (now[signal] !== before[signal]) edges.push({ cycle, phase: 0, signal, value: now[signal]! });
    }
    options.watch?.(cycle, machine);
    [before, now] = [now, before];
  }
  return { edges, missed: machine.trigger?.missed ?? 0 };
}
