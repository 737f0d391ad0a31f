import { PROBE_OFF } from "../../hw-profiles/interface/registers.ts";
import * as Reports from "../../hw-profiles/interface/reports.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";

/** What registers can change. A new object for every change; it takes effect at the next frame's start. */
export interface BoardSettings {
  readonly pulsesPerGate: number;
  /** COMPONENT_* bits. */
  readonly components: number;
  /** PIXEL_FORMAT_*. */
  readonly rawFormat: number;
  /** Column and row, or PROBE_OFF. */
  readonly probeX: number;
  readonly probeY: number;
  readonly detectionSigma: number;
  readonly lowSignalSigma: number;
  readonly misfitChi2: number;
  /** Sun on the scene, fraction of ASTM G173. */
  readonly ambientSun: number;
  readonly temperatureMk: number;
  /** Frames of one acquisition; 0 = until AcquisitionStop. */
  readonly frameCount: number;
}

export const CELSIUS_ZERO_MK = 273150;

/** The state after power-on. */
export function initialSettings(profile: LidarProfile): BoardSettings {
  const { environment, gates, readout } = profile;
  return {
    pulsesPerGate: gates.pulsesPerGate,
    components: Reports.COMPONENT_ALL & ~Reports.COMPONENT_RAW,
    rawFormat: profile.adc.bits <= 12 ? Reports.PIXEL_FORMAT_MONO12P : Reports.PIXEL_FORMAT_MONO16,
    probeX: PROBE_OFF,
    probeY: PROBE_OFF,
    detectionSigma: Math.fround(readout.detectionSigma),
    lowSignalSigma: Math.fround(readout.lowSignalSigma),
    misfitChi2: Math.fround(readout.misfitChi2),
    ambientSun: environment.ambientSun,
    temperatureMk: Math.round(environment.temperatureC * 1000) + CELSIUS_ZERO_MK,
    frameCount: 0,
  };
}
