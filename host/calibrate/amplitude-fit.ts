/**
 * Amplitude A and background b of samples A f_k + b, and the space that they leave: what of a residual or a derivative they
 * could explain is taken away, so that only the parameters of interest are left to be fitted (variable projection).
 */
export class AmplitudeFit {
  amplitudeE = 0;
  backgroundE = 0;
  /** Root of each sample's weight. */
  readonly rootWeights: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;

  constructor(gates: number) {
    this.rootWeights = new Float64Array(gates);
    this.#first = new Float64Array(gates);
    this.#second = new Float64Array(gates);
  }

  /** Weighted least squares with the weights that stand in rootWeights; `residual` is filled with what is left, weighted. */
  fit(electrons: Float64Array, shares: Float64Array, residual: Float64Array): void {
    const { rootWeights } = this;
    const gates = rootWeights.length;
    const constant = this.#first;
    const shape = this.#second;
    let ww = 0;
    let ws = 0;
    let wy = 0;
    for (let k = 0; k < gates; k++) {
      const weight = rootWeights[k]! * rootWeights[k]!;
      ww += weight;
      ws += weight * shares[k]!;
      wy += weight * electrons[k]!;
    }
    const meanShare = ws / ww;
    const meanE = wy / ww;
    let ss = 0;
    let sy = 0;
    for (let k = 0; k < gates; k++) {
      const weight = rootWeights[k]! * rootWeights[k]!;
      const contrast = shares[k]! - meanShare;
      ss += weight * contrast * contrast;
      sy += weight * contrast * electrons[k]!;
    }
    this.amplitudeE = ss > 0 ? sy / ss : 0;
    this.backgroundE = meanE - this.amplitudeE * meanShare;
    const shapeNorm = ss > 0 ? 1 / Math.sqrt(ss) : 0;
    const constantNorm = 1 / Math.sqrt(ww);
    for (let k = 0; k < gates; k++) {
      const root = rootWeights[k]!;
      constant[k] = root * constantNorm;
      shape[k] = root * (shares[k]! - meanShare) * shapeNorm;
      residual[k] = root * (electrons[k]! - this.amplitudeE * shares[k]! - this.backgroundE);
    }
  }

  /** Takes off a weighted derivative, `from` on in `rows`, what amplitude and background could do alike. */
  project(rows: Float64Array, from: number): void {
    const gates = this.rootWeights.length;
    let first = 0;
    let second = 0;
    for (let k = 0; k < gates; k++) {
      first += rows[from + k]! * this.#first[k]!;
      second += rows[from + k]! * this.#second[k]!;
    }
    for (let k = 0; k < gates; k++) rows[from + k]! -= first * this.#first[k]! + second * this.#second[k]!;
  }
}

/** Root weights of samples with these expectations. Below half an electron of variance nothing is weighed more. */
export function weigh(
  rootWeights: Float64Array,
  expectedE: (gate: number) => number,
  { frames, noiseVarianceE2 }: { readonly frames: number; readonly noiseVarianceE2: number },
): void {
  for (let k = 0; k < rootWeights.length; k++) {
    const variance = Math.max(0, expectedE(k)) / frames + noiseVarianceE2;
    rootWeights[k] = 1 / Math.sqrt(Math.max(variance, 0.5));
  }
}
