import { LIGHT_M_PER_S, PLANCK_J_S } from "../../hw-profiles/derive/constants.ts";

/** Energy of one photon, J. */
export function photonEnergyJ(wavelengthNm: number): number {
  return (PLANCK_J_S * LIGHT_M_PER_S) / (wavelengthNm * 1e-9);
}
