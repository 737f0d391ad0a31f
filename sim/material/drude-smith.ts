/**
 * Conductivity of an annealed film by frequency [chen2023]:
 *   sigma(w) = (n e^2 tau / m*) / (1 - i w tau) [1 + c / (1 - i w tau)],   w_p^2 eps0 = n e^2 / m*.
 *
 * Not modelled: the lattice's own response (phonons, interband), higher scattering orders c_2, c_3 ..., temperature.
 */
import { ELECTRON_MASS_KG, ELEMENTARY_CHARGE_C } from "../../hw-profiles/derive/constants.ts";

/** What one process makes of the film. */
export interface Carriers {
  readonly densityPerM3: number;
  readonly scatteringTimeFs: number;
  /** Persistence of velocity, -1..0. */
  readonly persistence: number;
  /** In electron masses. */
  readonly effectiveMass: number;
}

/** Drude conductivity at zero frequency without backscattering, S/m. */
export function drudeConductivity({ densityPerM3, scatteringTimeFs, effectiveMass }: Carriers): number {
  const charge2 = ELEMENTARY_CHARGE_C * ELEMENTARY_CHARGE_C;
  return (densityPerM3 * charge2 * scatteringTimeFs * 1e-15) / (effectiveMass * ELECTRON_MASS_KG);
}

/** Complex conductivity, S/m. */
export function drudeSmithConductivity(carriers: Carriers, frequencyHz: number) {
  const u = 2 * Math.PI * frequencyHz * carriers.scatteringTimeFs * 1e-15;
  // 1 / (1 - iu) = (1 + iu) / (1 + u^2).
  const re = 1 / (1 + u * u);
  const im = u * re;
  const sigma0 = drudeConductivity(carriers);
  const c = carriers.persistence;
  return {
    real: sigma0 * (re + c * (re * re - im * im)),
    imaginary: sigma0 * (im + 2 * c * re * im),
  };
}
