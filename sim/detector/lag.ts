/**
 * Trap species of the film: dn_k/dt = (rho_k Q - n_k) / tau_k for the charge Q on the node; what a trap takes the node
 * loses, so Q + sum of n changes by what light and dark current generate, and by nothing else.
 *
 * An interval with generation at a constant rate is linear in (Q before, generated, n_1 … n_K before): its matrix is
 * exact, whatever its length. Between the last read of a frame and the next release the node is held at reset, Q = 0:
 * n_k decays with tau_k, and what is released goes to the reset supply.
 *
 * Not modelled: noise of capture and release, traps that fill up.
 */
import { exp } from "../math/elementary.ts";

export interface TrapSpecies {
  /** Share of the node's charge that is trapped in equilibrium. */
  readonly share: number;
  readonly tauMs: number;
}

type Matrix = readonly (readonly number[])[];

function multiply(a: Matrix, b: Matrix): number[][] {
  return a.map((row) => b.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
}

/** exp(m): Taylor polynomial of m / 2^k, squared k times; entries up to 0.03 after the division. */
function matrixExponential(m: Matrix): number[][] {
  const largest = Math.max(...m.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  let squarings = 0;
  for (let left = largest; left > 1 / 32; left /= 2) squarings++;
  const scale = 2 ** -squarings;
  const small = m.map((row) => row.map((value) => value * scale));
  const identity = m.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  let result: number[][] = identity;
  for (let term = 9; term > 0; term--) {
    const product = multiply(small, result);
    result = identity.map((row, i) => row.map((value, j) => value + product[i]![j]! / term));
  }
  for (let i = 0; i < squarings; i++) result = multiply(result, result);
  return result;
}

/**
 * How the traps' charge after `timeS` follows from what was before, row by row for each species:
 * [factor of Q before, of the generated charge, of n_1 before, … of n_K before].
 */
export function lagStep(traps: readonly TrapSpecies[], timeS: number): number[] {
  const size = traps.length + 2;
  const node = traps.length;
  const source = node + 1;
  const generator = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  traps.forEach(({ share, tauMs }, k) => {
    const rate = (timeS * 1000) / tauMs;
    generator[k]![k] = -rate;
    generator[k]![node] = rate * share;
    generator[node]![k] = rate;
    generator[node]![node]! -= rate * share;
  });
  generator[node]![source] = 1;
  const step = matrixExponential(generator);
  return traps.flatMap((_, k) => {
    const row = step[k]!;
    return [row[node]!, row[source]!, ...row.slice(0, node)];
  });
}

/** Share of each species' charge that is still trapped after `timeS` at reset. */
export function lagDecay(traps: readonly TrapSpecies[], timeS: number): number[] {
  return traps.map(({ tauMs }) => exp(-Math.max(timeS, 0) * (1000 / tauMs)));
}
