import { invert, multiply } from "../bench/analysis/linear-solve.ts";
import { AmplitudeFit } from "./amplitude-fit.ts";
import type { Bin } from "./bins.ts";
import { FitParameters, type ScalarName } from "./fit-parameters.ts";
import {
  createShares,
  type GateSchedule,
  ResponseModel,
  type ResponseParameters,
  type Shares,
} from "./response-model.ts";

export interface GlobalFit {
  readonly parameters: ResponseParameters;
  readonly free: readonly ScalarName[];
  /** Of the free scalars, then the gates' delays; widened where chi-square per degree of freedom exceeds 1. */
  readonly covariance: readonly (readonly number[])[];
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
}

/** Differences for derivatives that have no short form, as a share of the value or of 1. */
const STEP = 1e-6;
const MOST_STEPS = 100;
/** Chi-square that a step must gain to be worth it; a valley of correlated parameters is followed a while longer. */
const SETTLED = 1e-3;
const SETTLED_STEPS = 3;
const DAMPING_START = 1e-3;
const DAMPING_LARGEST = 1e8;

/**
 * Parameters of the response that make the captures likeliest: Gaussian likelihood with each sample's own variance, amplitude
 * and background of each bin projected out, priors of FitParameters. Damped Gauss-Newton steps.
 */
export function fitResponse(
  bins: readonly Bin[],
  schedule: GateSchedule,
  start: ResponseParameters,
  free: readonly ScalarName[],
  from: ResponseParameters = start,
): GlobalFit {
  const layout = new FitParameters(start, free);
  let present = linearise(bins, schedule, layout, from);
  let damping = DAMPING_START;
  let settled = 0;
  for (let step = 0; step < MOST_STEPS && settled < SETTLED_STEPS && damping < DAMPING_LARGEST; step++) {
    const next = linearise(bins, schedule, layout, stepFrom(layout, present, damping));
    const gain = present.chiSquare - next.chiSquare;
    if (gain >= 0) {
      present = next;
      damping /= 10;
      settled = gain < SETTLED ? settled + 1 : 0;
    } else damping *= 10;
  }
  const samples = bins.length * (schedule.delaysNs.length - 2);
  const degreesOfFreedom = Math.max(1, samples - layout.count);
  const widen = Math.max(1, present.chiSquare / degreesOfFreedom);
  const covariance = invertScaled(present.matrix).map((row) => row.map((value) => value * widen));
  const { chiSquare, parameters } = present;
  return { parameters, free, covariance, chiSquare, degreesOfFreedom };
}

/** Parameters have units of their own: with a diagonal of ones no digits are lost to them. */
function invertScaled(matrix: readonly (readonly number[])[]): number[][] {
  const scales = matrix.map((row, i) => 1 / Math.sqrt(row[i]!));
  const scaled = (rows: readonly (readonly number[])[]) =>
    rows.map((row, i) => row.map((value, j) => value * scales[i]! * scales[j]!));
  return scaled(invert(scaled(matrix)));
}

/** Normal equations about a point. */
interface Linearised {
  readonly parameters: ResponseParameters;
  readonly matrix: number[][];
  readonly gradient: number[];
  readonly chiSquare: number;
}

function stepFrom(
  layout: FitParameters,
  { gradient, matrix, parameters }: Linearised,
  damping: number,
): ResponseParameters {
  const damped = matrix.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) : value)));
  const step = multiply(invertScaled(damped), gradient);
  return layout.apply(
    parameters,
    layout.vectorOf(parameters).map((value, i) => value + step[i]!),
  );
}

function linearise(
  bins: readonly Bin[],
  schedule: GateSchedule,
  layout: FitParameters,
  parameters: ResponseParameters,
): Linearised {
  const sums = new NormalSums(schedule, layout, parameters);
  let chiSquare = 0;
  for (const bin of bins) chiSquare += sums.add(bin);
  const { gradient, matrix } = sums.equations();
  chiSquare += layout.addPriors(parameters, matrix, gradient);
  return { parameters, matrix, gradient, chiSquare };
}

/** Scalars whose derivative is taken by a difference. */
const DIFFERENCED: readonly ScalarName[] = ["tauNs", "pulseWidthNs", "tailFraction", "tailTauNs"];

class NormalSums {
  readonly #layout: FitParameters;
  readonly #gates: number;
  readonly #model: ResponseModel;
  readonly #offsetNs: number;
  readonly #shares: Shares;
  readonly #moved: Shares;
  readonly #movedModels: ReadonlyMap<ScalarName, { readonly model: ResponseModel; readonly step: number }>;
  readonly #amplitude: AmplitudeFit;
  readonly #residual: Float64Array;
  /** Weighted, projected derivatives, one row a parameter. */
  readonly #rows: Float64Array;
  readonly #matrix: Float64Array;
  readonly #gradient: Float64Array;

  constructor(schedule: GateSchedule, layout: FitParameters, parameters: ResponseParameters) {
    const { gates } = layout;
    this.#layout = layout;
    this.#gates = gates;
    this.#model = new ResponseModel(schedule, parameters);
    this.#offsetNs = parameters.timeOffsetNs;
    this.#shares = createShares(gates);
    this.#moved = createShares(gates);
    this.#movedModels = new Map(
      layout.free
        .filter((name) => DIFFERENCED.includes(name))
        .map((name) => {
          const step = STEP * Math.max(Math.abs(parameters[name]), name === "tailFraction" ? 1 : 0);
          const moved = { ...parameters, [name]: parameters[name] + step };
          return [name, { model: new ResponseModel(schedule, moved), step }];
        }),
    );
    this.#amplitude = new AmplitudeFit(gates);
    this.#residual = new Float64Array(gates);
    this.#rows = new Float64Array(layout.count * gates);
    this.#matrix = new Float64Array(layout.count * layout.count);
    this.#gradient = new Float64Array(layout.count);
  }

  /** @returns the bin's chi-square. */
  add(bin: Bin): number {
    const t0Ns = bin.t0Ns + this.#offsetNs;
    this.#model.evaluateSpread(t0Ns, bin.spreadNs, this.#shares);
    this.#amplitude.rootWeights.set(bin.rootWeights);
    this.#amplitude.fit(bin.electrons, this.#shares.shares, this.#residual);
    this.#derive(t0Ns, bin.spreadNs);
    this.#collect();
    let chiSquare = 0;
    for (let k = 0; k < this.#gates; k++) chiSquare += this.#residual[k]! * this.#residual[k]!;
    return chiSquare;
  }

  equations(): { matrix: number[][]; gradient: number[] } {
    const { count } = this.#layout;
    const matrix = Array.from({ length: count }, (_, i) =>
      Array.from({ length: count }, (_, j) => this.#matrix[Math.max(i, j) * count + Math.min(i, j)]!),
    );
    return { matrix, gradient: [...this.#gradient] };
  }

  #derive(t0Ns: number, spreadNs: number): void {
    const gates = this.#gates;
    const { byDelay, bySlope, byWidth, shares } = this.#shares;
    const scale = (k: number) => this.#amplitude.rootWeights[k]! * this.#amplitude.amplitudeE;
    this.#rows.fill(0);
    this.#layout.free.forEach((name, i) => {
      const moved = this.#movedModels.get(name);
      moved?.model.evaluateSpread(t0Ns, spreadNs, this.#moved);
      for (let k = 0; k < gates; k++) {
        const slope =
          moved !== undefined
            ? (this.#moved.shares[k]! - shares[k]!) / moved.step
            : name === "gateWidthNs"
              ? byWidth[k]!
              : bySlope[k]!;
        this.#rows[i * gates + k] = scale(k) * slope;
      }
    });
    const first = this.#layout.free.length;
    for (let k = 0; k < gates; k++) this.#rows[(first + k) * gates + k] = scale(k) * byDelay[k]!;
    for (let i = 0; i < this.#layout.count; i++) this.#amplitude.project(this.#rows, i * gates);
  }

  #collect(): void {
    const gates = this.#gates;
    const { count } = this.#layout;
    const rows = this.#rows;
    for (let i = 0; i < count; i++) {
      let pull = 0;
      for (let k = 0; k < gates; k++) pull += rows[i * gates + k]! * this.#residual[k]!;
      this.#gradient[i]! += pull;
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < gates; k++) sum += rows[i * gates + k]! * rows[j * gates + k]!;
        this.#matrix[i * count + j]! += sum;
      }
    }
  }
}
