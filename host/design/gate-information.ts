import type { GateModel } from "../analysis/gate-model.ts";

/** What one pixel collects, electrons. */
export interface PixelCharge {
  /** Of all pulses of a gate plane (A). */
  readonly amplitudeE: number;
  /** Of ambient light and dark current in one gate plane (b). */
  readonly backgroundE: number;
  /** Variance of a sample that is there without light: reset, read, quantisation. */
  readonly noiseVarianceE2: number;
}

/** Standard deviations that no unbiased estimate of (A, b, t0) can beat. Infinity where nothing can be told. */
export interface GateBound {
  readonly timeNs: number;
  readonly amplitudeE: number;
}

/**
 * Cramer-Rao bound of a pixel whose amplitude, background and return time are unknown [docs/physics.md], for a return
 * that arrives t0 ns after the laser's edge.
 */
export class GateInformation {
  /** Shares f_k(t0) of the amplitude that the gates collect. */
  readonly shares: Float64Array;
  readonly #slopes: Float64Array;

  constructor(model: GateModel, t0Ns: number) {
    this.shares = new Float64Array(model.gates);
    this.#slopes = new Float64Array(model.gates);
    model.evaluate(t0Ns, this.shares, this.#slopes);
  }

  /**
   * FIM_ij = sum_k w_k d_i mu_k d_j mu_k / var_k over (A, b, t0), inverted by cofactors.
   * @param usable w_k: share of pixels in which gate k is not saturated; all 1 without clipping.
   */
  bound({ amplitudeE, backgroundE, noiseVarianceE2 }: PixelCharge, usable: ArrayLike<number>): GateBound {
    let [ff, f1, fg, one, g1, gg] = [0, 0, 0, 0, 0, 0];
    for (let k = 0; k < this.shares.length; k++) {
      const f = this.shares[k]!;
      const g = amplitudeE * this.#slopes[k]!;
      const weight = usable[k]! / (amplitudeE * f + backgroundE + noiseVarianceE2);
      ff += weight * f * f;
      f1 += weight * f;
      fg += weight * f * g;
      one += weight;
      g1 += weight * g;
      gg += weight * g * g;
    }
    const amplitudeMinor = one * gg - g1 * g1;
    const determinant = ff * amplitudeMinor - f1 * (f1 * gg - g1 * fg) + fg * (f1 * g1 - one * fg);
    if (!(determinant > 0)) return { timeNs: Infinity, amplitudeE: Infinity };
    return {
      timeNs: Math.sqrt((ff * one - f1 * f1) / determinant),
      amplitudeE: Math.sqrt(amplitudeMinor / determinant),
    };
  }
}
