import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { ambientElectronsPerSecond, signalElectronsPerPulse } from "../light/link-budget.ts";
import { ambientTimeS, darkTimeS } from "../roic/exposure-time.ts";
import { type FrameTiming, frameTiming } from "../roic/frame-timing.ts";
import type { GateSetting } from "../roic/gated-profile.ts";
import { darkTemperatureFactor, referenceDarkRateEPerS } from "./dark-current.ts";
import type { DevicePatterns, PixelArea } from "./device-patterns.ts";

/** What the exposure of a frame depends on besides the scene. */
export interface ExposureSettings {
  readonly pulsesPerGate: number;
  /** Sun on the scene, fraction of ASTM G173. */
  readonly ambientSun: number;
  readonly temperatureMk: number;
  /** Undefined: those of the profile. */
  readonly gates?: GateSetting | undefined;
}

/** Per pixel and gate plane, electrons. */
export interface ExposureMaps {
  /** Of a white target facing the sensor at 1 m. */
  readonly signalScaleE: Float32Array;
  /** Of a white surface facing the sun. */
  readonly ambientScaleE: Float32Array;
  readonly darkE: Float32Array;
}

/** Fill `maps` for the pixels of `area`; rows differ, because they wait differently long for their read. */
export function fillExposureMaps(
  profile: LidarProfile,
  settings: ExposureSettings,
  area: PixelArea,
  patterns: DevicePatterns,
  maps: ExposureMaps,
): void {
  const timing = frameTiming(profile, settings.pulsesPerGate);
  const signalE = settings.pulsesPerGate * signalElectronsPerPulse(profile);
  const { widthPx } = profile.array;
  let row = -1;
  let light = { ambientE: 0, darkE: 0 };
  for (let i = 0; i < area.count; i++) {
    const pixelRow = Math.floor((area.firstPixel + i) / widthPx);
    if (pixelRow !== row) {
      row = pixelRow;
      light = rowLight(profile, settings, timing, row);
    }
    const response = patterns.response[i]!;
    maps.signalScaleE[i] = signalE * response;
    maps.ambientScaleE[i] = light.ambientE * response;
    maps.darkE[i] = light.darkE * patterns.darkFactor[i]!;
  }
}

function rowLight(profile: LidarProfile, settings: ExposureSettings, timing: FrameTiming, row: number) {
  const rateEPerS =
    referenceDarkRateEPerS(profile) * darkTemperatureFactor(profile, settings.temperatureMk / 1000);
  return {
    ambientE: ambientElectronsPerSecond(profile, settings.ambientSun) * ambientTimeS(profile, timing, row),
    darkE: rateEPerS * darkTimeS(timing, row),
  };
}
