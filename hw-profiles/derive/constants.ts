/** SI 2019, exact; the electron's mass is that of CODATA 2018. */
export const ELEMENTARY_CHARGE_C = 1.602176634e-19;
export const BOLTZMANN_J_PER_K = 1.380649e-23;
export const PLANCK_J_S = 6.62607015e-34;
export const LIGHT_M_PER_S = 299792458;
const LIGHT_M_PER_NS = LIGHT_M_PER_S / 1e9;
/** Range by return time: light goes there and back. */
export const RANGE_M_PER_NS = LIGHT_M_PER_NS / 2;
export const NS_PER_RANGE_M = 2 / LIGHT_M_PER_NS;
export const ZERO_CELSIUS_K = 273.15;
export const ELECTRON_MASS_KG = 9.1093837015e-31;
export const VACUUM_PERMITTIVITY_F_PER_M = 8.8541878128e-12;
export const BOLTZMANN_EV_PER_K = BOLTZMANN_J_PER_K / ELEMENTARY_CHARGE_C;
/** Photon energy x wavelength, eV nm: 1239.84. */
export const PHOTON_EV_NM = ((PLANCK_J_S * LIGHT_M_PER_S) / ELEMENTARY_CHARGE_C) * 1e9;
