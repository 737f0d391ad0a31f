import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";

/** A parameter block as the module sees it: every float already rounded to f32. */
export interface ReferenceParameters {
  readonly width: number;
  readonly height: number;
  readonly gates: number;
  readonly gating: number;
  readonly pulsesPerGate: number;
  readonly components: number;
  readonly rawFormat: number;
  readonly saturationDn: number;
  readonly probeX: number;
  readonly probeY: number;
  readonly clockHz: number;
  readonly pulseWidthNs: number;
  readonly pulsePeriodNs: number;
  readonly responseTauNs: number;
  readonly tailFraction: number;
  readonly tailTauNs: number;
  readonly extinction: number;
  readonly gainEPerDn: number;
  readonly resetNoiseE: number;
  readonly readNoiseE: number;
  readonly t0MinNs: number;
  readonly t0MaxNs: number;
  readonly timeOffsetNs: number;
  readonly detectionSigma: number;
  readonly lowSignalSigma: number;
  readonly misfitChi2: number;
  readonly darkActivationEv: number;
  readonly darkReferenceK: number;
  readonly rangeScale: number;
  readonly sigmaScale: number;
  readonly amplitudeScale: number;
  readonly ambientScale: number;
  readonly darkExposureScale: number;
  readonly mode: number;
  readonly readMode: number;
  readonly corrections: number;
  readonly intensityOffset: number;
  readonly intensityScale: number;
  readonly jumpChi2: number;
  readonly exposureNs: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** Horizontal | vertical << 8. */
  readonly binning: number;
  readonly decimation: number;
  readonly flickerRatio: number;
  /** Linear DN of code c: c (k1 + c (k2 + c k3)). */
  readonly linear: readonly [k1: number, k2: number, k3: number];
  readonly shotBend: number;
  readonly returns: number;
  readonly returnOrder: number;
  readonly returnChi2: number;
  readonly gateDelaysNs: readonly number[];
  readonly gateWidthsNs: readonly number[];
}

/** Reads a valid parameter block. */
export function decodeParameters(block: Uint8Array): ReferenceParameters {
  const view = new DataView(block.buffer, block.byteOffset);
  const word = (offset: number): number => view.getUint32(offset, true);
  const float = (offset: number): number => view.getFloat32(offset, true);
  const gates = word(Blocks.PARAM_GATES);
  const list = (offset: number): number[] => Array.from({ length: gates }, (_, k) => float(offset + 4 * k));
  return {
    width: word(Blocks.PARAM_WIDTH),
    height: word(Blocks.PARAM_HEIGHT),
    gates,
    gating: word(Blocks.PARAM_GATING),
    pulsesPerGate: word(Blocks.PARAM_PULSES_PER_GATE),
    components: word(Blocks.PARAM_COMPONENTS),
    rawFormat: word(Blocks.PARAM_RAW_FORMAT),
    saturationDn: word(Blocks.PARAM_SATURATION_DN),
    probeX: word(Blocks.PARAM_PROBE_X),
    probeY: word(Blocks.PARAM_PROBE_Y),
    clockHz: word(Blocks.PARAM_CLOCK_HZ),
    pulseWidthNs: float(Blocks.PARAM_PULSE_WIDTH_NS),
    pulsePeriodNs: float(Blocks.PARAM_PULSE_PERIOD_NS),
    responseTauNs: float(Blocks.PARAM_RESPONSE_TAU_NS),
    tailFraction: float(Blocks.PARAM_TAIL_FRACTION),
    tailTauNs: float(Blocks.PARAM_TAIL_TAU_NS),
    extinction: float(Blocks.PARAM_EXTINCTION),
    gainEPerDn: float(Blocks.PARAM_GAIN_E_PER_DN),
    resetNoiseE: float(Blocks.PARAM_RESET_NOISE_E),
    readNoiseE: float(Blocks.PARAM_READ_NOISE_E),
    t0MinNs: float(Blocks.PARAM_T0_MIN_NS),
    t0MaxNs: float(Blocks.PARAM_T0_MAX_NS),
    timeOffsetNs: float(Blocks.PARAM_TIME_OFFSET_NS),
    detectionSigma: float(Blocks.PARAM_DETECTION_SIGMA),
    lowSignalSigma: float(Blocks.PARAM_LOW_SIGNAL_SIGMA),
    misfitChi2: float(Blocks.PARAM_MISFIT_CHI2),
    darkActivationEv: float(Blocks.PARAM_DARK_ACTIVATION_EV),
    darkReferenceK: float(Blocks.PARAM_DARK_REFERENCE_K),
    rangeScale: float(Blocks.PARAM_RANGE_SCALE),
    sigmaScale: float(Blocks.PARAM_SIGMA_SCALE),
    amplitudeScale: float(Blocks.PARAM_AMPLITUDE_SCALE),
    ambientScale: float(Blocks.PARAM_AMBIENT_SCALE),
    darkExposureScale: float(Blocks.PARAM_DARK_EXPOSURE_SCALE),
    mode: word(Blocks.PARAM_MODE),
    readMode: word(Blocks.PARAM_READ_MODE),
    corrections: word(Blocks.PARAM_CORRECTIONS),
    intensityOffset: word(Blocks.PARAM_INTENSITY_OFFSET),
    intensityScale: float(Blocks.PARAM_INTENSITY_SCALE),
    jumpChi2: float(Blocks.PARAM_JUMP_CHI2),
    exposureNs: word(Blocks.PARAM_EXPOSURE_NS),
    offsetX: word(Blocks.PARAM_OFFSET_X),
    offsetY: word(Blocks.PARAM_OFFSET_Y),
    binning: word(Blocks.PARAM_BINNING),
    decimation: word(Blocks.PARAM_DECIMATION),
    flickerRatio: float(Blocks.PARAM_FLICKER_RATIO),
    linear: [float(Blocks.PARAM_LINEAR_1), float(Blocks.PARAM_LINEAR_2), float(Blocks.PARAM_LINEAR_3)],
    shotBend: float(Blocks.PARAM_SHOT_BEND),
    returns: word(Blocks.PARAM_RETURNS),
    returnOrder: word(Blocks.PARAM_RETURN_ORDER),
    returnChi2: float(Blocks.PARAM_RETURN_CHI2),
    gateDelaysNs: list(Blocks.PARAM_GATE_DELAYS_NS),
    gateWidthsNs: list(Blocks.PARAM_GATE_WIDTHS_NS),
  };
}
