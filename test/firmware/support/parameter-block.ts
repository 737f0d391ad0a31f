import { ABI_VERSION, DEVICE_MAGIC, MAX_GATES } from "../../../hw-profiles/interface/abi.ts";
import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import { COMPONENT_DEPTH, PIXEL_FORMAT_MONO12P } from "../../../hw-profiles/interface/reports.ts";
import { crc32c } from "../../reference/firmware/crc32c.ts";

/** The parameter block in words: field names and units as in memory-map.ts. */
export interface Parameters {
  readonly width: number;
  readonly height: number;
  readonly adcBits: number;
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
  readonly returns: number;
  readonly returnOrder: number;
  readonly returnChi2: number;
  readonly gateDelaysNs: readonly number[];
  readonly gateWidthsNs: readonly number[];
}

const GATES = 32;

/** 32 gates of 15 ns every 6.25 ns on the InAs film, 12 bit, 50 e-/DN. */
export const INAS_PARAMETERS: Parameters = {
  width: 64,
  height: 4,
  adcBits: 12,
  gating: Blocks.GATING_FILM_BIAS,
  pulsesPerGate: 500,
  components: COMPONENT_DEPTH,
  rawFormat: PIXEL_FORMAT_MONO12P,
  saturationDn: 3768,
  probeX: 0xffffffff,
  probeY: 0,
  clockHz: 400_000_000,
  pulseWidthNs: 39,
  pulsePeriodNs: 1000,
  responseTauNs: 29.6,
  tailFraction: 0,
  tailTauNs: 200,
  extinction: 0,
  gainEPerDn: 50,
  resetNoiseE: 38.6,
  readNoiseE: 10,
  t0MinNs: -2,
  t0MaxNs: 125,
  timeOffsetNs: 0,
  detectionSigma: 4.5,
  lowSignalSigma: 7,
  misfitChi2: 2,
  darkActivationEv: 0.4,
  darkReferenceK: 300,
  rangeScale: 0.0005,
  sigmaScale: 0.0000625,
  amplitudeScale: 16,
  ambientScale: 8,
  darkExposureScale: 1,
  returns: 1,
  returnOrder: Blocks.RETURN_STRONGEST,
  returnChi2: 16,
  gateDelaysNs: Array.from({ length: GATES }, (_, k) => -12.5 + 6.25 * k),
  gateWidthsNs: Array.from({ length: GATES }, () => 15),
};

const FEW_GATES = 16;

/** 16 gates of 10 ns every 12.5 ns on a film of 2 ns: a weak return's time is not normal where both edges fall into gaps. */
export const FAST_WITH_GAPS: Parameters = {
  ...INAS_PARAMETERS,
  responseTauNs: 2,
  gateDelaysNs: Array.from({ length: FEW_GATES }, (_, k) => -12.5 + 12.5 * k),
  gateWidthsNs: Array.from({ length: FEW_GATES }, () => 10),
};

/** u32 fields whose value stands in Parameters, and f32 fields: (offset, value) in memory-map order. */
function words(p: Parameters): readonly (readonly [number, number])[] {
  return [
    [Blocks.PARAM_MAGIC, DEVICE_MAGIC],
    [Blocks.PARAM_ABI, ABI_VERSION],
    [Blocks.PARAM_LENGTH, Blocks.PARAM_BYTES],
    [Blocks.PARAM_WIDTH, p.width],
    [Blocks.PARAM_HEIGHT, p.height],
    [Blocks.PARAM_GATES, p.gateDelaysNs.length],
    [Blocks.PARAM_ADC_BITS, p.adcBits],
    [Blocks.PARAM_GATING, p.gating],
    [Blocks.PARAM_PULSES_PER_GATE, p.pulsesPerGate],
    [Blocks.PARAM_COMPONENTS, p.components],
    [Blocks.PARAM_RAW_FORMAT, p.rawFormat],
    [Blocks.PARAM_SATURATION_DN, p.saturationDn],
    [Blocks.PARAM_PROBE_X, p.probeX],
    [Blocks.PARAM_PROBE_Y, p.probeY],
    [Blocks.PARAM_CLOCK_HZ, p.clockHz],
    [Blocks.PARAM_RETURNS, p.returns],
    [Blocks.PARAM_RETURN_ORDER, p.returnOrder],
  ];
}

function floats(p: Parameters): readonly (readonly [number, number])[] {
  return [
    [Blocks.PARAM_PULSE_WIDTH_NS, p.pulseWidthNs],
    [Blocks.PARAM_PULSE_PERIOD_NS, p.pulsePeriodNs],
    [Blocks.PARAM_RESPONSE_TAU_NS, p.responseTauNs],
    [Blocks.PARAM_TAIL_FRACTION, p.tailFraction],
    [Blocks.PARAM_TAIL_TAU_NS, p.tailTauNs],
    [Blocks.PARAM_EXTINCTION, p.extinction],
    [Blocks.PARAM_GAIN_E_PER_DN, p.gainEPerDn],
    [Blocks.PARAM_RESET_NOISE_E, p.resetNoiseE],
    [Blocks.PARAM_READ_NOISE_E, p.readNoiseE],
    [Blocks.PARAM_T0_MIN_NS, p.t0MinNs],
    [Blocks.PARAM_T0_MAX_NS, p.t0MaxNs],
    [Blocks.PARAM_TIME_OFFSET_NS, p.timeOffsetNs],
    [Blocks.PARAM_DETECTION_SIGMA, p.detectionSigma],
    [Blocks.PARAM_LOW_SIGNAL_SIGMA, p.lowSignalSigma],
    [Blocks.PARAM_MISFIT_CHI2, p.misfitChi2],
    [Blocks.PARAM_DARK_ACTIVATION_EV, p.darkActivationEv],
    [Blocks.PARAM_DARK_REFERENCE_K, p.darkReferenceK],
    [Blocks.PARAM_RANGE_SCALE, p.rangeScale],
    [Blocks.PARAM_SIGMA_SCALE, p.sigmaScale],
    [Blocks.PARAM_AMPLITUDE_SCALE, p.amplitudeScale],
    [Blocks.PARAM_AMBIENT_SCALE, p.ambientScale],
    [Blocks.PARAM_DARK_EXPOSURE_SCALE, p.darkExposureScale],
    [Blocks.PARAM_RETURN_CHI2, p.returnChi2],
  ];
}

/** Writes the CRC-32C of a parameter block into it. */
export function sealParameterBlock(block: Uint8Array): void {
  const view = new DataView(block.buffer, block.byteOffset);
  view.setUint32(Blocks.PARAM_CRC, crc32c(block.subarray(Blocks.PARAM_WIDTH)), true);
}

/** PARAM_BYTES as the board writes them, CRC included. */
export function encodeParameters(p: Parameters): Uint8Array {
  const block = new Uint8Array(Blocks.PARAM_BYTES);
  const view = new DataView(block.buffer);
  for (const [offset, value] of words(p)) view.setUint32(offset, value, true);
  for (const [offset, value] of floats(p)) view.setFloat32(offset, value, true);
  p.gateDelaysNs.slice(0, MAX_GATES).forEach((delay, k) => {
    view.setFloat32(Blocks.PARAM_GATE_DELAYS_NS + 4 * k, delay, true);
  });
  p.gateWidthsNs.slice(0, MAX_GATES).forEach((gateWidth, k) => {
    view.setFloat32(Blocks.PARAM_GATE_WIDTHS_NS + 4 * k, gateWidth, true);
  });
  sealParameterBlock(block);
  return block;
}
