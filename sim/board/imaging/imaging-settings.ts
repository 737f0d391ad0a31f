import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { CELSIUS_ZERO_MK, type CommonSettings } from "../settings.ts";

/** What registers can change in imaging mode. Times and rates are kept as asked for; imaging-timing makes whole cycles of them. */
export interface ImagingSettings extends CommonSettings {
  /** Region in output pixels. */
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** 1, 2, 4. */
  readonly binningX: number;
  readonly binningY: number;
  readonly decimationX: number;
  readonly decimationY: number;
  /** SHUTTER_*. */
  readonly shutter: number;
  /** READ_*. */
  readonly readMode: number;
  /** N of a ramp; other modes have their own. */
  readonly rampReads: number;
  readonly exposureNs: number;
  readonly frameRateMhz: number;
  /** 1: frames wait for the trigger. */
  readonly triggerMode: number;
  /** Period of the generator on the trigger input, cycles; 0: no trigger comes. */
  readonly triggerPeriodCycles: number;
  /** f32. */
  readonly analogGain: number;
  /** CORRECT_* bits. */
  readonly corrections: number;
  readonly jumpChi2: number;
  /** Factor of the scene's light. */
  readonly lightFactor: number;
}

const MONO12_BITS = 12;
/** Reads of a ramp where the profile does not start with one. */
const DEFAULT_RAMP_READS = 8;
const LEAST_RAMP_READS = 3;

const READ_MODES = { single: Memory.READ_SINGLE, cds: Memory.READ_CDS, ramp: Memory.READ_RAMP } as const;
const SHUTTERS = {
  rolling: Reg.SHUTTER_ROLLING,
  global: Reg.SHUTTER_GLOBAL,
  "global-reset": Reg.SHUTTER_GLOBAL_RESET,
} as const;

/** The state after power-on. */
export function initialImagingSettings(profile: ImagingProfile): ImagingSettings {
  const { adc, array, environment, exposure, readout, roic } = profile;
  return {
    components: Reports.COMPONENT_IMAGING & ~Reports.COMPONENT_RAW,
    rawFormat: adc.bits <= MONO12_BITS ? Reports.PIXEL_FORMAT_MONO12P : Reports.PIXEL_FORMAT_MONO16,
    probeX: Reg.PROBE_OFF,
    probeY: Reg.PROBE_OFF,
    temperatureMk: Math.round(environment.temperatureC * 1000) + CELSIUS_ZERO_MK,
    frameCount: 0,
    width: array.widthPx,
    height: array.heightPx,
    offsetX: 0,
    offsetY: 0,
    binningX: 1,
    binningY: 1,
    decimationX: 1,
    decimationY: 1,
    shutter: SHUTTERS[exposure.shutter],
    readMode: READ_MODES[exposure.readMode],
    rampReads:
      exposure.reads >= LEAST_RAMP_READS ? exposure.reads : Math.min(DEFAULT_RAMP_READS, roic.maxReads),
    exposureNs: Math.round(exposure.exposureTimeUs * 1000),
    frameRateMhz: Math.round(exposure.frameRateHz * 1000),
    triggerMode: 0,
    triggerPeriodCycles: 0,
    analogGain: Math.fround(exposure.analogGain),
    corrections: Memory.CORRECT_ALL,
    jumpChi2: Math.fround(readout.jumpChi2),
    lightFactor: 1,
  };
}

/** N. */
export function readsOf({ rampReads, readMode }: Pick<ImagingSettings, "rampReads" | "readMode">): number {
  if (readMode === Memory.READ_RAMP) return rampReads;
  return readMode === Memory.READ_CDS ? 2 : 1;
}
