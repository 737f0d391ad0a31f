import { RANGE_M_PER_NS } from "../../hw-profiles/derive/constants.ts";
import type { GateModel } from "./gate-model.ts";

/** Truth of one pixel, electrons. */
export interface PixelSignal {
  /** Round-trip time of the return, ns. */
  readonly t0Ns: number;
  /** Sum of the mean signal over all gates. */
  readonly signalE: number;
  /** Mean background and dark electrons of one gate plane. */
  readonly backgroundE: number;
}

/**
 * Cramer-Rao bound of the range with amplitude A, background b and time t0 unknown [physics.md 7]:
 * mu_k = A f_k(t0) + b, FIM_ij = sum_k d_i mu_k d_j mu_k / var_k, sigma = c/2 sqrt([FIM^-1]_t0t0).
 * Dark electrons are known but make noise as the others do. In f64, independent of the readout logic's tables.
 */
export class RangeBound {
  readonly #model: GateModel;
  readonly #noiseVarianceE2: number;
  readonly #shares: Float64Array;
  readonly #slopes: Float64Array;

  constructor(model: GateModel, noiseVarianceE2: number) {
    this.#model = model;
    this.#noiseVarianceE2 = noiseVarianceE2;
    this.#shares = new Float64Array(model.gates);
    this.#slopes = new Float64Array(model.gates);
  }

  /** Standard deviation that no unbiased estimate of the range can beat, m; Infinity where nothing can be told. */
  sigmaM({ t0Ns, signalE, backgroundE }: PixelSignal): number {
    const shares = this.#shares;
    const slopes = this.#slopes;
    this.#model.evaluate(t0Ns, shares, slopes);
    const amplitudeE = signalE / shares.reduce((sum, share) => sum + share, 0);
    let aa = 0;
    let ab = 0;
    let bb = 0;
    let at = 0;
    let bt = 0;
    let tt = 0;
    for (let k = 0; k < shares.length; k++) {
      const share = shares[k]!;
      const slope = amplitudeE * slopes[k]!;
      const weight = 1 / (amplitudeE * share + backgroundE + this.#noiseVarianceE2);
      aa += weight * share * share;
      ab += weight * share;
      bb += weight;
      at += weight * share * slope;
      bt += weight * slope;
      tt += weight * slope * slope;
    }
    // Information on t0 left after amplitude and background are fitted (Schur complement).
    const information = tt - (at * (at * bb - bt * ab) + bt * (bt * aa - at * ab)) / (aa * bb - ab * ab);
    return information > 0 ? RANGE_M_PER_NS / Math.sqrt(information) : Infinity;
  }
}
