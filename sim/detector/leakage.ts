/**
 * Leakage past the junction: ohmic at low field, helped by the field further up (Poole and Frenkel, with compensated traps):
 *   J = G V exp(b sqrt(|V| / d) / (2 k T0)),   b = sqrt(q / (pi eps0 eps_r)).
 * Taken at the reference temperature: the change with temperature is the device's activation energy, measured on the whole.
 */
import {
  BOLTZMANN_EV_PER_K,
  ELEMENTARY_CHARGE_C,
  VACUUM_PERMITTIVITY_F_PER_M,
} from "../../hw-profiles/derive/constants.ts";
import { exp } from "../math/elementary.ts";

/** What decides the field's help. */
export interface LeakagePath {
  readonly thicknessNm: number;
  readonly relativePermittivity: number;
  readonly referenceK: number;
}

/** Factor on the ohmic conductance at a bias, 1 at 0 V. */
export function fieldFactor(path: LeakagePath, biasV: number): number {
  const fieldVPerM = Math.abs(biasV) / (path.thicknessNm * 1e-9);
  const slope = ELEMENTARY_CHARGE_C / (Math.PI * VACUUM_PERMITTIVITY_F_PER_M * path.relativePermittivity);
  const loweringEv = Math.sqrt(slope * fieldVPerM);
  return exp(loweringEv / (2 * BOLTZMANN_EV_PER_K * path.referenceK));
}
