import { frameStartCycle, type ImagingTiming } from "../roic/imaging-timing.ts";
import { rate, type WindowContent } from "./edge-rates.ts";
import type { CycleWindow } from "./trace-length.ts";

/** Cycles of an acquisition of so many frames: to the end of its last transfer. */
export function acquisitionCycles(timing: ImagingTiming, frames: number): number {
  return frameStartCycle(timing, frames - 1) + timing.activeCycles;
}

/**
 * Frames, read passes, conversions and counter clocks that a window touches.
 * @param frames frames that run; the window ends with the last one.
 */
export function imagingContent(timing: ImagingTiming, frames: number, window: CycleWindow): WindowContent {
  const { activeCycles, frameCycles, readStartCycles } = timing;
  const firstFrame = Math.max(0, Math.floor((window.fromCycle - activeCycles) / frameCycles) - 1);
  const endFrame = Math.min(frames, Math.ceil(window.toCycle / frameCycles) + 1);
  let plane = 0;
  let group = 0;
  let clock = 0;
  for (let frame = firstFrame; frame < endFrame; frame++) {
    for (const start of readStartCycles) {
      const passCycle = frameStartCycle(timing, frame) + start;
      const found = passContent(timing, window.fromCycle - passCycle, window.toCycle - passCycle);
      if (found.groups === 0) continue;
      plane++;
      group += found.groups;
      clock += found.clocks;
    }
  }
  // One more: the trigger of a frame that does not run any more.
  return rate({ frame: Math.max(0, endFrame - firstFrame) + 1, plane, group, clock });
}

/** Of one read pass; times from its start on. */
function passContent(
  timing: ImagingTiming,
  fromCycle: number,
  toCycle: number,
): { readonly groups: number; readonly clocks: number } {
  const { convertCycles, groups, rowCycles, settleCycles, stepCycles, transferCycles } = timing;
  // A conversion has edges until its hold and its transfer end.
  const lastEdge = Math.max(settleCycles + convertCycles + transferCycles, stepCycles);
  const begun = clamp(Math.ceil(toCycle / rowCycles), groups);
  const ended = clamp(Math.ceil((fromCycle - lastEdge) / rowCycles), groups);
  const clocks = clocksBefore(timing, toCycle) - clocksBefore(timing, fromCycle);
  return { groups: Math.max(0, begun - ended), clocks: Math.max(0, clocks) };
}

/** Counter clocks of a pass before a cycle from its start. */
function clocksBefore(
  { convertCycles, groups, rowCycles, settleCycles }: ImagingTiming,
  cycle: number,
): number {
  const whole = clamp(Math.floor(cycle / rowCycles), groups);
  const inGroup = cycle - whole * rowCycles - settleCycles;
  const clocks = whole === groups ? 0 : Math.min(Math.max(inGroup, 0), convertCycles);
  return whole * convertCycles + clocks;
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
