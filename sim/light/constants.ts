/** SI 2019, exact. */
export const ELEMENTARY_CHARGE_C = 1.602176634e-19;
export const BOLTZMANN_J_PER_K = 1.380649e-23;
export const PLANCK_J_S = 6.62607015e-34;
export const LIGHT_M_PER_S = 299792458;
export const BOLTZMANN_EV_PER_K = BOLTZMANN_J_PER_K / ELEMENTARY_CHARGE_C;

/** Energy of one photon, J. */
export function photonEnergyJ(wavelengthNm: number): number {
  return (PLANCK_J_S * LIGHT_M_PER_S) / (wavelengthNm * 1e-9);
}
