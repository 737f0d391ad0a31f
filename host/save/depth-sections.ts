import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { fullWellE, gainEPerDn, resetNoiseE } from "../analysis/noise-model.ts";
import type { LidarInfo } from "../camera/camera-info.ts";
import type { DepthFrame } from "../camera/frame.ts";

/** Gates, samples, pulse, readout and optics of a depth frame. */
export function depthSections(frame: DepthFrame, info: LidarInfo, profile: LidarProfile) {
  return {
    gating: gatingOf(info, profile, frame),
    sample: sampleOf(info, profile, frame),
    pulse: pulseOf(profile),
    readout: profile.readout,
    optics: profile.optics,
  };
}

function gatingOf(info: LidarInfo, { gates }: LidarProfile, frame: DepthFrame) {
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
function sampleOf(info: LidarInfo, profile: LidarProfile, frame: DepthFrame) {
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
