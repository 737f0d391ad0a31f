/** Tunnelling between dots of a superlattice [enomoto2024 eq. 1] and what many layers make of it. */
import { ELECTRON_MASS_KG, ELEMENTARY_CHARGE_C, PLANCK_J_S } from "./constants.ts";

const REDUCED_PLANCK_J_S = PLANCK_J_S / (2 * Math.PI);

/** Decay constant of a wave function in a barrier, 1/nm: sqrt(2 m* V) / hbar. `effectiveMass` in electron masses. */
export function decayPerNm(effectiveMass: number, barrierEv: number): number {
  const momentum = Math.sqrt(2 * effectiveMass * ELECTRON_MASS_KG * barrierEv * ELEMENTARY_CHARGE_C);
  return (momentum / REDUCED_PLANCK_J_S) * 1e-9;
}

/** Coupling across `spacerNm` relative to that across `referenceNm`: exp(-2 (x - x0) sqrt(2 m* V) / hbar). */
export function couplingRatio(
  spacerNm: number,
  referenceNm: number,
  effectiveMass: number,
  barrierEv: number,
): number {
  return Math.exp(-2 * (spacerNm - referenceNm) * decayPerNm(effectiveMass, barrierEv));
}

/**
 * Shift of the lowest state of a chain of N layers relative to that of an endless one, 0..1: a tight-binding chain has
 * E_N = E_1 - 2 beta cos(pi / (N + 1)), so the shift is cos(pi / (N + 1)); 0 for one layer.
 */
export function layerShare(layers: number): number {
  return layers <= 1 ? 0 : Math.cos(Math.PI / (layers + 1));
}
