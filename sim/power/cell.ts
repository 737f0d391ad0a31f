/**
 * Power of a cell at its maximum power point: a share of what the lamp gives, over the lamp's whole spectrum, also where a filter
 * lies in between (as the review's tables count it).
 *
 * Not modelled: the current-voltage curve, fill factor, temperature, irradiance other than the standard one.
 */
import type { PowerCellProfile, SpectrumProfile } from "../../hw-profiles/device-profile.ts";

export type Lamp = keyof PowerCellProfile["efficiency"];

/** Irradiance of the 1550 nm beam, W/cm2: assumed, the standard sun's. */
const BEAM_W_PER_CM2 = 0.1;
const W_PER_M2_TO_CM2 = 1e-4;

/** W/cm2 of a spectrum in W/m2/nm, by trapezia. */
export function irradianceWPerCm2({ wavelengthsNm, values }: SpectrumProfile): number {
  let sum = 0;
  for (let i = 1; i < wavelengthsNm.length; i++) {
    sum += 0.5 * (values[i]! + values[i - 1]!) * (wavelengthsNm[i]! - wavelengthsNm[i - 1]!);
  }
  return sum * W_PER_M2_TO_CM2;
}

/** Light on the cell (before any filter) and electrical power, W/cm2. @throws RangeError for a lamp it was not measured under. */
export function maximumPower(cell: PowerCellProfile, lamp: Lamp, sun: SpectrumProfile) {
  const efficiency = cell.efficiency[lamp];
  if (efficiency === undefined) {
    const known = Object.keys(cell.efficiency).join(", ");
    throw new RangeError(`${cell.name}: no efficiency under "${lamp}" is known; expected one of ${known}`);
  }
  const incidentWPerCm2 = lamp === "laser1550" ? BEAM_W_PER_CM2 : irradianceWPerCm2(sun);
  return { incidentWPerCm2, electricalWPerCm2: efficiency * incidentWPerCm2 };
}
