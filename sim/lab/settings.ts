/** Settings of the electrical instruments and their checks. */

export interface ElectricalSetting {
  readonly biasV?: number;
  readonly gateV?: number;
  readonly temperatureK?: number;
  readonly light?: { readonly wavelengthNm: number; readonly powerW: number };
}
export interface RecordSetting extends ElectricalSetting {
  readonly sampleRateHz: number;
  readonly samples: number;
  readonly seed: number;
}
export interface PulseSetting extends RecordSetting {
  readonly pulseWidthS: number;
  readonly repetitionHz: number;
  readonly averages: number;
}
export interface ModulationSetting extends RecordSetting {
  readonly frequencyHz: number;
  readonly depth: number;
}

export const ROOM_TEMPERATURE_K = 300;
const MOST_SAMPLES = 1 << 24;

function expectPositive(device: string, what: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new RangeError(`${device}: ${what} is ${value}; expected a number above 0`);
}

/** @throws RangeError naming the device, what was found and what is expected. */
export function checkElectrical(
  device: string,
  { biasV, gateV, temperatureK, light }: ElectricalSetting,
): void {
  for (const [what, value] of [
    ["bias in V", biasV],
    ["gate voltage in V", gateV],
  ] as const) {
    if (value !== undefined && !Number.isFinite(value)) {
      throw new RangeError(`${device}: ${what} is ${value}; expected a finite number`);
    }
  }
  if (temperatureK !== undefined) expectPositive(device, "temperature in K", temperatureK);
  if (light === undefined) return;
  expectPositive(device, "wavelength in nm", light.wavelengthNm);
  if (!(light.powerW >= 0 && Number.isFinite(light.powerW))) {
    throw new RangeError(`${device}: light power is ${light.powerW} W; expected 0 or more`);
  }
}

/** @throws RangeError as checkElectrical, and for an unusable sampling. */
export function checkRecord(device: string, setting: RecordSetting): void {
  checkElectrical(device, setting);
  expectPositive(device, "sampling rate in Hz", setting.sampleRateHz);
  const { samples } = setting;
  if (Number.isInteger(samples) && samples >= 1 && samples <= MOST_SAMPLES) return;
  throw new RangeError(`${device}: ${samples} samples; expected a whole number from 1 to ${MOST_SAMPLES}`);
}

/** @throws RangeError as checkRecord, and if the pulses overlap or are not averaged at least once. */
export function checkPulses(device: string, setting: PulseSetting): void {
  checkRecord(device, setting);
  expectPositive(device, "pulse width in s", setting.pulseWidthS);
  expectPositive(device, "repetition rate in Hz", setting.repetitionHz);
  if (setting.pulseWidthS * setting.repetitionHz >= 1) {
    throw new RangeError(
      `${device}: pulses of ${setting.pulseWidthS} s at ${setting.repetitionHz} Hz overlap; shorten or space them`,
    );
  }
  if (!(setting.averages >= 1)) {
    throw new RangeError(`${device}: ${setting.averages} averages; expected 1 or more`);
  }
}

/** @throws RangeError as checkRecord, and for a frequency or depth that cannot be set. */
export function checkModulation(device: string, setting: ModulationSetting): void {
  checkRecord(device, setting);
  if (!(setting.frequencyHz > 0 && setting.frequencyHz <= setting.sampleRateHz / 2)) {
    throw new RangeError(
      `${device}: modulation at ${setting.frequencyHz} Hz sampled at ${setting.sampleRateHz} Hz; expected above 0 and at most half the sampling rate`,
    );
  }
  if (setting.depth >= 0 && setting.depth <= 1) return;
  throw new RangeError(`${device}: modulation depth ${setting.depth}; expected 0 to 1`);
}
