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
  const { activeCycles, frameCycles, reads } = timing;
  const { fromCycle, toCycle } = window;
  const first = Math.max(0, Math.floor((fromCycle - activeCycles) / frameCycles) - 1);
  const end = Math.min(frames, Math.ceil(toCycle / frameCycles) + 1);
  // Frames that lie within the window as a whole have everything; one more: the trigger of a frame that does not run.
  const firstWhole = Math.min(end, Math.max(first, Math.ceil(fromCycle / frameCycles)));
  const endWhole = Math.max(firstWhole, Math.min(end, Math.floor((toCycle - activeCycles) / frameCycles)));
  const whole = endWhole - firstWhole;
  const parts = [
    ...framesContent(timing, first, firstWhole, window),
    ...framesContent(timing, endWhole, end, window),
  ];
  const sum = (count: (pass: PassContent) => number) => parts.reduce((total, pass) => total + count(pass), 0);
  const groups = whole * reads * timing.groups + sum((pass) => pass.groups);
  return rate({
    frame: Math.max(0, end - first) + 1,
    plane: whole * reads + sum((pass) => (pass.groups > 0 ? 1 : 0)),
    group: groups,
    clock: whole * reads * timing.groups * timing.convertCycles + sum((pass) => pass.clocks),
  });
}

interface PassContent {
  readonly groups: number;
  readonly clocks: number;
}

/** Read passes of frames from `first` to `end` - 1. */
function framesContent(
  timing: ImagingTiming,
  first: number,
  end: number,
  window: CycleWindow,
): PassContent[] {
  const passes: PassContent[] = [];
  for (let frame = first; frame < end; frame++) {
    for (const startCycle of timing.readStartCycles) {
      const passCycle = frameStartCycle(timing, frame) + startCycle;
      passes.push(passContent(timing, window.fromCycle - passCycle, window.toCycle - passCycle));
    }
  }
  return passes;
}

/** Of one read pass; times from its start on. */
function passContent(timing: ImagingTiming, fromCycle: number, toCycle: number): PassContent {
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
