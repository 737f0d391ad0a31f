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

export interface ChargeAndCurrent {
  readonly charge: number;
  readonly current: number;
}

/**
 * Charge and current of a return that arrived y ns ago [physics.md 7], in closed form:
 * during the pulse, S(y) = (y - tau (1 - e^(-y/tau))) / Tp; after it, S(y) = 1 - tail e^(-y/tau).
 */
export class PulseResponse {
  readonly #shape: PulseShape;
  readonly #poles: readonly Pole[];
  /** Reused: valid until the next call. */
  readonly #result = { charge: 0, current: 0 };

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

  /**
   * Charge collected up to y; for a repeated pulse counted from the arrival at 0, so it is negative before.
   * And its slope, 1/ns. Both share the exponential, which is what a bound over a frame spends its time on.
   */
  evaluate(y: number): ChargeAndCurrent {
    const { pulseWidthNs, periodNs } = this.#shape;
    const turns = this.#turns(y);
    const phase = y - turns * periodNs;
    const result = this.#result;
    result.charge = turns;
    result.current = 0;
    if (phase < 0) return result;
    const isDuring = phase < pulseWidthNs;
    for (let i = 0; i < this.#poles.length; i++) {
      const { weight, tauNs, tail, earlier } = this.#poles[i]!;
      const decay = Math.exp(-phase / tauNs);
      const gone = 1 - decay;
      const charge = isDuring ? (phase - tauNs * gone) / pulseWidthNs : 1 - tail * decay;
      const current = isDuring ? gone / pulseWidthNs : (tail / tauNs) * decay;
      result.charge += weight * (charge + tail * earlier * gone);
      result.current += weight * (current + ((tail * earlier) / tauNs) * decay);
    }
    return result;
  }

  #turns(y: number): number {
    return this.#shape.repeats ? Math.floor(y / this.#shape.periodNs) : 0;
  }
}
