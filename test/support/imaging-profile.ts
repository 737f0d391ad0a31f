// Imaging profiles made by hand, for tests that must not depend on the package's documents. Every effect is on.

import type { EffectName, EffectsProfile, ImagingProfile } from "../../hw-profiles/sensor-profile.ts";

const EFFECTS: EffectsProfile = {
  shotNoise: { on: true },
  biasDependence: { on: true },
  darkCurrent: { on: true },
  crosstalk: { on: true, share: 0.04 },
  flicker: { on: true, cornerHz: 10, minHz: 0.01 },
  lag: {
    on: true,
    traps: [
      { share: 0.004, tauMs: 2 },
      { share: 0.002, tauMs: 50 },
    ],
  },
  softSaturation: { on: true, kneeShare: 0.9 },
  resetNoise: { on: true },
  nodeCapacitance: { on: true, junctionShare: 0.2, builtInV: 0.6, grading: 0.5 },
  followerNonlinearity: { on: true, gainFall: 0.02 },
  readNoise: { on: true },
  followerFlicker: { on: true, rmsE: 6, minHz: 1, maxHz: 1e6 },
  rts: { on: true, pixelShare: 0.02, amplitudeE: 60, minHz: 10, maxHz: 1e5 },
  offsetPattern: { on: true, rowSpreadDn: 0.5 },
  darkPattern: { on: true },
  responsePattern: { on: true, rowSpread: 0.001, columnSpread: 0.001 },
  columnGain: { on: true, spread: 0.002 },
  rampNoise: { on: true, rmsDn: 0.3 },
  inl: { on: true, pointsDn: [0, 0.8, 1.1, 0.4, -0.6, -1, -0.5, 0.2, 0] },
  defects: { on: true },
};

const SMALL: ImagingProfile = {
  mode: "imaging",
  name: "test-imaging-64x48",
  title: "Imaging sensor made by hand, 64 x 48 (for tests)",
  deviceSeed: 4711,
  serialNumber: "CQD-TEST-0064",
  array: { widthPx: 64, heightPx: 48, pitchUm: 20, fillFactor: 0.9 },
  detector: {
    name: "test-film",
    material: "PbS CQD",
    eqePoints: [
      { biasV: -2, eqe: 0.44 },
      { biasV: -1, eqe: 0.38 },
      { biasV: 0, eqe: 0.2 },
    ],
    operatingBiasV: -2,
    fallTimeNs: 250,
    slowTailFraction: 0,
    slowTailTauNs: 1000,
    darkCurrentDensityAPerCm2: 2e-8,
    darkReferenceK: 300,
    darkActivationEv: 0.4,
    darkSpread: 0.2,
    responseSpread: 0.01,
  },
  pixel: {
    nodeCapacitanceFf: 10,
    swingV: 1.6,
    reset: "hard",
    readNoiseE: 20,
    offsetSpreadDn: 2,
    columnOffsetSpreadDn: 1.5,
  },
  adc: { bits: 12, clockHz: 200_000_000, pedestalDn: 96, saturationDn: 3680 },
  optics: {
    fxPx: 60,
    fyPx: 60,
    cxPx: 31.5,
    cyPx: 23.5,
    k1: 0,
    k2: 0,
    k3: 0,
    p1: 0,
    p2: 0,
    focalLengthMm: 1.2,
    fNumber: 1.4,
    transmission: 0.85,
    filterCentreNm: 1450,
    filterWidthNm: 50,
  },
  defects: { deadFraction: 0.002, hotFraction: 0.004, stuckFraction: 0.001, hotDarkFactor: 30 },
  roic: {
    adcBanks: 1,
    settleNs: 500,
    resetNs: 1000,
    transferOverheadCycles: 16,
    transferPixelsPerCycle: 1,
    pipelined: true,
    filmGate: true,
    extinction: 0.01,
    maxReads: 32,
    maxAnalogGain: 8,
  },
  film: { wavelengthNm: 1450, ideality: 1.8, shuntShare: 0.3 },
  effects: EFFECTS,
  exposure: {
    exposureTimeUs: 5000,
    frameRateHz: 60,
    readMode: "single",
    reads: 1,
    shutter: "rolling",
    analogGain: 1,
  },
  environment: { temperatureC: 26.85 },
  readout: {
    intensityScaleDn: 0.0625,
    intensityOffsetLsb: 1024,
    sigmaScaleDn: 0.015625,
    jumpChi2: 20.25,
    calibrationFrames: 256,
  },
};

/** 64 x 48, one bank, single reads with a rolling shutter at 60 Hz and 5 ms. */
export const imagingProfile: ImagingProfile = SMALL;

/** 640 x 512 with four banks; else as the small one. */
export const largeImagingProfile: ImagingProfile = {
  ...SMALL,
  name: "test-imaging-640x512",
  title: "Imaging sensor made by hand, 640 x 512 (for tests)",
  serialNumber: "CQD-TEST-0640",
  array: { ...SMALL.array, widthPx: 640, heightPx: 512 },
  optics: { ...SMALL.optics, fxPx: 600, fyPx: 600, cxPx: 319.5, cyPx: 255.5, focalLengthMm: 12 },
  roic: { ...SMALL.roic, adcBanks: 4, transferPixelsPerCycle: 8 },
};

/** The effects with only those of `names` switched on. */
export function onlyEffects(effects: EffectsProfile, names: readonly EffectName[]): EffectsProfile {
  const switched = Object.entries(effects).map(([name, effect]) => [
    name,
    { ...effect, on: (names as readonly string[]).includes(name) },
  ]);
  return Object.fromEntries(switched) as EffectsProfile;
}
