import type { ResponseParameters } from "./response-model.ts";

/** Parameters of the global fit besides the gates' delays, in the order of their places. */
export const SCALAR_NAMES = [
  "tauNs",
  "pulseWidthNs",
  "tailFraction",
  "tailTauNs",
  "timeOffsetNs",
  "gateWidthNs",
] as const;

export type ScalarName = (typeof SCALAR_NAMES)[number];

interface ScalarRule {
  /** What is known before the data, standard deviation; of relative ones that of the natural logarithm. */
  readonly prior: number;
  readonly isRelative: boolean;
  readonly min: number;
  readonly max: number;
}

/** Wide against what chips deviate, so that the data decide wherever they can tell. */
const RULES: Readonly<Record<ScalarName, ScalarRule>> = {
  tauNs: { prior: 0.5, isRelative: true, min: 0.2, max: 1e5 },
  pulseWidthNs: { prior: 10, isRelative: false, min: 0.2, max: 1e5 },
  tailFraction: { prior: 0.2, isRelative: false, min: 0, max: 0.6 },
  tailTauNs: { prior: 0.7, isRelative: true, min: 0.2, max: 1e5 },
  timeOffsetNs: { prior: 20, isRelative: false, min: -1000, max: 1000 },
  gateWidthNs: { prior: 1, isRelative: false, min: -50, max: 50 },
};

/** Spread of the delay generator's errors before the data, ns. */
const DELAY_PRIOR_NS = 0.5;

/** The parameters that a fit leaves free, as a vector: scalars by `free`, then a delay for each gate. */
export class FitParameters {
  readonly free: readonly ScalarName[];
  readonly gates: number;
  readonly #start: ResponseParameters;

  /** @param start what the profile says: centre of the priors. */
  constructor(start: ResponseParameters, free: readonly ScalarName[]) {
    this.#start = start;
    this.free = free;
    this.gates = start.gateDelaysNs.length;
  }

  get count(): number {
    return this.free.length + this.gates;
  }

  vectorOf(parameters: ResponseParameters): number[] {
    return [...this.free.map((name) => parameters[name]), ...parameters.gateDelaysNs];
  }

  /** `base` with the vector's values, within their limits; delays with mean 0. */
  apply(base: ResponseParameters, vector: readonly number[]): ResponseParameters {
    const scalars = Object.fromEntries(
      this.free.map((name, i) => [name, Math.min(RULES[name].max, Math.max(RULES[name].min, vector[i]!))]),
    );
    return { ...base, ...scalars, gateDelaysNs: vector.slice(this.free.length) };
  }

  /** Adds what was known before to the normal equations H x = g, and returns its share of chi-square. */
  addPriors(parameters: ResponseParameters, matrix: number[][], gradient: number[]): number {
    let chiSquare = 0;
    const add = (i: number, deviation: number, sigma: number, slope = 1) => {
      matrix[i]![i]! += (slope / sigma) ** 2;
      gradient[i]! -= (slope * deviation) / (sigma * sigma);
      chiSquare += (deviation / sigma) ** 2;
    };
    this.free.forEach((name, i) => {
      const { isRelative, prior } = RULES[name];
      const [value, centre] = [parameters[name], this.#start[name]];
      if (isRelative) add(i, Math.log(value / centre), prior, 1 / value);
      else add(i, value - centre, prior);
    });
    const first = this.free.length;
    const told = parameters.gateDelaysNs.map((_, k) => toldBy(matrix[first + k]![first + k]!));
    parameters.gateDelaysNs.forEach((delayNs, k) => {
      add(first + k, delayNs, DELAY_PRIOR_NS);
    });
    return chiSquare + this.#addMeanDelay(parameters, told, matrix, gradient);
  }

  /** The mean delay is the time offset: it is held at 0, far firmer than anything is measured. */
  #addMeanDelay(
    { gateDelaysNs }: ResponseParameters,
    told: readonly number[],
    matrix: number[][],
    gradient: number[],
  ): number {
    const total = told.reduce((sum, share) => sum + share, 0);
    if (total === 0) return 0;
    const shares = told.map((share) => share / total);
    const weight = 1 / (MEAN_DELAY_NS * MEAN_DELAY_NS);
    const mean = gateDelaysNs.reduce((sum, delayNs, k) => sum + shares[k]! * delayNs, 0);
    const first = this.free.length;
    for (let j = 0; j < this.gates; j++) {
      gradient[first + j]! -= weight * shares[j]! * mean;
      for (let k = 0; k < this.gates; k++) matrix[first + j]![first + k]! += weight * shares[j]! * shares[k]!;
    }
    return weight * mean * mean;
  }
}

/** How much of a gate's delay the data tell, 0..1: gates that see nothing do not count in the mean. */
function toldBy(information: number): number {
  const known = 1 / (DELAY_PRIOR_NS * DELAY_PRIOR_NS);
  return information / (information + known);
}

const MEAN_DELAY_NS = 1e-4;
