import { type ForwardModel, HALF_LIGHT_M_PER_NS } from "./forward.ts";
import type { Cell } from "./grid.ts";

/** Times tried first lie so many steps apart; the others are looked at where those leave something. */
const COARSE = 5;
const MIDDLE = 2;
/** Logarithm of a likelihood, against the highest, that counts for nothing. */
const NOTHING = -14;
/** Newton steps from the estimate at the time before; the first time starts from a crude one. */
const STEPS = 2;
const FIRST_STEPS = 8;
const AMPLITUDE_LEAST = 1e-3;

/** Amplitude and background that suit a time best, and the logarithm of the likelihood of the time. */
interface Suited {
  readonly amplitudeE: number;
  readonly backgroundE: number;
  readonly log: number;
}

/**
 * The estimate of the range with the least mean square error over return times drawn evenly from a window: the mean of
 * the posterior, with amplitude and background unknown (flat priors; integrated by Laplace's method at every time). The
 * likelihood is that of counts of variance mean + noise, y + noise being as good as Poisson distributed.
 */
export class BestEstimate {
  readonly #shares: readonly (readonly number[])[];
  readonly #timesNs: readonly number[];
  readonly #noiseE2: number;
  readonly #guessE: number;

  constructor(
    model: ForwardModel,
    cell: Cell,
    noiseE2: number,
    fromNs: number,
    toNs: number,
    stepNs: number,
  ) {
    const spanNs = toNs - fromNs;
    const count = COARSE * Math.ceil(spanNs / (COARSE * stepNs));
    this.#timesNs = Array.from({ length: count }, (_, i) => fromNs + (spanNs * (i + 0.5)) / count);
    this.#shares = this.#timesNs.map((t0Ns) => model.shares(t0Ns));
    this.#noiseE2 = noiseE2;
    this.#guessE = cell.collectedE;
  }

  #suit(electrons: Float64Array, index: number, from: Suited, steps: number): Suited {
    const shares = this.#shares[index]!;
    const noise = this.#noiseE2;
    let { amplitudeE, backgroundE } = from;
    let determinant = 1;
    for (let step = 0; step < steps; step++) {
      let [ff, f1, one, fr, r1] = [0, 0, 0, 0, 0];
      for (let k = 0; k < shares.length; k++) {
        const f = shares[k]!;
        const mean = amplitudeE * f + backgroundE;
        const weight = 1 / (Math.max(mean, 0) + noise);
        const rest = electrons[k]! - mean;
        ff += weight * f * f;
        f1 += weight * f;
        one += weight;
        fr += weight * f * rest;
        r1 += weight * rest;
      }
      determinant = ff * one - f1 * f1;
      amplitudeE = Math.max(amplitudeE + (one * fr - f1 * r1) / determinant, AMPLITUDE_LEAST);
      backgroundE += (ff * r1 - f1 * fr) / determinant;
    }
    let log = -0.5 * Math.log(determinant);
    for (let k = 0; k < shares.length; k++) {
      const mean = noise + Math.max(amplitudeE * shares[k]! + backgroundE, -0.5 * noise);
      log += (electrons[k]! + noise) * Math.log(mean) - mean;
    }
    return { amplitudeE, backgroundE, log };
  }

  /** Range of a pixel's electrons, m. */
  rangeM(electrons: Float64Array): number {
    const suited: Suited[] = [];
    let last: Suited = { amplitudeE: this.#guessE, backgroundE: Math.min(...electrons), log: 0 };
    for (let i = 0; i * COARSE < this.#timesNs.length; i++) {
      last = this.#suit(electrons, i * COARSE + MIDDLE, last, i === 0 ? FIRST_STEPS : STEPS);
      suited.push(last);
    }
    const highest = Math.max(...suited.map(({ log }) => log));
    const counts = (i: number): boolean => (suited[i]?.log ?? -Infinity) > highest + NOTHING;
    let [weights, times] = [0, 0];
    suited.forEach((from, i) => {
      if (!counts(i - 1) && !counts(i) && !counts(i + 1)) return;
      for (let index = i * COARSE; index < (i + 1) * COARSE; index++) {
        const weight = Math.exp(this.#suit(electrons, index, from, STEPS).log - highest);
        weights += weight;
        times += weight * this.#timesNs[index]!;
      }
    });
    return (times / weights) * HALF_LIGHT_M_PER_NS;
  }
}
