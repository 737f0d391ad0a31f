/** SI 2019, exact. */
export const ELEMENTARY_CHARGE_C = 1.602176634e-19;
export const BOLTZMANN_J_PER_K = 1.380649e-23;
export const PLANCK_J_S = 6.62607015e-34;
export const LIGHT_M_PER_S = 299792458;
export const ZERO_CELSIUS_K = 273.15;

/** The spot on which the explanation works out its link budget. */
export const EXAMPLE_RANGE_M = 3;
export const EXAMPLE_REFLECTANCE = 0.5;
