import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { gainEPerDn, resetNoiseE } from "../../pixel/noise-budget.ts";
import { realisedGates } from "../../roic/gate-edges.ts";
import { gatedProfile } from "../../roic/gated-profile.ts";
import { type Field, parameterBlock } from "../parameter-block.ts";
import { type LidarCalibration, tauAtNs, trueGates } from "./lidar-calibration.ts";
import type { LidarSettings } from "./lidar-settings.ts";

/** The parameter block of a LiDAR board. */
export function lidarParameters(profile: LidarProfile, settings: LidarSettings): Uint8Array {
  const { calibration, temperatureMk } = settings;
  const gates = trueGates(realisedGates(gatedProfile(profile, settings.gates)), calibration);
  return parameterBlock(integerFields(profile, settings), [
    ...responseFields(profile, calibration, temperatureMk),
    ...noiseFields(profile, settings),
    ...readoutFields(profile, settings),
    ...arrayFields(Memory.PARAM_GATE_DELAYS_NS, gates.delaysNs),
    ...arrayFields(Memory.PARAM_GATE_WIDTHS_NS, gates.widthsNs),
  ]);
}

function integerFields(profile: LidarProfile, settings: LidarSettings): Field[] {
  const { adc, array, gates } = profile;
  return [
    [Memory.PARAM_MODE, Memory.MODE_LIDAR],
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
    [Memory.PARAM_RETURNS, settings.returns],
    [Memory.PARAM_RETURN_ORDER, settings.returnOrder],
  ];
}

function responseFields(
  { emitter, gates }: LidarProfile,
  calibration: LidarCalibration,
  temperatureMk: number,
): Field[] {
  return [
    [Memory.PARAM_PULSE_WIDTH_NS, calibration.pulseWidthNs],
    [Memory.PARAM_PULSE_PERIOD_NS, 1e9 / emitter.repetitionHz],
    [Memory.PARAM_RESPONSE_TAU_NS, tauAtNs(calibration, temperatureMk)],
    [Memory.PARAM_TAIL_FRACTION, calibration.tailFraction],
    [Memory.PARAM_TAIL_TAU_NS, calibration.tailTauNs],
    [Memory.PARAM_EXTINCTION, gates.extinction],
  ];
}

/** The dark map that the board streams is already scaled to the present exposure, row by row: factor 1. */
function noiseFields(profile: LidarProfile, settings: LidarSettings): Field[] {
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

function readoutFields(profile: LidarProfile, settings: LidarSettings): Field[] {
  const { readout } = profile;
  return [
    [Memory.PARAM_T0_MIN_NS, readout.t0MinNs],
    [Memory.PARAM_T0_MAX_NS, readout.t0MaxNs],
    [Memory.PARAM_TIME_OFFSET_NS, settings.calibration.timeOffsetNs],
    [Memory.PARAM_DETECTION_SIGMA, settings.detectionSigma],
    [Memory.PARAM_LOW_SIGNAL_SIGMA, settings.lowSignalSigma],
    [Memory.PARAM_MISFIT_CHI2, settings.misfitChi2],
    [Memory.PARAM_RETURN_CHI2, settings.returnChi2],
    [Memory.PARAM_RANGE_SCALE, readout.rangeScaleM],
    [Memory.PARAM_SIGMA_SCALE, readout.sigmaScaleM],
    [Memory.PARAM_AMPLITUDE_SCALE, readout.amplitudeScaleE],
    [Memory.PARAM_AMBIENT_SCALE, readout.ambientScaleE],
  ];
}

function arrayFields(offset: number, values: readonly number[]): Field[] {
  return values.map((value, index) => [offset + Float32Array.BYTES_PER_ELEMENT * index, value]);
}
