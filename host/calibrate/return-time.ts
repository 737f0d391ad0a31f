import { AmplitudeFit } from "./amplitude-fit.ts";
import type { Bin } from "./bins.ts";
import { createShares, type ResponseModel, type Shares } from "./response-model.ts";

export interface ReturnTime {
  readonly t0Ns: number;
  /** Statistical error of it, ns. */
  readonly sigmaNs: number;
}

const MOST_STEPS = 8;
const SETTLED_NS = 1e-5;
const LONGEST_STEP_NS = 5;

/** Return time of a bin's samples by a model, amplitude and background free. */
export class ReturnTimeFit {
  readonly #model: ResponseModel;
  readonly #shares: Shares;
  readonly #amplitude: AmplitudeFit;
  readonly #residual: Float64Array;
  readonly #row: Float64Array;

  constructor(model: ResponseModel, gates: number) {
    this.#model = model;
    this.#shares = createShares(gates);
    this.#amplitude = new AmplitudeFit(gates);
    this.#residual = new Float64Array(gates);
    this.#row = new Float64Array(gates);
  }

  /** Gauss-Newton steps from a time that is nearly right. */
  fit(bin: Bin, startNs: number): ReturnTime {
    let t0Ns = startNs;
    let sigmaNs = Infinity;
    for (let step = 0; step < MOST_STEPS; step++) {
      const moved = this.#step(bin, t0Ns);
      sigmaNs = moved.sigmaNs;
      t0Ns += Math.min(LONGEST_STEP_NS, Math.max(-LONGEST_STEP_NS, moved.stepNs));
      if (Math.abs(moved.stepNs) < SETTLED_NS) break;
    }
    return { t0Ns, sigmaNs };
  }

  #step(bin: Bin, t0Ns: number): { stepNs: number; sigmaNs: number } {
    this.#model.evaluateSpread(t0Ns, bin.spreadNs, this.#shares);
    const amplitude = this.#amplitude;
    amplitude.rootWeights.set(bin.rootWeights);
    amplitude.fit(bin.electrons, this.#shares.shares, this.#residual);
    const row = this.#row;
    for (let k = 0; k < row.length; k++)
      row[k] = amplitude.rootWeights[k]! * amplitude.amplitudeE * this.#shares.bySlope[k]!;
    amplitude.project(row, 0);
    let information = 0;
    let pull = 0;
    for (let k = 0; k < row.length; k++) {
      information += row[k]! * row[k]!;
      pull += row[k]! * this.#residual[k]!;
    }
    return { stepNs: pull / information, sigmaNs: 1 / Math.sqrt(information) };
  }
}
