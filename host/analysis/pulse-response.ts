/** One pole of the detector's response to a rectangular pulse that repeats; unit area per pulse. Times in ns. */
interface Pole {
  readonly weight: number;
  readonly tauNs: number;
  /** tau/Tp (exp(Tp/tau) - 1): after the pulse, the charge still to come is tail * exp(-y/tau). */
  readonly tail: number;
  /** Sum over all earlier pulses of exp(-m T/tau), m = 1, 2, ... */
  readonly earlier: number;
}

export interface PulseShape {
  readonly pulseWidthNs: number;
  readonly periodNs: number;
  readonly tauNs: number;
  readonly slowFraction: number;
  readonly slowTauNs: number;
  /** False: a single pulse, nothing wraps. */
  readonly repeats: boolean;
}

/**
 * Charge and current of a return that arrived y ns ago [physics.md 7], in closed form:
 * during the pulse, S(y) = (y - tau (1 - e^(-y/tau))) / Tp; after it, S(y) = 1 - tail e^(-y/tau).
 */
export class PulseResponse {
  readonly #shape: PulseShape;
  readonly #poles: readonly Pole[];

  constructor(shape: PulseShape) {
    this.#shape = shape;
    const pole = (weight: number, tauNs: number): Pole => {
      const decayOfPeriod = Math.exp(-shape.periodNs / tauNs);
      return {
        weight,
        tauNs,
        tail: (tauNs / shape.pulseWidthNs) * Math.expm1(shape.pulseWidthNs / tauNs),
        earlier: shape.repeats ? decayOfPeriod / (1 - decayOfPeriod) : 0,
      };
    };
    const fast = pole(1 - shape.slowFraction, shape.tauNs);
    this.#poles = shape.slowFraction > 0 ? [fast, pole(shape.slowFraction, shape.slowTauNs)] : [fast];
  }

  /** Charge collected up to y; for a repeated pulse counted from the arrival at 0, so it is negative before. */
  charge(y: number): number {
    const turns = this.#turns(y);
    const phase = y - turns * this.#shape.periodNs;
    if (phase <= 0) return turns;
    let sum = turns;
    for (const { weight, tauNs, tail, earlier } of this.#poles) {
      const decay = Math.exp(-phase / tauNs);
      const { pulseWidthNs } = this.#shape;
      const present = phase < pulseWidthNs ? (phase - tauNs * (1 - decay)) / pulseWidthNs : 1 - tail * decay;
      sum += weight * (present + tail * earlier * (1 - decay));
    }
    return sum;
  }

  /** d charge / dy, 1/ns. */
  current(y: number): number {
    const phase = y - this.#turns(y) * this.#shape.periodNs;
    if (phase < 0) return 0;
    let sum = 0;
    for (const { weight, tauNs, tail, earlier } of this.#poles) {
      const decay = Math.exp(-phase / tauNs);
      const { pulseWidthNs } = this.#shape;
      const present = phase < pulseWidthNs ? (1 - decay) / pulseWidthNs : (tail / tauNs) * decay;
      sum += weight * (present + ((tail * earlier) / tauNs) * decay);
    }
    return sum;
  }

  #turns(y: number): number {
    return this.#shape.repeats ? Math.floor(y / this.#shape.periodNs) : 0;
  }
}
