/**
 * A detector on a probe station: the instruments of the laboratory around the device physics of sim/detector.
 * Records go through a current amplifier without noise of its own; transients and modulated light through a load resistor,
 * whose thermal noise is in the record.
 *
 * Not modelled: noise and bandwidth of amplifier and oscilloscope, flicker in averaged transients (it is common to all of a
 * period and drops out), shot noise that follows the waveform (it is that of the full light throughout), drift, jitter of the
 * trigger.
 */
import type { DeviceProfile } from "../../hw-profiles/device-profile.ts";
import { darkCurrentA } from "../detector/dark-current.ts";
import { deviceNoise, johnsonNoise, type NoiseSpectrum } from "../detector/device-noise.ts";
import { addNoise, addWhite } from "../detector/noise-series.ts";
import { photocurrentA, type WorkingPoint } from "../detector/photocurrent.ts";
import { addModulatedResponse, addPulseResponse } from "../detector/response-poles.ts";
import { responsePoles } from "../detector/response-time.ts";
import { electricalSeed } from "./seeding.ts";
import {
  checkElectrical,
  checkModulation,
  checkPulses,
  checkRecord,
  type ElectricalSetting,
  type ModulationSetting,
  type PulseSetting,
  type RecordSetting,
  ROOM_TEMPERATURE_K,
} from "./settings.ts";
import { meterReading } from "./source-meter.ts";

/** Into which photoconductors and transistors work, ohm. */
const OSCILLOSCOPE_OHM = 50;

/** A device at one setting. */
interface Condition {
  readonly at: WorkingPoint;
  readonly temperatureK: number;
  readonly darkA: number;
  readonly photoA: number;
  readonly noise: NoiseSpectrum;
}

export class DeviceBench {
  readonly #profile: DeviceProfile;
  readonly #mobilityCm2PerVs: number | undefined;

  /** `mobilityCm2PerVs`: of the film, where the document lets the response follow from the material. */
  constructor(profile: DeviceProfile, mobilityCm2PerVs?: number) {
    this.#profile = profile;
    this.#mobilityCm2PerVs = mobilityCm2PerVs;
  }

  get name(): string {
    return this.#profile.name;
  }
  get title(): string {
    return this.#profile.title;
  }
  get structure(): DeviceProfile["structure"] {
    return this.#profile.structure;
  }
  get areaCm2(): number {
    return this.#profile.areaCm2;
  }
  get operatingBiasV(): number {
    return this.#profile.operatingBiasV;
  }
  get peakNm(): number {
    return this.#profile.spectrum.peakNm;
  }

  /** A, mean, to the resolution of the meter. @throws RangeError for settings that no instrument takes. */
  current(setting: ElectricalSetting): number {
    checkElectrical(this.name, setting);
    const { darkA, photoA } = this.#condition(setting);
    return meterReading(darkA + photoA);
  }

  /** A by sample at a steady setting. @throws RangeError as current, and for an unusable sampling. */
  record(setting: RecordSetting): Float64Array {
    checkRecord(this.name, setting);
    const { darkA, photoA, noise } = this.#condition(setting);
    const series = new Float64Array(setting.samples).fill(darkA + photoA);
    addNoise(series, noise, setting.sampleRateHz, this.#seed(setting, "record"));
    return series;
  }

  /** A by sample from the rising edge of a pulse, averaged. @throws RangeError as record, and for overlapping pulses. */
  transient(setting: PulseSetting): Float64Array {
    checkPulses(this.name, setting);
    const condition = this.#condition(setting);
    const series = new Float64Array(setting.samples).fill(condition.darkA);
    const train = { widthS: setting.pulseWidthS, periodS: 1 / setting.repetitionHz };
    addPulseResponse(series, this.#poles(condition), train, condition.photoA, setting.sampleRateHz);
    const density = (condition.noise.white + this.#loadNoise(condition)) / setting.averages;
    addWhite(series, density, setting.sampleRateHz, this.#seed(setting, "transient"));
    return series;
  }

  /** A by sample under modulated light. @throws RangeError as record, and for an impossible modulation. */
  modulated(setting: ModulationSetting): Float64Array {
    checkModulation(this.name, setting);
    const condition = this.#condition(setting);
    const series = new Float64Array(setting.samples).fill(condition.darkA);
    addModulatedResponse(series, this.#poles(condition), setting, condition.photoA, setting.sampleRateHz);
    const seed = this.#seed(setting, `modulated ${setting.frequencyHz}`);
    const noise = { ...condition.noise, white: condition.noise.white + this.#loadNoise(condition) };
    addNoise(series, noise, setting.sampleRateHz, seed);
    return series;
  }

  #condition(setting: ElectricalSetting): Condition {
    const profile = this.#profile;
    const temperatureK = setting.temperatureK ?? ROOM_TEMPERATURE_K;
    const biasV = setting.biasV ?? profile.operatingBiasV;
    const at = setting.gateV === undefined ? { biasV } : { biasV, gateV: setting.gateV };
    const photoA = setting.light === undefined ? 0 : photocurrentA(profile, at, setting.light);
    return {
      at,
      temperatureK,
      darkA: darkCurrentA(profile, biasV, temperatureK),
      photoA,
      noise: deviceNoise(profile, at, temperatureK, photoA),
    };
  }

  #poles({ at }: Condition) {
    return responsePoles(this.#profile, at.biasV, this.#mobilityCm2PerVs);
  }

  #loadNoise({ temperatureK }: Condition): number {
    const loadOhm = this.#profile.structure === "photodiode" ? this.#profile.loadOhm : OSCILLOSCOPE_OHM;
    return johnsonNoise(loadOhm, temperatureK);
  }

  #seed(setting: RecordSetting, instrument: string): bigint {
    return electricalSeed(setting.seed, this.name, instrument, setting);
  }
}
