// From settings in the user's units to the row sequencer's whole cycles and slots, and back to what is realised.

import * as Reg from "../../../hw-profiles/interface/registers.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { conversionCycles, cyclesAtLeast } from "../../roic/frame-timing.ts";
import { type ImagingTiming, imagingTiming, lightCycles } from "../../roic/imaging-timing.ts";
import type {
  CommonImagingRegisters,
  ImagingSequencerRegisters,
} from "../../roic/sequencer/imaging-registers.ts";
import { type ImagingSettings, readsOf } from "./imaging-settings.ts";

const NS_PER_S = 1e9;
const MHZ_PER_HZ = 1000;

/** A frame as the sequencer makes it. */
export interface ImagingProgram {
  readonly registers: ImagingSequencerRegisters;
  readonly timing: ImagingTiming;
  /** Realised: light between the first line's reset (cds, ramp: its first read) and its last read, cycles. */
  readonly exposureCycles: number;
}

/** The nearest program; it need not be legal (imaging-refusals). Global shutters take 1 cycle or more, rolling 1 slot. */
export function imagingProgram(profile: ImagingProfile, settings: ImagingSettings): ImagingProgram {
  const common = commonRegisters(profile, settings);
  const registers =
    settings.shutter === Reg.SHUTTER_ROLLING
      ? rolling(common, settings, profile.adc.clockHz)
      : global(common, settings, profile.adc.clockHz);
  const timing = imagingTiming(registers);
  return { registers, timing, exposureCycles: signalCycles(timing) };
}

/** Realised exposure, ns, as the register tells it. */
export function exposureNs({ adc }: ImagingProfile, { exposureCycles }: ImagingProgram): number {
  return Math.round((exposureCycles * NS_PER_S) / adc.clockHz);
}

/** Frames per 1000 s, as the register tells them. */
export function frameRateMhz(clockHz: number, frameCycles: number): number {
  return Math.round((MHZ_PER_HZ * clockHz) / frameCycles);
}

function commonRegisters(profile: ImagingProfile, settings: ImagingSettings): CommonImagingRegisters {
  const { adc, array, roic } = profile;
  return {
    sensorRows: array.heightPx,
    sensorColumns: array.widthPx,
    rowBinning: settings.binningY,
    columnBinning: settings.binningX,
    rowDecimation: settings.decimationY,
    columnDecimation: settings.decimationX,
    offsetX: settings.offsetX,
    offsetY: settings.offsetY,
    width: settings.width,
    height: settings.height,
    banks: roic.adcBanks,
    transferOverheadCycles: roic.transferOverheadCycles,
    pixelsPerCycle: roic.transferPixelsPerCycle,
    resetCycles: cyclesAtLeast(roic.resetNs, adc.clockHz),
    settleCycles: cyclesAtLeast(roic.settleNs, adc.clockHz),
    convertCycles: conversionCycles(adc),
    pipelined: roic.pipelined,
    reads: readsOf(settings),
    triggerPeriodCycles: settings.triggerMode === 0 ? 0 : settings.triggerPeriodCycles,
  };
}

function signalCycles(timing: ImagingTiming): number {
  const { reads } = timing;
  return lightCycles(timing, 0, reads - 1) - (reads > 1 ? lightCycles(timing, 0, 0) : 0);
}

/** Exposure is E slots and what a single read or cds has beside them, which a trial of the shortest one tells. */
function rolling(
  common: CommonImagingRegisters,
  settings: ImagingSettings,
  clockHz: number,
): ImagingSequencerRegisters {
  const unit = common.reads > 2 ? common.reads - 1 : 1;
  const shortest = { ...common, shutter: "rolling", exposureSlots: unit, framePeriodSlots: 1 } as const;
  const trial = imagingTiming(shortest);
  const unitCycles = unit * trial.rowCycles;
  const wanted = (settings.exposureNs * clockHz) / NS_PER_S - (signalCycles(trial) - unitCycles);
  return {
    ...shortest,
    exposureSlots: unit * atLeastOne(wanted / unitCycles),
    framePeriodSlots: atLeastOne(periodCycles(settings, clockHz) / trial.rowCycles),
  };
}

function global(
  common: CommonImagingRegisters,
  settings: ImagingSettings,
  clockHz: number,
): ImagingSequencerRegisters {
  const shutter = settings.shutter === Reg.SHUTTER_GLOBAL ? "global" : "global-reset";
  const shortest = { ...common, shutter, exposureCycles: 1, framePeriodCycles: 1 } as const;
  const extra = common.reads > 2 ? 0 : signalCycles(imagingTiming(shortest)) - 1;
  return {
    ...shortest,
    exposureCycles: atLeastOne((settings.exposureNs * clockHz) / NS_PER_S - extra),
    framePeriodCycles: atLeastOne(periodCycles(settings, clockHz)),
  };
}

function periodCycles({ frameRateMhz: rate }: ImagingSettings, clockHz: number): number {
  return (clockHz * MHZ_PER_HZ) / rate;
}

function atLeastOne(count: number): number {
  return Math.max(1, Math.round(count));
}
