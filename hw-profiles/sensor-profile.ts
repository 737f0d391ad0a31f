/**
 * A sensor profile after validation and resolution: plain numbers, the unit in every name.
 * The documents behind it (sensors/, detectors/, emitters/) carry unit and source of every value.
 */
export interface SensorProfile {
  readonly name: string;
  readonly title: string;
  readonly mode: "lidar";
  /** Device patterns (offset, dark, gain, defects) are drawn from this seed, once per device. */
  readonly deviceSeed: number;
  readonly serialNumber: string;
  readonly array: ArrayProfile;
  readonly detector: DetectorProfile;
  readonly pixel: PixelProfile;
  readonly adc: AdcProfile;
  readonly roic: RoicProfile;
  readonly gates: GateProfile;
  readonly optics: OpticsProfile;
  readonly emitter: EmitterProfile;
  readonly environment: EnvironmentProfile;
  readonly defects: DefectProfile;
  readonly readout: ReadoutProfile;
}

export interface ArrayProfile {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pitchUm: number;
  /** Optically active share of the pixel, 0..1. */
  readonly fillFactor: number;
}

export interface DetectorProfile {
  readonly name: string;
  readonly material: string;
  /** (bias in V, EQE 0..1) at the emitter wavelength, by rising bias; interpolated linearly. */
  readonly eqePoints: readonly { readonly biasV: number; readonly eqe: number }[];
  readonly operatingBiasV: number;
  /** 90-10 % fall time of one pole; tau = t / ln 9. */
  readonly fallTimeNs: number;
  readonly slowTailFraction: number;
  readonly slowTailTauNs: number;
  readonly darkCurrentDensityAPerCm2: number;
  readonly darkReferenceK: number;
  readonly darkActivationEv: number;
  /** Lognormal sigma (natural log) of the per-pixel dark current. */
  readonly darkSpread: number;
  /** Per-pixel response spread (PRNU), relative rms. */
  readonly responseSpread: number;
}

export interface PixelProfile {
  readonly nodeCapacitanceFf: number;
  readonly swingV: number;
  /** "hard": kTC; "flushed": hard then soft reset, half the variance. */
  readonly reset: "hard" | "flushed";
  readonly readNoiseE: number;
  /** rms of the pixel's offset pattern, DN. */
  readonly offsetSpreadDn: number;
  /** rms of the column offset pattern, DN. */
  readonly columnOffsetSpreadDn: number;
}

export interface AdcProfile {
  readonly bits: number;
  /** Counter clock = ROIC clock, Hz. */
  readonly clockHz: number;
  /** Code of an empty pixel. */
  readonly pedestalDn: number;
  /** Codes from here on count as saturated. */
  readonly saturationDn: number;
}

export interface RoicProfile {
  /** Rows converted at the same time (ADCs per column). */
  readonly adcBanks: number;
  readonly settleNs: number;
  readonly transferNs: number;
  /** Conversion of one row group overlaps with the transfer of the one before. */
  readonly pipelined: boolean;
  readonly globalResetNs: number;
  readonly gatePhasesPerClock: number;
}

export interface GateProfile {
  readonly gating: "film-bias" | "swept-reset";
  readonly delaysNs: readonly number[];
  readonly widthsNs: readonly number[];
  readonly pulsesPerGate: number;
  /** Share of light collected while the film gate is closed, 0..1. */
  readonly extinction: number;
}

/** Pinhole with Brown-Conrady distortion, pixel centres at integer coordinates. */
export interface OpticsProfile {
  readonly fxPx: number;
  readonly fyPx: number;
  readonly cxPx: number;
  readonly cyPx: number;
  readonly k1: number;
  readonly k2: number;
  readonly k3: number;
  readonly p1: number;
  readonly p2: number;
  readonly focalLengthMm: number;
  readonly fNumber: number;
  readonly transmission: number;
  readonly filterCentreNm: number;
  readonly filterWidthNm: number;
}

export interface EmitterProfile {
  readonly name: string;
  readonly wavelengthNm: number;
  readonly pulseWidthNs: number;
  readonly repetitionHz: number;
  readonly peakPowerW: number;
}

export interface EnvironmentProfile {
  readonly temperatureC: number;
  /** Sunlight on the scene as a fraction of ASTM G173 global tilt. */
  readonly ambientSun: number;
  /** Mean solar spectral irradiance over the filter band, W/m^2/nm. */
  readonly sunIrradianceWPerM2Nm: number;
  readonly extinctionPerM: number;
}

export interface DefectProfile {
  readonly deadFraction: number;
  readonly hotFraction: number;
  readonly stuckFraction: number;
  readonly hotDarkFactor: number;
}

/** What the readout logic is told besides the physics. */
export interface ReadoutProfile {
  readonly t0MinNs: number;
  readonly t0MaxNs: number;
  readonly timeOffsetNs: number;
  readonly detectionSigma: number;
  readonly lowSignalSigma: number;
  readonly misfitChi2: number;
  readonly rangeScaleM: number;
  readonly sigmaScaleM: number;
  readonly amplitudeScaleE: number;
  readonly ambientScaleE: number;
  /** Frames averaged in the factory calibration of the offset and dark maps. */
  readonly calibrationFrames: number;
}
