import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";

const KELVIN_AT_0_C = 273.15;
/** A map of sixteenths in 16 bits holds the signals of so many bits. */
const MAP_BITS = 12;

/** The factory calibrates at the temperature that the sensor works at: the dark current of a warm one may fill its pixels. */
export function calibrationTemperatureK({ environment }: ImagingProfile): number {
  return environment.temperatureC + KELVIN_AT_0_C;
}

/** Dark signal over what the dark map says: a power of two by which the signals of an ADC of many bits fit the map. */
export function darkMapScale({ adc }: ImagingProfile): number {
  return 2 ** Math.max(0, adc.bits - MAP_BITS);
}
