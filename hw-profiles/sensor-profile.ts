/**
 * A sensor profile after validation and resolution: plain numbers, the unit in every name.
 * The documents behind it (sensors/, detectors/, emitters/) carry unit and source of every value.
 */
export type SensorProfile = LidarProfile | ImagingProfile;

/** What both kinds of sensor have. */
export interface SensorBase {
  readonly name: string;
  readonly title: string;
  /** Device patterns (offset, dark, gain, defects) are drawn from this seed, once per device. */
  readonly deviceSeed: number;
  readonly serialNumber: string;
  readonly array: ArrayProfile;
  readonly detector: DetectorProfile;
  readonly pixel: PixelProfile;
  readonly adc: AdcProfile;
  readonly optics: OpticsProfile;
  readonly defects: DefectProfile;
}

/** Ranges from gates at stepped delays. */
export interface LidarProfile extends SensorBase {
  readonly mode: "lidar";
  readonly roic: RoicProfile;
  readonly gates: GateProfile;
  readonly emitter: EmitterProfile;
  readonly environment: EnvironmentProfile;
  readonly readout: ReadoutProfile;
}

/** Pictures from one, two or N reads of an exposure. */
export interface ImagingProfile extends SensorBase {
  readonly mode: "imaging";
  readonly roic: ImagingRoicProfile;
  readonly film: FilmProfile;
  readonly effects: EffectsProfile;
  readonly exposure: ExposureProfile;
  readonly environment: ImagingEnvironmentProfile;
  readonly readout: ImagingReadoutProfile;
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

export interface ImagingRoicProfile {
  /** Output lines converted at the same time (ADCs per column). */
  readonly adcBanks: number;
  readonly settleNs: number;
  /** Reset of a row (rolling) or of all rows (global). */
  readonly resetNs: number;
  /** Line transfer: overhead and pixels that leave the chip per ROIC clock. */
  readonly transferOverheadCycles: number;
  readonly transferPixelsPerCycle: number;
  /** A row group leaves while the next one converts. */
  readonly pipelined: boolean;
  /** Whether the film bias can be gated: without, no global shutter. */
  readonly filmGate: boolean;
  /** Share of light collected while the film gate is closed, 0..1. */
  readonly extinction: number;
  /** Largest N of an N-read ramp that the frame store holds. */
  readonly maxReads: number;
  /** Largest analog gain; 1 = unity. */
  readonly maxAnalogGain: number;
}

/** How the film answers to light and bias at the design wavelength. */
export interface FilmProfile {
  /** Wavelength of the light that scenes send, nm; the detector's eqePoints hold there. */
  readonly wavelengthNm: number;
  /** Ideality n of J0 [1 - exp(-qV/nkT)]. */
  readonly ideality: number;
  /** Share of the dark current at the operating bias that flows through the shunt, 0..1. */
  readonly shuntShare: number;
}

/** A switch: off leaves the effect out, whatever its values. */
export interface EffectSwitch {
  readonly on: boolean;
}

/** Every effect of pixel and column, one switch each. rms values are standard deviations. */
export interface EffectsProfile {
  /** Photon and dark shot noise. */
  readonly shotNoise: EffectSwitch;
  /** EQE(V) and J(V) while the node's voltage falls. Off: those of the operating bias. */
  readonly biasDependence: EffectSwitch;
  readonly darkCurrent: EffectSwitch;
  /** Share of a pixel's photocharge that goes to its four neighbours together, 0..1. */
  readonly crosstalk: EffectSwitch & { readonly share: number };
  /** Photodiode 1/f: S_I = 2 q I_dark (1 + f_c / f) from minHz on; only the f_c / f part is meant here. */
  readonly flicker: EffectSwitch & { readonly cornerHz: number; readonly minHz: number };
  /** Trap species: share of the charge that is trapped in equilibrium, and time constant. */
  readonly lag: EffectSwitch & {
    readonly traps: readonly { readonly share: number; readonly tauMs: number }[];
  };
  /** Charge beyond kneeShare of the full well is compressed as the diode forward-biases. Off: clipped by the ADC alone. */
  readonly softSaturation: EffectSwitch & { readonly kneeShare: number };
  /** kTC; pixel.reset tells hard or flushed. */
  readonly resetNoise: EffectSwitch;
  /** Cj0 / (Cf + Cj0) at the reset level, built-in voltage and grading exponent of C(V). */
  readonly nodeCapacitance: EffectSwitch & {
    readonly junctionShare: number;
    readonly builtInV: number;
    readonly grading: number;
  };
  /** Relative fall of the source follower's gain from the reset level to full well. */
  readonly followerNonlinearity: EffectSwitch & { readonly gainFall: number };
  /** White noise of follower and comparator: pixel.readNoiseE. */
  readonly readNoise: EffectSwitch;
  /** Follower 1/f between minHz and maxHz, total rms in electrons. */
  readonly followerFlicker: EffectSwitch & {
    readonly rmsE: number;
    readonly minHz: number;
    readonly maxHz: number;
  };
  /** Two-state Markov noise in a share of the pixels: amplitude (exponential, mean in e-), rates log-uniform. */
  readonly rts: EffectSwitch & {
    readonly pixelShare: number;
    readonly amplitudeE: number;
    readonly minHz: number;
    readonly maxHz: number;
  };
  /** DSNU: offset patterns (pixel and column rms in pixel.*) and rows; dark pattern: detector.darkSpread. */
  readonly offsetPattern: EffectSwitch & { readonly rowSpreadDn: number };
  readonly darkPattern: EffectSwitch;
  /** PRNU: pixel part detector.responseSpread, row and column parts here, relative rms. */
  readonly responsePattern: EffectSwitch & { readonly rowSpread: number; readonly columnSpread: number };
  /** Slope error of a column's converter, relative rms. */
  readonly columnGain: EffectSwitch & { readonly spread: number };
  /** Noise of the ramp, common to all columns of a conversion, rms. */
  readonly rampNoise: EffectSwitch & { readonly rmsDn: number };
  /** Integral nonlinearity of the ramp at equal distances from code 0 to 2^bits, DN. */
  readonly inl: EffectSwitch & { readonly pointsDn: readonly number[] };
  /** Hot, dead and stuck pixels. */
  readonly defects: EffectSwitch;
}

export type EffectName = keyof EffectsProfile;

/** The state after power-on. */
export interface ExposureProfile {
  readonly exposureTimeUs: number;
  readonly frameRateHz: number;
  readonly readMode: "single" | "cds" | "ramp";
  readonly reads: number;
  readonly shutter: "rolling" | "global" | "global-reset";
  readonly analogGain: number;
}

export interface ImagingEnvironmentProfile {
  readonly temperatureC: number;
}

/** What the readout logic is told besides the physics. */
export interface ImagingReadoutProfile {
  /** DN per LSB of the intensity component. */
  readonly intensityScaleDn: number;
  /** Sent code of signal zero. */
  readonly intensityOffsetLsb: number;
  /** DN per LSB of the sigma component. */
  readonly sigmaScaleDn: number;
  /** Chi-square gain from which a ramp's difference counts as a jump [Brandt 2024: 20.25]. */
  readonly jumpChi2: number;
  /** Frames averaged in the factory calibration, which is done at the temperature of the environment. */
  readonly calibrationFrames: number;
}
