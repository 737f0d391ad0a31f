import { RETURN_STRONGEST } from "../../../hw-profiles/interface/memory-map.ts";
import { PROBE_OFF } from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { GateSetting } from "../../roic/gated-profile.ts";
import { CELSIUS_ZERO_MK, type CommonSettings } from "../settings.ts";
import { type LidarCalibration, profileCalibration } from "./lidar-calibration.ts";

/** What registers can change in LiDAR mode. */
export interface LidarSettings extends CommonSettings {
  readonly pulsesPerGate: number;
  /** Undefined: those of the profile. */
  readonly gates: GateSetting | undefined;
  readonly detectionSigma: number;
  readonly lowSignalSigma: number;
  readonly misfitChi2: number;
  /** Returns to look for in a pixel, 1 to RETURNS_MAX. */
  readonly returns: number;
  /** RETURN_*. */
  readonly returnOrder: number;
  /** Gain in chi-square from which a further return is believed. */
  readonly returnChi2: number;
  /** What calibration knows better than the profile. */
  readonly calibration: LidarCalibration;
  /** Sun on the scene, fraction of ASTM G173. */
  readonly ambientSun: number;
  /** 1: frames wait for the trigger. */
  readonly triggerMode: number;
  /** Period of the generator on the trigger input, cycles; 0: no trigger comes. */
  readonly triggerPeriodCycles: number;
}

/** At power-on: a false second return in at most one of a hundred pixels that have one. docs/returns.md */
const RETURN_CHI2 = 8.5;

/** The state after power-on. */
export function initialLidarSettings(profile: LidarProfile): LidarSettings {
  const { environment, gates, readout } = profile;
  return {
    pulsesPerGate: gates.pulsesPerGate,
    gates: undefined,
    components: Reports.COMPONENT_DEPTH,
    rawFormat: profile.adc.bits <= 12 ? Reports.PIXEL_FORMAT_MONO12P : Reports.PIXEL_FORMAT_MONO16,
    probeX: PROBE_OFF,
    probeY: PROBE_OFF,
    detectionSigma: Math.fround(readout.detectionSigma),
    lowSignalSigma: Math.fround(readout.lowSignalSigma),
    misfitChi2: Math.fround(readout.misfitChi2),
    returns: 1,
    returnOrder: RETURN_STRONGEST,
    returnChi2: RETURN_CHI2,
    calibration: profileCalibration(profile),
    ambientSun: environment.ambientSun,
    triggerMode: 0,
    triggerPeriodCycles: 0,
    temperatureMk: Math.round(environment.temperatureC * 1000) + CELSIUS_ZERO_MK,
    frameCount: 0,
  };
}
