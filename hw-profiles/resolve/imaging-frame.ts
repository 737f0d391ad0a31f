// Frame timing of an imaging sensor after power-on: all rows and columns, no binning, free running. docs/timing.md,
// imaging modes. Whole cycles of the ROIC clock.

import type { AdcProfile, ArrayProfile, ExposureProfile, ImagingRoicProfile } from "../sensor-profile.ts";

/** The part of a profile that timing follows from. */
export interface FrameSettings {
  readonly adc: Pick<AdcProfile, "bits" | "clockHz">;
  readonly array: Pick<ArrayProfile, "widthPx" | "heightPx">;
  readonly roic: Pick<
    ImagingRoicProfile,
    "adcBanks" | "settleNs" | "resetNs" | "transferOverheadCycles" | "transferPixelsPerCycle" | "pipelined"
  >;
  readonly exposure: Omit<ExposureProfile, "analogGain">;
}

/** What follows from the registers of the imaging modes; names as in docs/timing.md. */
export interface ImagingFrame {
  readonly resetCycles: number;
  readonly settleCycles: number;
  readonly convertCycles: number;
  readonly transferCycles: number;
  /** G. */
  readonly groups: number;
  /** U. */
  readonly stepCycles: number;
  /** Q. */
  readonly steps: number;
  /** T: row slot. */
  readonly slotCycles: number;
  /** Read of all groups in the global modes. */
  readonly passCycles: number;
  /** Cycles by which exposures differ: the row slot (rolling; times N - 1 in a ramp), else one. */
  readonly exposureStepCycles: number;
  /** Shortest exposure; that of a ramp leaves room for G groups between two reads. */
  readonly minExposureCycles: number;
  /** Exposure nearest to the profile's. */
  readonly exposureCycles: number;
  /** Shortest time from frame to frame with that exposure. */
  readonly minFrameCycles: number;
  /** The profile's frame time: whole row slots in rolling mode, not below the shortest. */
  readonly frameCycles: number;
}

/** Shortest whole number of cycles that is not below a time; 1e-6 of a cycle absorbs decimal fractions. */
function cyclesAtLeast(timeNs: number, clockHz: number): number {
  return Math.ceil((timeNs * clockHz) / 1e9 - 1e-6);
}

type Steps = Pick<
  ImagingFrame,
  | "resetCycles"
  | "settleCycles"
  | "convertCycles"
  | "transferCycles"
  | "groups"
  | "stepCycles"
  | "steps"
  | "slotCycles"
  | "passCycles"
>;

function conversion({ adc, array, exposure, roic }: FrameSettings): Steps {
  const resetCycles = cyclesAtLeast(roic.resetNs, adc.clockHz);
  const settleCycles = cyclesAtLeast(roic.settleNs, adc.clockHz);
  const convertCycles = 2 ** adc.bits;
  const pixels = roic.adcBanks * array.widthPx;
  const transferCycles = roic.transferOverheadCycles + Math.ceil(pixels / roic.transferPixelsPerCycle);
  const sampled = settleCycles + convertCycles;
  const stepCycles = roic.pipelined ? Math.max(sampled, transferCycles) : sampled + transferCycles;
  const groups = Math.ceil(array.heightPx / roic.adcBanks);
  const steps = exposure.readMode === "cds" ? 2 : 1;
  return {
    resetCycles,
    settleCycles,
    convertCycles,
    transferCycles,
    groups,
    stepCycles,
    steps,
    slotCycles: resetCycles + steps * stepCycles,
    passCycles: (groups - 1) * stepCycles + sampled + transferCycles,
  };
}

/** The multiple of `step` nearest to `cycles`, at least `least`. */
function nearestStep(cycles: number, step: number, least: number): number {
  return Math.max(least, Math.round(cycles / step) * step);
}

function rolling(profile: FrameSettings, steps: Steps): ImagingFrame {
  const { adc, exposure } = profile;
  const { groups, slotCycles } = steps;
  const isRamp = exposure.readMode === "ramp";
  const intervals = isRamp ? exposure.reads - 1 : 1;
  const exposureStepCycles = intervals * slotCycles;
  const minExposureCycles = exposureStepCycles * (isRamp ? groups : 1);
  const wanted = exposure.exposureTimeUs * 1e-6 * adc.clockHz;
  const exposureCycles = nearestStep(wanted, exposureStepCycles, minExposureCycles);
  const slots = exposureCycles / slotCycles;
  const minFrameCycles = slotCycles * (isRamp ? slots + groups : Math.max(groups, slots + 1));
  const frameCycles = nearestStep(adc.clockHz / exposure.frameRateHz, slotCycles, minFrameCycles);
  return { ...steps, exposureStepCycles, minExposureCycles, exposureCycles, minFrameCycles, frameCycles };
}

function global(profile: FrameSettings, steps: Steps): ImagingFrame {
  const { adc, exposure } = profile;
  const exposureCycles = nearestStep(exposure.exposureTimeUs * 1e-6 * adc.clockHz, 1, 1);
  const passes = exposure.readMode === "cds" ? 2 : 1;
  const minFrameCycles = steps.resetCycles + exposureCycles + passes * steps.passCycles;
  const frameCycles = nearestStep(adc.clockHz / exposure.frameRateHz, 1, minFrameCycles);
  return {
    ...steps,
    exposureStepCycles: 1,
    minExposureCycles: 1,
    exposureCycles,
    minFrameCycles,
    frameCycles,
  };
}

/** Timing of the state after power-on. */
export function imagingFrame(profile: FrameSettings): ImagingFrame {
  const steps = conversion(profile);
  return profile.exposure.shutter === "rolling" ? rolling(profile, steps) : global(profile, steps);
}
