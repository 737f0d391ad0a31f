// Closed formulas of the imaging frame (docs/timing.md). All times are whole cycles of the ROIC clock; the machine in
// sequencer/ makes the same edges one by one, and a test holds the two against each other.

import type { ImagingSequencerRegisters } from "./sequencer/imaging-registers.ts";
import { TRIGGER_LATENCY_CYCLES } from "./sequencer/trigger-unit.ts";

export interface ImagingTiming {
  readonly shutter: ImagingSequencerRegisters["shutter"];
  /** N. */
  readonly reads: number;
  readonly isTriggered: boolean;
  /** B: output lines that convert together. */
  readonly linesPerGroup: number;
  /** G. */
  readonly groups: number;
  readonly resetCycles: number;
  readonly settleCycles: number;
  readonly convertCycles: number;
  /** X. */
  readonly transferCycles: number;
  /** U: one conversion step. */
  readonly stepCycles: number;
  /** From one group's reads to the next one's: T_row in rolling, U in the global modes. */
  readonly rowCycles: number;
  /** First select of a read pass to the end of its last transfer. */
  readonly passCycles: number;
  /** E T_row in rolling, Ec in the global modes: what ExposureTime tells. The exact times are those of a line. */
  readonly exposureCycles: number;
  /** Read i selects group 0 so long after the frame's start. */
  readonly readStartCycles: readonly number[];
  /** A: a frame's start to the end of its last transfer. */
  readonly activeCycles: number;
  /** Shortest period in this mode: F_min T_row when rolling runs freely, A otherwise. */
  readonly frameMinCycles: number;
  /** Period: from a frame's start to the next one's. */
  readonly frameCycles: number;
}

/** @param registers legal ones (checkImagingRegisters). */
export function imagingTiming(registers: ImagingSequencerRegisters): ImagingTiming {
  const { banks, convertCycles, height, pipelined, reads, resetCycles, settleCycles } = registers;
  const { triggerPeriodCycles } = registers;
  const groups = Math.ceil(height / banks);
  const transferCycles =
    registers.transferOverheadCycles + Math.ceil((banks * registers.width) / registers.pixelsPerCycle);
  const sampleCycles = settleCycles + convertCycles;
  const stepCycles = pipelined ? Math.max(sampleCycles, transferCycles) : sampleCycles + transferCycles;
  const isRolling = registers.shutter === "rolling";
  const stepsPerSlot = reads === 2 ? 2 : 1;
  const rowCycles = isRolling ? resetCycles + stepsPerSlot * stepCycles : stepCycles;
  const passCycles = (groups - 1) * rowCycles + sampleCycles + transferCycles;
  const exposureCycles = isRolling ? registers.exposureSlots * rowCycles : registers.exposureCycles;
  const readStartCycles = isRolling
    ? rollingStarts(registers, rowCycles, stepCycles)
    : globalStarts(registers, passCycles);
  const activeCycles = readStartCycles[reads - 1]! + passCycles;
  const isTriggered = triggerPeriodCycles > 0;
  const freeMinCycles = isRolling
    ? shortestSlots(registers.exposureSlots, reads, groups) * rowCycles
    : activeCycles;
  const freeCycles = isRolling ? registers.framePeriodSlots * rowCycles : registers.framePeriodCycles;
  return {
    shutter: registers.shutter,
    reads,
    isTriggered,
    linesPerGroup: banks,
    groups,
    resetCycles,
    settleCycles,
    convertCycles,
    transferCycles,
    stepCycles,
    rowCycles,
    passCycles,
    exposureCycles,
    readStartCycles,
    activeCycles,
    frameMinCycles: isTriggered ? activeCycles : freeMinCycles,
    frameCycles: isTriggered ? triggerPeriodCycles : freeCycles,
  };
}

/**
 * F_min in row slots: the next frame's pass starts behind this one's, a group is read before it is reset again, and the
 * passes of a ramp do not meet those of the next one.
 */
export function shortestSlots(exposureSlots: number, reads: number, groups: number): number {
  return reads > 2 ? exposureSlots + groups : Math.max(groups, exposureSlots + 1);
}

/** Row slots between the reset and read i: e_i. */
export function readSlots(exposureSlots: number, reads: number): number[] {
  if (reads === 1) return [exposureSlots];
  return Array.from({ length: reads }, (_, read) => (read * exposureSlots) / (reads - 1));
}

function rollingStarts(
  registers: ImagingSequencerRegisters & { readonly shutter: "rolling" },
  rowCycles: number,
  stepCycles: number,
): number[] {
  const { exposureSlots, reads, resetCycles } = registers;
  const isCds = reads === 2;
  return readSlots(exposureSlots, reads).map(
    (slots, read) => slots * rowCycles + resetCycles + (isCds && read === 1 ? stepCycles : 0),
  );
}

function globalStarts(
  { exposureCycles, reads, resetCycles }: Exclude<ImagingSequencerRegisters, { shutter: "rolling" }>,
  passCycles: number,
): number[] {
  if (reads === 1) return [resetCycles + exposureCycles];
  return [resetCycles, resetCycles + passCycles + exposureCycles];
}

/** Cycle at which frame n = 0, 1, ... starts, when every trigger of the generator is taken. */
export function frameStartCycle(timing: ImagingTiming, frame: number): number {
  return (timing.isTriggered ? TRIGGER_LATENCY_CYCLES : 0) + frame * timing.frameCycles;
}

/** From the frame's start to the release of the line's reset. */
export function releaseCycle(timing: ImagingTiming, line: number): number {
  const { linesPerGroup, resetCycles, rowCycles, shutter } = timing;
  return shutter === "rolling" ? Math.floor(line / linesPerGroup) * rowCycles + resetCycles : resetCycles;
}

/** From the frame's start to the end of settling of a line's read, where its pixels are sampled. */
export function sampleCycle(timing: ImagingTiming, line: number, read: number): number {
  const { linesPerGroup, readStartCycles, rowCycles, settleCycles } = timing;
  return readStartCycles[read]! + Math.floor(line / linesPerGroup) * rowCycles + settleCycles;
}

/** Release to sample: dark current and noise see this. */
export function darkCycles(timing: ImagingTiming, line: number, read: number): number {
  return sampleCycle(timing, line, read) - releaseCycle(timing, line);
}

/** Of the dark time, cycles with the film open. Film gate of the global shutter: the exposure, before the last read alone. */
export function lightCycles(timing: ImagingTiming, line: number, read: number): number {
  if (timing.shutter !== "global") return darkCycles(timing, line, read);
  return read === timing.reads - 1 ? timing.exposureCycles : 0;
}

/** Seconds on the node's light: open time and the share `extinction` of the closed time. */
export function lightTimeS(
  timing: ImagingTiming,
  line: number,
  read: number,
  { clockHz, extinction }: { readonly clockHz: number; readonly extinction: number },
): number {
  const open = lightCycles(timing, line, read);
  return (open + extinction * (darkCycles(timing, line, read) - open)) / clockHz;
}

/** From the frame's start to the start of the transfer of a row group's read. */
export function transferStartCycle(timing: ImagingTiming, group: number, read: number): number {
  const { convertCycles, readStartCycles, rowCycles, settleCycles } = timing;
  return readStartCycles[read]! + group * rowCycles + settleCycles + convertCycles;
}

export function imagingFrameRateHz(timing: ImagingTiming, clockHz: number): number {
  return clockHz / timing.frameCycles;
}
