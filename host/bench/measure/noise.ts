import { densityAt } from "../analysis/noise-fit.ts";
import { type NoiseSpectrum, welch } from "../analysis/welch.ts";
import type { DeviceBench, ElectricalSetting } from "../laboratory.ts";

export interface NoiseReading {
  readonly amplitudeAPerRtHz: number;
  /** Relative. */
  readonly standardError: number;
}

export interface NoiseSetting extends ElectricalSetting {
  readonly seed: number;
  readonly thorough: boolean;
}

/** Samples for each hertz of the frequency of interest: it lies far below the highest one. */
const OVERSAMPLING = 16;
/** Bins are a 64th of the frequency of interest: its octave holds 45. */
const SEGMENT = 1024;
const SAMPLES = 1 << 18;
const THOROUGH_SAMPLES = 1 << 20;
const SPECTRUM_SAMPLES = 1 << 20;
const SPECTRUM_SEGMENT = 1 << 13;

/** Noise current at one frequency, from a record made for it. */
export function noiseAt(device: DeviceBench, setting: NoiseSetting, frequencyHz: number): NoiseReading {
  const { seed, thorough, ...electrical } = setting;
  const sampleRateHz = OVERSAMPLING * frequencyHz;
  const samples = thorough ? THOROUGH_SAMPLES : SAMPLES;
  const record = device.record({ ...electrical, sampleRateHz, samples, seed });
  const found = densityAt(welch(record, sampleRateHz, SEGMENT), frequencyHz);
  return { amplitudeAPerRtHz: Math.sqrt(found.density), standardError: found.standardError / 2 };
}

/** Noise spectrum up to `toHz`, in bins of a 4096th of it. */
export function noiseSpectrum(device: DeviceBench, setting: NoiseSetting, toHz: number): NoiseSpectrum {
  const { seed, thorough, ...electrical } = setting;
  const sampleRateHz = 2 * toHz;
  const samples = (thorough ? 4 : 1) * SPECTRUM_SAMPLES;
  return welch(device.record({ ...electrical, sampleRateHz, samples, seed }), sampleRateHz, SPECTRUM_SEGMENT);
}

/** Bins at least `ratio` apart: a picture needs no more. */
export function thinned(
  spectrum: NoiseSpectrum,
  ratio: number,
): { frequencyHz: number; amplitude: number }[] {
  const shown: { frequencyHz: number; amplitude: number }[] = [];
  let last = 0;
  for (let i = 0; i < spectrum.frequenciesHz.length; i++) {
    const frequencyHz = spectrum.frequenciesHz[i]!;
    if (frequencyHz < ratio * last) continue;
    shown.push({ frequencyHz, amplitude: Math.sqrt(spectrum.density[i]!) });
    last = frequencyHz;
  }
  return shown;
}
