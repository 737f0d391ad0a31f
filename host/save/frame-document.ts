import { PIXEL_FLAG_TABLE } from "../../hw-profiles/interface/flag-table.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { fullWellE, gainEPerDn, resetNoiseE } from "../analysis/noise-model.ts";
import type { CameraInfo } from "../camera/camera-info.ts";
import type { DepthFrame } from "../camera/frame.ts";
import type { SavedArray } from "./frame-arrays.ts";

/** What is the same for all frames of a run. */
export interface RunDescription {
  readonly info: CameraInfo;
  readonly profile: LidarProfile;
  /** Scene, seed, firmware hash and what else fixes the run. */
  readonly run: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** frame.json: everything needed to recompute a frame's figures without this package. */
export function frameDocument(
  frame: DepthFrame,
  arrays: readonly SavedArray[],
  description: RunDescription,
): Record<string, unknown> {
  const { info, profile, run } = description;
  return {
    format: "cqd-frame",
    version: 1,
    frame: frame.frameNumber,
    startCycle: frame.startCycle.toString(),
    endCycle: frame.endCycle.toString(),
    clockHz: frame.clockHz,
    timeNs: frame.timeNs,
    temperatureC: frame.temperatureC,
    integrity: frame.integrity,
    counters: frame.counters,
    run,
    device: {
      name: info.device,
      model: info.model,
      serialNumber: info.serialNumber,
      firmwareVersion: info.firmwareVersion,
    },
    arrays: Object.fromEntries(
      arrays.map(({ name, shape, unit, doc }) => [name, { file: `${name}.npy`, shape, unit, doc }]),
    ),
    flagBits: Object.fromEntries(PIXEL_FLAG_TABLE.map(({ key, mask }) => [key, mask])),
    gating: gatingOf(info, profile, frame),
    sample: sampleOf(info, profile, frame),
    pulse: pulseOf(profile),
    readout: profile.readout,
    optics: profile.optics,
  };
}

function gatingOf(info: CameraInfo, { gates }: LidarProfile, frame: DepthFrame) {
  return {
    mode: info.gating,
    gates: info.gates,
    pulsesPerGate: frame.pulsesPerGate,
    delaysNs: info.gateDelaysNs,
    widthsNs: info.gateWidthsNs,
    extinction: gates.extinction,
    planeReadTimeNs: info.planeReadTimeNs,
  };
}

/** sample code = floor(electrons / gain + pedestal + 0.5); electrons: Poisson mean A f_k(t0) + b + dark, plus noise. */
function sampleOf(info: CameraInfo, profile: LidarProfile, frame: DepthFrame) {
  return {
    gainEPerDn: gainEPerDn(profile),
    fullWellE: fullWellE(profile),
    readNoiseE: profile.pixel.readNoiseE,
    resetNoiseE: resetNoiseE(profile, frame.temperatureC),
    pedestalDn: profile.adc.pedestalDn,
    saturationDn: info.saturationDn,
    adcBits: profile.adc.bits,
  };
}

function pulseOf({ emitter, detector }: LidarProfile) {
  return {
    widthNs: emitter.pulseWidthNs,
    periodNs: 1e9 / emitter.repetitionHz,
    wavelengthNm: emitter.wavelengthNm,
    tauNs: detector.fallTimeNs / Math.log(9),
    slowTailFraction: detector.slowTailFraction,
    slowTailTauNs: detector.slowTailTauNs,
  };
}
