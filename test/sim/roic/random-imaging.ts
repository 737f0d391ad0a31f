import { Draws } from "../../../sim/random/draws.ts";
import { imagingTiming, shortestSlots } from "../../../sim/roic/imaging-timing.ts";
import type {
  CommonImagingRegisters,
  ImagingSequencerRegisters,
} from "../../../sim/roic/sequencer/imaging-registers.ts";
import type { TriggerPulse } from "../../../sim/roic/sequencer/trigger-unit.ts";

export interface RandomImaging {
  readonly registers: ImagingSequencerRegisters;
  readonly frames: number;
  /** Pulses at random distances, some of them too close; undefined: free running, or the generator of the registers. */
  readonly triggers: readonly TriggerPulse[] | undefined;
  readonly bits: number;
  readonly draws: Draws;
}

type Integers = (min: number, max: number) => number;
type Direction = { readonly binning: number; readonly decimation: number; readonly pixels: number };

const STEPS = [1, 1, 2, 4] as const;

/** A small imager with random region, binning, banks, times, shutter, reads, exposure, period and trigger. */
export function randomImaging(seed: number): RandomImaging {
  const draws = new Draws(seed, 210);
  let index = 0;
  const from: Integers = (min, max) => min + draws.integer(index++, max - min + 1);
  const bits = from(1, 5);
  const free = { ...randomCommon(from, bits), ...randomShutter(from) };
  const registers = withPeriod(free, from);
  const frames = from(1, 3);
  const trigger = from(0, 4);
  if (trigger > 1) return { registers, frames, triggers: undefined, bits, draws };
  const { activeCycles } = imagingTiming(registers);
  const triggered = { ...registers, triggerPeriodCycles: activeCycles + from(0, 1) * from(0, 50) };
  const triggers = trigger === 0 ? undefined : randomPulses(from, frames, activeCycles);
  return { registers: triggered, frames, triggers, bits, draws };
}

function randomCommon(from: Integers, bits: number): Omit<CommonImagingRegisters, "reads"> {
  const rows = randomDirection(from, 8);
  const columns = randomDirection(from, 5);
  const offsetY = from(0, 2);
  const offsetX = from(0, 2);
  return {
    sensorRows: (rows.pixels + offsetY) * rows.binning * rows.decimation + from(0, 3),
    sensorColumns: (columns.pixels + offsetX) * columns.binning * columns.decimation + from(0, 3),
    rowBinning: rows.binning,
    rowDecimation: rows.decimation,
    columnBinning: columns.binning,
    columnDecimation: columns.decimation,
    offsetX,
    offsetY,
    width: columns.pixels,
    height: rows.pixels,
    banks: from(1, 4),
    transferOverheadCycles: from(0, 1) * from(0, 40),
    pixelsPerCycle: from(1, 4),
    resetCycles: from(1, 9),
    settleCycles: from(1, 9),
    convertCycles: 2 ** bits,
    pipelined: from(0, 1) === 1,
    triggerPeriodCycles: 0,
  };
}

function randomDirection(from: Integers, most: number): Direction {
  const step = STEPS[from(0, STEPS.length - 1)]!;
  const isBinned = from(0, 1) === 1;
  return { binning: isBinned ? step : 1, decimation: isBinned ? 1 : step, pixels: from(1, most) };
}

type Shutter =
  | { readonly shutter: "rolling"; readonly reads: number; readonly slots: number }
  | { readonly shutter: "global" | "global-reset"; readonly reads: number; readonly exposureCycles: number };

function randomShutter(from: Integers): Shutter {
  const shutter = (["rolling", "rolling", "global", "global-reset"] as const)[from(0, 3)]!;
  if (shutter !== "rolling") return { shutter, reads: from(1, 2), exposureCycles: from(1, 60) };
  return { shutter, reads: Math.max(1, from(-1, 6)), slots: from(0, 9) };
}

/** Exposure and frame period of a rolling shutter depend on its groups. */
function withPeriod(
  free: Omit<CommonImagingRegisters, "reads"> & Shutter,
  from: Integers,
): ImagingSequencerRegisters {
  const slack = from(0, 1) * from(0, 7);
  if (free.shutter !== "rolling") {
    const registers = { ...free, framePeriodCycles: 1 };
    return { ...registers, framePeriodCycles: imagingTiming(registers).activeCycles + slack };
  }
  const { slots, ...common } = free;
  const groups = Math.ceil(common.height / common.banks);
  const isRamp = common.reads > 2;
  const exposureSlots = isRamp ? (common.reads - 1) * (groups + (slots % 3)) : 1 + slots;
  return {
    ...common,
    exposureSlots,
    framePeriodSlots: shortestSlots(exposureSlots, common.reads, groups) + slack,
  };
}

function randomPulses(from: Integers, frames: number, activeCycles: number): TriggerPulse[] {
  const pulses: TriggerPulse[] = [];
  let riseCycle = from(0, 5);
  for (let left = frames; left > 0; ) {
    const highCycles = from(1, 4);
    pulses.push({ riseCycle, fallCycle: riseCycle + highCycles });
    const isLong = from(0, 1) === 1;
    if (isLong) left--;
    riseCycle += highCycles + from(1, isLong ? 2 * activeCycles : 9) + (isLong ? activeCycles : 0);
  }
  return [...pulses, { riseCycle, fallCycle: riseCycle + 3 }];
}
