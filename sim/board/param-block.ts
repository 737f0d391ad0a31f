import * as Abi from "../../hw-profiles/interface/abi.ts";
import * as Memory from "../../hw-profiles/interface/memory-map.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { gainEPerDn, resetNoiseE } from "../pixel/noise-budget.ts";
import { realisedGates } from "../roic/gate-edges.ts";
import { crc32c } from "./crc32c.ts";
import type { BoardSettings } from "./settings.ts";

const LN_9 = 2.1972245773362196;

/** Time constant of one pole with this 90-10 % fall time. */
export function poleTauNs(fallTimeNs: number): number {
  return fallTimeNs / LN_9;
}

/** The parameter block as the board writes it before configure(): PARAM_BYTES bytes, CRC included. */
export function parameterBlock(profile: LidarProfile, settings: BoardSettings): Uint8Array {
  const bytes = new Uint8Array(Memory.PARAM_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [offset, value] of integerFields(profile, settings)) view.setUint32(offset, value, true);
  for (const [offset, value] of realFields(profile, settings)) view.setFloat32(offset, value, true);
  const gates = realisedGates(profile);
  writeArray(view, Memory.PARAM_GATE_DELAYS_NS, gates.delaysNs);
  writeArray(view, Memory.PARAM_GATE_WIDTHS_NS, gates.widthsNs);
  view.setUint32(Memory.PARAM_CRC, crc32c(bytes.subarray(Memory.PARAM_WIDTH)), true);
  return bytes;
}

type Field = readonly [offset: number, value: number];

function integerFields(profile: LidarProfile, settings: BoardSettings): Field[] {
  const { adc, array, gates } = profile;
  return [
    [Memory.PARAM_MAGIC, Abi.DEVICE_MAGIC],
    [Memory.PARAM_ABI, Abi.ABI_VERSION],
    [Memory.PARAM_LENGTH, Memory.PARAM_BYTES],
    [Memory.PARAM_WIDTH, array.widthPx],
    [Memory.PARAM_HEIGHT, array.heightPx],
    [Memory.PARAM_GATES, gates.delaysNs.length],
    [Memory.PARAM_ADC_BITS, adc.bits],
    [Memory.PARAM_GATING, gates.gating === "film-bias" ? Memory.GATING_FILM_BIAS : Memory.GATING_SWEPT_RESET],
    [Memory.PARAM_PULSES_PER_GATE, settings.pulsesPerGate],
    [Memory.PARAM_COMPONENTS, settings.components],
    [Memory.PARAM_RAW_FORMAT, settings.rawFormat],
    [Memory.PARAM_SATURATION_DN, adc.saturationDn],
    [Memory.PARAM_PROBE_X, settings.probeX],
    [Memory.PARAM_PROBE_Y, settings.probeY],
    [Memory.PARAM_CLOCK_HZ, adc.clockHz],
  ];
}

function realFields(profile: LidarProfile, settings: BoardSettings): Field[] {
  return [...responseFields(profile), ...noiseFields(profile, settings), ...readoutFields(profile, settings)];
}

function responseFields(profile: LidarProfile): Field[] {
  const { detector, emitter, gates } = profile;
  return [
    [Memory.PARAM_PULSE_WIDTH_NS, emitter.pulseWidthNs],
    [Memory.PARAM_PULSE_PERIOD_NS, 1e9 / emitter.repetitionHz],
    [Memory.PARAM_RESPONSE_TAU_NS, poleTauNs(detector.fallTimeNs)],
    [Memory.PARAM_TAIL_FRACTION, detector.slowTailFraction],
    [Memory.PARAM_TAIL_TAU_NS, detector.slowTailTauNs],
    [Memory.PARAM_EXTINCTION, gates.extinction],
  ];
}

/** The dark map that the board streams is already scaled to the present exposure, row by row: factor 1. */
function noiseFields(profile: LidarProfile, settings: BoardSettings): Field[] {
  const { detector, pixel } = profile;
  return [
    [Memory.PARAM_GAIN_E_PER_DN, gainEPerDn(profile)],
    [Memory.PARAM_RESET_NOISE_E, resetNoiseE(profile, settings.temperatureMk / 1000)],
    [Memory.PARAM_READ_NOISE_E, pixel.readNoiseE],
    [Memory.PARAM_DARK_ACTIVATION_EV, detector.darkActivationEv],
    [Memory.PARAM_DARK_REFERENCE_K, detector.darkReferenceK],
    [Memory.PARAM_DARK_EXPOSURE_SCALE, 1],
  ];
}

function readoutFields(profile: LidarProfile, settings: BoardSettings): Field[] {
  const { readout } = profile;
  return [
    [Memory.PARAM_T0_MIN_NS, readout.t0MinNs],
    [Memory.PARAM_T0_MAX_NS, readout.t0MaxNs],
    [Memory.PARAM_TIME_OFFSET_NS, readout.timeOffsetNs],
    [Memory.PARAM_DETECTION_SIGMA, settings.detectionSigma],
    [Memory.PARAM_LOW_SIGNAL_SIGMA, settings.lowSignalSigma],
    [Memory.PARAM_MISFIT_CHI2, settings.misfitChi2],
    [Memory.PARAM_RANGE_SCALE, readout.rangeScaleM],
    [Memory.PARAM_SIGMA_SCALE, readout.sigmaScaleM],
    [Memory.PARAM_AMPLITUDE_SCALE, readout.amplitudeScaleE],
    [Memory.PARAM_AMBIENT_SCALE, readout.ambientScaleE],
  ];
}

function writeArray(view: DataView, offset: number, values: readonly number[]): void {
  values.forEach((value, index) => {
    view.setFloat32(offset + 4 * index, value, true);
  });
}
