import { fallTime, riseTime } from "../analysis/transition.ts";
import type { DeviceBench, ElectricalSetting } from "../laboratory.ts";

/** The laser of choi2021: 39 ns pulses, a million a second. */
export const LASER_PULSE_S = 39e-9;
export const LASER_REPETITION_HZ = 1e6;
const LASER_POWER_W = 1e-3;
const OSCILLOSCOPE_HZ = 2e9;
const AVERAGES = 1024;
/** Samples of a long pulse's period. */
const LONG_SAMPLES = 8192;
/** A long pulse and the dark after it, in times of the expected transition. */
const LIT = 5;
const PERIOD = 12;
/** Light that makes noise small beside the answer. */
const LONG_PULSE_A = 1e-3;

export interface TransientSetting extends ElectricalSetting {
  readonly wavelengthNm: number;
  readonly seed: number;
  readonly thorough: boolean;
}

export interface Waveform {
  readonly samples: Float64Array;
  readonly sampleRateHz: number;
  readonly pulseWidthS: number;
}

/** The answer to the short laser pulses, one period. */
export function laserTransient(device: DeviceBench, setting: TransientSetting): Waveform {
  const { wavelengthNm, seed, thorough, ...electrical } = setting;
  const samples = device.transient({
    ...electrical,
    light: { wavelengthNm, powerW: LASER_POWER_W },
    pulseWidthS: LASER_PULSE_S,
    repetitionHz: LASER_REPETITION_HZ,
    sampleRateHz: OSCILLOSCOPE_HZ,
    samples: Math.round(OSCILLOSCOPE_HZ / LASER_REPETITION_HZ),
    averages: thorough ? 16 * AVERAGES : AVERAGES,
    seed,
  });
  return { samples, sampleRateHz: OSCILLOSCOPE_HZ, pulseWidthS: LASER_PULSE_S };
}

/** The answer to a pulse so long that the device settles; the time base is chosen for a transition of about `expectedS`. */
export function longTransient(
  device: DeviceBench,
  setting: TransientSetting,
  expectedS: number,
  responsivityAPerW: number,
): Waveform {
  const { wavelengthNm, seed, thorough, ...electrical } = setting;
  const pulseWidthS = LIT * expectedS;
  const sampleRateHz = LONG_SAMPLES / (PERIOD * expectedS);
  const samples = device.transient({
    ...electrical,
    light: { wavelengthNm, powerW: LONG_PULSE_A / responsivityAPerW },
    pulseWidthS,
    repetitionHz: 1 / (PERIOD * expectedS),
    sampleRateHz,
    samples: LONG_SAMPLES,
    averages: thorough ? 16 * AVERAGES : AVERAGES,
    seed,
  });
  return { samples, sampleRateHz, pulseWidthS };
}

export function fallTimeOf({ samples, sampleRateHz, pulseWidthS }: Waveform): number {
  return fallTime(samples, sampleRateHz, pulseWidthS).timeS;
}

/** Of a long pulse. */
export function riseTimeOf({ samples, sampleRateHz, pulseWidthS }: Waveform): number {
  const lit = samples.subarray(0, Math.floor(pulseWidthS * sampleRateHz));
  const rest = samples.subarray(Math.floor(samples.length * 0.9));
  return riseTime(lit, sampleRateHz, rest.reduce((sum, value) => sum + value, 0) / rest.length).timeS;
}
