/**
 * The instruments of a laboratory, as experiments use them: light in, current, waveform or spectrum out. Experiments
 * know no parameter of what lies on the bench but its name and size. Every reading is fixed by device, settings and seed.
 */

export interface LightSetting {
  readonly wavelengthNm: number;
  /** Power on the active area, W. */
  readonly powerW: number;
}

export interface ElectricalSetting {
  /** Bias; negative is reverse. Photoconductors: channel voltage; phototransistors: drain voltage. */
  readonly biasV?: number;
  readonly gateV?: number;
  /** 300 K unless said. */
  readonly temperatureK?: number;
  readonly light?: LightSetting;
}

export interface RecordSetting extends ElectricalSetting {
  readonly sampleRateHz: number;
  readonly samples: number;
  readonly seed: number;
}

export interface PulseSetting extends RecordSetting {
  /** `light.powerW` during the pulse. */
  readonly pulseWidthS: number;
  readonly repetitionHz: number;
  /** Periods averaged by the oscilloscope. */
  readonly averages: number;
}

export interface ModulationSetting extends RecordSetting {
  readonly frequencyHz: number;
  /** (max - min) / (max + min), 0..1. */
  readonly depth: number;
}

/** A detector on a probe station. Currents in A; a photocurrent of a reverse-biased diode is negative. */
export interface DeviceBench {
  readonly name: string;
  readonly title: string;
  readonly structure: "photodiode" | "photoconductor" | "phototransistor";
  readonly areaCm2: number;
  readonly operatingBiasV: number;
  readonly peakNm: number;
  /** Mean current of a source meter, noiseless beyond its 16-bit range. */
  current(setting: ElectricalSetting): number;
  /** Current against time at a steady setting, noise of the device included. */
  record(setting: RecordSetting): Float64Array;
  /** One averaged period of the answer to light pulses, from the pulse's rising edge on. */
  transient(setting: PulseSetting): Float64Array;
  /** Current under sinusoidally modulated light, for a lock-in. */
  modulated(setting: ModulationSetting): Float64Array;
}

export interface SampleState {
  /** Row of the material's table: "ME", "300", "C3DT". */
  readonly process?: string;
  readonly layers?: number;
  readonly temperatureK?: number;
  readonly seed: number;
}

/** A film of nanocrystals under spectrometers. */
export interface MaterialBench {
  readonly name: string;
  readonly title: string;
  readonly processes: readonly string[];
  /** Complex sheet of conductivity by frequency, S/m, with the scatter of a terahertz or near-infrared measurement. */
  conductivity(
    state: SampleState,
    frequenciesHz: readonly number[],
  ): { readonly real: Float64Array; readonly imaginary: Float64Array };
  /** Photoluminescence by photon energy, counts. */
  luminescence(state: SampleState, energiesEv: readonly number[]): Float64Array;
  /** Optical density by photon energy. */
  absorbance(state: SampleState, energiesEv: readonly number[]): Float64Array;
}

/** A light source before spectrometer, photometer and oscilloscope. */
export interface SourceBench {
  readonly name: string;
  readonly title: string;
  readonly type: "led" | "pumped-laser";
  /** Spectral power by wavelength, counts. LED: at rated current; laser: at `drive` times its threshold. */
  spectrum(wavelengthsNm: readonly number[], drive: number, seed: number): Float64Array;
  /** Output by pump level in the unit that `pumpUnit` names (lasers), or by current in mA (LED). */
  output(levels: readonly number[], seed: number): Float64Array;
  readonly pumpUnit: string;
  /** Relative radiant intensity by angle from the normal, degrees. */
  angular(anglesDeg: readonly number[], seed: number): Float64Array;
  /** LED: luminance against minutes of operation from an initial luminance. */
  ageing(initialCdPerM2: number, minutes: readonly number[], seed: number): Float64Array;
  /** Luminescence after an excitation pulse, counts. */
  decay(timesNs: readonly number[], seed: number): Float64Array;
}

/** A cell under a lamp of a known spectrum. */
export interface CellBench {
  readonly name: string;
  readonly title: string;
  /** Electrical power per area of the maximum power point, W/cm2, under a light source at its standard level. */
  maximumPower(source: "am15" | "behindPerovskite" | "behindSilicon" | "laser1550"): {
    readonly incidentWPerCm2: number;
    readonly electricalWPerCm2: number;
  };
}

export interface Laboratory {
  readonly devices: readonly string[];
  readonly materials: readonly string[];
  readonly sources: readonly string[];
  readonly cells: readonly string[];
  device(name: string): DeviceBench;
  material(name: string): MaterialBench;
  source(name: string): SourceBench;
  cell(name: string): CellBench;
}
