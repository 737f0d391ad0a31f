// Settings that the sensor cannot run, in the words and units of the registers: what was found, and the limit it breaks.

import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { shortestSlots } from "../../roic/imaging-timing.ts";
import { checkImagingRegisters } from "../../roic/sequencer/imaging-checks.ts";
import { exposureNs, frameRateMhz, type ImagingProgram, imagingProgram } from "./imaging-program.ts";
import type { ImagingSettings } from "./imaging-settings.ts";

const STEPS = [1, 2, 4];

/** Why these settings cannot be, for people; undefined = they can. */
export function refusalOf(profile: ImagingProfile, settings: ImagingSettings): string | undefined {
  return (
    stepRefusal("Horizontal", settings.binningX, settings.decimationX) ??
    stepRefusal("Vertical", settings.binningY, settings.decimationY) ??
    regionRefusal(profile, settings) ??
    modeRefusal(profile, settings) ??
    timeRefusal(profile, settings, imagingProgram(profile, settings))
  );
}

function stepRefusal(direction: string, binning: number, decimation: number): string | undefined {
  for (const [name, value] of Object.entries({ Binning: binning, Decimation: decimation })) {
    if (!STEPS.includes(value)) return `found ${name}${direction} ${value}, expected 1, 2 or 4`;
  }
  if (binning === 1 || decimation === 1) return undefined;
  return (
    `found Binning${direction} ${binning} and Decimation${direction} ${decimation}, expected one of them to be 1: ` +
    "a direction is binned or decimated"
  );
}

function regionRefusal({ array }: ImagingProfile, settings: ImagingSettings): string | undefined {
  const columns = Math.floor(array.widthPx / (settings.binningX * settings.decimationX));
  const rows = Math.floor(array.heightPx / (settings.binningY * settings.decimationY));
  return (
    endRefusal("OffsetX", settings.offsetX, "Width", settings.width, columns) ??
    endRefusal("OffsetY", settings.offsetY, "Height", settings.height, rows)
  );
}

function endRefusal(offsetName: string, offset: number, sizeName: string, size: number, limit: number) {
  if (offset + size <= limit) return undefined;
  return (
    `found a region that ends at ${offset + size} (${offsetName} ${offset} + ${sizeName} ${size}), expected at most ` +
    `${limit}, the output pixels of the array`
  );
}

function modeRefusal({ roic }: ImagingProfile, settings: ImagingSettings): string | undefined {
  const isRamp = settings.readMode === Memory.READ_RAMP;
  if (settings.shutter === Reg.SHUTTER_GLOBAL && !roic.filmGate)
    return "found the global shutter, expected another one: this chip has no film gate";
  if (isRamp && settings.shutter !== Reg.SHUTTER_ROLLING)
    return "found a ramp with a global shutter, expected the rolling one: a ramp's rows integrate while other rows are read";
  if (isRamp && settings.rampReads > roic.maxReads)
    return `found a ramp of ${settings.rampReads} reads, expected at most ${roic.maxReads}, which the frame store holds`;
  if (settings.triggerMode === 1 && settings.triggerPeriodCycles === 0)
    return "found no signal on the trigger input, expected SimTriggerPeriod above 0 before TriggerMode 1";
  return undefined;
}

function timeRefusal(
  profile: ImagingProfile,
  settings: ImagingSettings,
  program: ImagingProgram,
): string | undefined {
  return (
    intervalRefusal(profile, program) ??
    triggerRefusal(settings, program) ??
    periodRefusal(profile, program) ??
    sequencerRefusal(program)
  );
}

/** Read passes of a ramp must not overlap. */
function intervalRefusal(profile: ImagingProfile, { registers, timing }: ImagingProgram): string | undefined {
  if (registers.shutter !== "rolling" || registers.reads < 3) return undefined;
  const intervals = registers.reads - 1;
  if (registers.exposureSlots >= intervals * timing.groups) return undefined;
  const least = nsOf(profile, intervals * timing.groups * timing.rowCycles);
  return (
    `found a ramp of ${registers.reads} reads in an ExposureTime of ${nsOf(profile, timing.exposureCycles)} ns, expected ` +
    `at least ${least} ns: each read of the frame takes ${nsOf(profile, timing.groups * timing.rowCycles)} ns`
  );
}

function triggerRefusal(settings: ImagingSettings, { timing }: ImagingProgram): string | undefined {
  if (!timing.isTriggered || timing.frameCycles >= timing.activeCycles) return undefined;
  return (
    `found a trigger every ${settings.triggerPeriodCycles} cycles (SimTriggerPeriod), faster than the frame: expected at ` +
    `least ${timing.activeCycles}, or a shorter ExposureTime`
  );
}

/** A frame that runs freely is too short for its exposure or its read. */
function periodRefusal(profile: ImagingProfile, program: ImagingProgram): string | undefined {
  const { timing } = program;
  if (timing.isTriggered || timing.frameCycles >= timing.frameMinCycles) return undefined;
  const { clockHz } = profile.adc;
  const rate = `AcquisitionFrameRate ${frameRateMhz(clockHz, timing.frameCycles)} mHz`;
  const fastest = Math.floor((1000 * clockHz) / timing.frameMinCycles);
  const most = longestExposureCycles(program);
  if (most < 1)
    return `found ${rate}, faster than the read of ${program.registers.height} lines: expected at most ${fastest} mHz`;
  return (
    `found an exposure longer than the frame allows: ExposureTime ${exposureNs(profile, program)} ns at ${rate}; ` +
    `expected at most ${nsOf(profile, most)} ns, or at most ${fastest} mHz`
  );
}

/** The longest exposure of the present period, in cycles; below 1: the period is too short for any. */
function longestExposureCycles({ exposureCycles, registers, timing }: ImagingProgram): number {
  if (registers.shutter !== "rolling") return exposureCycles - (timing.activeCycles - timing.frameCycles);
  const { exposureSlots, framePeriodSlots, reads } = registers;
  const unit = reads > 2 ? reads - 1 : 1;
  const least = shortestSlots(unit * (reads > 2 ? timing.groups : 1), reads, timing.groups);
  if (framePeriodSlots < least) return 0;
  const slots = reads > 2 ? framePeriodSlots - timing.groups : framePeriodSlots - 1;
  return exposureCycles - (exposureSlots - unit * Math.floor(slots / unit)) * timing.rowCycles;
}

/** What is left: sizes of counters, and whatever else the sequencer itself refuses. */
function sequencerRefusal({ registers }: ImagingProgram): string | undefined {
  try {
    checkImagingRegisters(registers);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function nsOf({ adc }: ImagingProfile, cycles: number): number {
  return Math.floor((cycles * 1e9) / adc.clockHz);
}
