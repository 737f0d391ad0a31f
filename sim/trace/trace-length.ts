import type { FrameTiming } from "../roic/frame-timing.ts";
import { rate, type WindowContent } from "./edge-rates.ts";

/** Cycles from the first frame's start, half-open. */
export interface CycleWindow {
  readonly fromCycle: number;
  readonly toCycle: number;
}

/** @param frames frames that run; the window ends with the last one. */
export function windowContent(timing: FrameTiming, frames: number, window: CycleWindow): WindowContent {
  const fromCycle = Math.max(0, window.fromCycle);
  const toCycle = Math.min(window.toCycle, frames * timing.frameCycles);
  if (toCycle <= fromCycle) return rate({});
  return subtract(contentBefore(timing, toCycle), contentBefore(timing, fromCycle), timing);
}

/** Frames at each end of a window that it may hold in part. */
const ENDS = 2;

/**
 * The same for frames that start `periodCycles` after each other, the first at `startCycle`, with a trigger for each and
 * one more.
 */
export function triggeredContent(
  timing: FrameTiming,
  frames: number,
  window: CycleWindow,
  { periodCycles, startCycle }: { readonly periodCycles: number; readonly startCycle: number },
): WindowContent {
  const first = Math.max(0, Math.floor((window.fromCycle - startCycle - timing.frameCycles) / periodCycles));
  const end = Math.max(first, Math.min(frames, Math.ceil(window.toCycle / periodCycles) + 1));
  const whole = Math.max(0, end - first - 2 * ENDS);
  let sum = rate({ frame: end - first + 1 });
  for (let i = 0; i < end - first - whole; i++) {
    const startsAt = startCycle + periodCycles * (i < ENDS ? first + i : first + whole + i);
    const own = { fromCycle: window.fromCycle - startsAt, toCycle: window.toCycle - startsAt };
    sum = plus(sum, windowContent(timing, 1, own), 1);
  }
  return plus(sum, windowContent(timing, 1, { fromCycle: 0, toCycle: timing.frameCycles }), whole);
}

function plus(sum: WindowContent, content: WindowContent, times: number): WindowContent {
  return {
    frame: sum.frame + times * content.frame,
    plane: sum.plane + times * content.plane,
    pulse: sum.pulse + times * content.pulse,
    group: sum.group + times * content.group,
    clock: sum.clock + times * content.clock,
  };
}

/** Whole and begun planes, pulses, groups and clocks before a cycle. */
function contentBefore(timing: FrameTiming, cycle: number): WindowContent {
  const planeCycles = timing.gateCycles + timing.planeReadCycles;
  const planes = Math.floor(cycle / planeCycles);
  const inPlane = cycle - planes * planeCycles;
  const { convertCycles, groupCycles, groups, pulsesPerGate, settleCycles } = timing;
  const pulses = begun(inPlane - timing.resetCycles, timing.pulsePeriodCycles, pulsesPerGate);
  const inRead = inPlane - timing.gateCycles;
  const begunGroups = begun(inRead, groupCycles, groups);
  const inGroup = inRead - (begunGroups - 1) * groupCycles - settleCycles;
  const lastClocks = Math.min(Math.max(inGroup, 0), convertCycles);
  const clocks = begunGroups === 0 ? 0 : (begunGroups - 1) * convertCycles + lastClocks;
  return rate({
    plane: planes,
    pulse: planes * pulsesPerGate + pulses,
    group: planes * groups + begunGroups,
    clock: planes * groups * convertCycles + clocks,
  });
}

function begun(cycles: number, periodCycles: number, most: number): number {
  return Math.min(Math.max(Math.ceil(cycles / periodCycles), 0), most);
}

/**
 * What is under way at the window's start still has edges in it: one of each more, and two row groups, of which one is
 * transferred while the other one converts.
 */
function subtract(to: WindowContent, from: WindowContent, timing: FrameTiming): WindowContent {
  return rate({
    plane: to.plane - from.plane + 2,
    pulse: Math.min(to.pulse - from.pulse + 1, (to.plane - from.plane + 1) * timing.pulsesPerGate),
    group: to.group - from.group + 2,
    clock: to.clock - from.clock,
  });
}
