import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import { PROBE_OFF } from "../../../hw-profiles/interface/registers.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { calibrationTemperatureK, darkMapScale } from "../../imaging/factory-conditions.ts";
import { type LinearResponse, linearResponse } from "../../imaging/linear-response.ts";
import { gainEPerDn, resetNoiseE } from "../../pixel/noise-budget.ts";
import { type Field, parameterBlock } from "../parameter-block.ts";
import { flickerRatio } from "./flicker-ratio.ts";
import { exposureNs, type ImagingProgram } from "./imaging-program.ts";
import type { ImagingSettings } from "./imaging-settings.ts";
import { readNoiseDn } from "./read-noise.ts";

/** The parameter block of an imaging board. Charges are those of a whole output pixel: of all pixels of a bin together. */
export function imagingParameters(
  profile: ImagingProfile,
  settings: ImagingSettings,
  program: ImagingProgram,
): Uint8Array {
  return parameterBlock(
    [...frameFields(profile, settings, program), ...imagingFields(profile, settings, program)],
    realFields(profile, settings, program),
  );
}

/** Electrons of one code for small signals: a bin's code is the mean of its pixels' levels. */
export function outputGainEPerDn(
  profile: ImagingProfile,
  { analogGain, binningX, binningY }: Pick<ImagingSettings, "analogGain" | "binningX" | "binningY">,
): number {
  return (gainEPerDn(profile) * binningX * binningY) / analogGain;
}

function frameFields(
  { adc }: ImagingProfile,
  settings: ImagingSettings,
  { registers }: ImagingProgram,
): Field[] {
  const hasProbe = settings.probeX < registers.width && settings.probeY < registers.height;
  return [
    [Memory.PARAM_MODE, Memory.MODE_IMAGING],
    [Memory.PARAM_WIDTH, registers.width],
    [Memory.PARAM_HEIGHT, registers.height],
    [Memory.PARAM_GATES, registers.reads],
    [Memory.PARAM_ADC_BITS, adc.bits],
    [Memory.PARAM_COMPONENTS, settings.components],
    [Memory.PARAM_RAW_FORMAT, settings.rawFormat],
    [Memory.PARAM_SATURATION_DN, adc.saturationDn],
    [Memory.PARAM_PROBE_X, hasProbe ? settings.probeX : PROBE_OFF],
    [Memory.PARAM_PROBE_Y, hasProbe ? settings.probeY : PROBE_OFF],
    [Memory.PARAM_CLOCK_HZ, adc.clockHz],
  ];
}

function imagingFields(profile: ImagingProfile, settings: ImagingSettings, program: ImagingProgram): Field[] {
  return [
    [Memory.PARAM_READ_MODE, settings.readMode],
    [Memory.PARAM_CORRECTIONS, settings.corrections],
    [Memory.PARAM_INTENSITY_OFFSET, profile.readout.intensityOffsetLsb],
    [Memory.PARAM_EXPOSURE_NS, exposureNs(profile, program)],
    [Memory.PARAM_OFFSET_X, settings.offsetX],
    [Memory.PARAM_OFFSET_Y, settings.offsetY],
    [Memory.PARAM_BINNING, pair(settings.binningX, settings.binningY)],
    [Memory.PARAM_DECIMATION, pair(settings.decimationX, settings.decimationY)],
  ];
}

function pair(horizontal: number, vertical: number): number {
  return horizontal | (vertical << 8);
}

/** The dark map that the board streams belongs to the present exposure. */
function realFields(profile: ImagingProfile, settings: ImagingSettings, program: ImagingProgram): Field[] {
  const { detector, readout } = profile;
  const pixels = settings.binningX * settings.binningY;
  const gain = outputGainEPerDn(profile, settings);
  const { resetNoise } = profile.effects;
  const resetE = resetNoise.on ? resetNoiseE(profile, settings.temperatureMk / 1000) : 0;
  return [
    [Memory.PARAM_GAIN_E_PER_DN, gain],
    [Memory.PARAM_RESET_NOISE_E, resetE * Math.sqrt(pixels)],
    [Memory.PARAM_READ_NOISE_E, readNoiseDn(profile, settings, program) * gain],
    [Memory.PARAM_DARK_ACTIVATION_EV, detector.darkActivationEv],
    [Memory.PARAM_DARK_REFERENCE_K, calibrationTemperatureK(profile)],
    [Memory.PARAM_DARK_EXPOSURE_SCALE, darkMapScale(profile)],
    [Memory.PARAM_SIGMA_SCALE, readout.sigmaScaleDn],
    [Memory.PARAM_INTENSITY_SCALE, readout.intensityScaleDn],
    [Memory.PARAM_JUMP_CHI2, settings.jumpChi2],
    [Memory.PARAM_FLICKER_RATIO, flickerRatio(profile, program)],
    ...responseFields(linearResponse(profile, settings.analogGain, program.registers)),
  ];
}

function responseFields({ coefficients, shotBend }: LinearResponse): Field[] {
  return [
    [Memory.PARAM_LINEAR_1, coefficients[0]],
    [Memory.PARAM_LINEAR_2, coefficients[1]],
    [Memory.PARAM_LINEAR_3, coefficients[2]],
    [Memory.PARAM_SHOT_BEND, shotBend],
  ];
}
