import { NS_PER_RANGE_M } from "../../hw-profiles/derive/constants.ts";
import { AmplitudeFit, weigh } from "./amplitude-fit.ts";
import {
  createShares,
  type GateSchedule,
  ResponseModel,
  type ResponseParameters,
  type Shares,
} from "./response-model.ts";
import type { CodeScale, TargetCapture } from "./target-capture.ts";

/** How late the return of each pixel comes against the response that all share, ns, with its statistical error. */
export interface PixelResiduals {
  readonly timesNs: Float64Array;
  /** Infinity where no capture tells. */
  readonly sigmasNs: Float64Array;
}

/** The response is evaluated on a grid of return times; from there on it is taken as linear. */
const GRID_NS = 0.25;

/**
 * One Gauss-Newton step for each pixel and capture from the known range, captures weighed by what they tell.
 */
export function pixelResiduals(
  captures: readonly TargetCapture[],
  scale: CodeScale,
  schedule: GateSchedule,
  parameters: ResponseParameters,
): PixelResiduals {
  const pixels = captures[0]?.rangesM.length ?? 0;
  const timesNs = new Float64Array(pixels);
  const information = new Float64Array(pixels);
  const step = new PixelStep(schedule, parameters, scale);
  for (const capture of captures) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      if (capture.usable[pixel] === 0) continue;
      const { weight, timeNs } = step.of(capture, pixel);
      timesNs[pixel]! += weight * timeNs;
      information[pixel]! += weight;
    }
  }
  const sigmasNs = information.map((sum) => (sum > 0 ? 1 / Math.sqrt(sum) : Infinity));
  return { timesNs: timesNs.map((sum, i) => (information[i]! > 0 ? sum / information[i]! : 0)), sigmasNs };
}

class PixelStep {
  readonly #model: ResponseModel;
  readonly #offsetNs: number;
  readonly #scale: CodeScale;
  readonly #gates: number;
  readonly #grid = new Map<number, Shares>();
  readonly #amplitude: AmplitudeFit;
  readonly #residual: Float64Array;
  readonly #electrons: Float64Array;
  readonly #row: Float64Array;

  constructor(schedule: GateSchedule, parameters: ResponseParameters, scale: CodeScale) {
    const gates = schedule.delaysNs.length;
    this.#model = new ResponseModel(schedule, parameters);
    this.#offsetNs = parameters.timeOffsetNs;
    this.#scale = scale;
    this.#gates = gates;
    this.#amplitude = new AmplitudeFit(gates);
    this.#residual = new Float64Array(gates);
    this.#electrons = new Float64Array(gates);
    this.#row = new Float64Array(gates);
  }

  of(capture: TargetCapture, pixel: number): { weight: number; timeNs: number } {
    const t0Ns = capture.rangesM[pixel]! * NS_PER_RANGE_M + this.#offsetNs;
    const cell = Math.round(t0Ns / GRID_NS);
    const { bySlope, shares } = this.#sharesAt(cell);
    this.#load(capture, pixel);
    this.#weighAndFit(capture, shares);
    const row = this.#row;
    const amplitude = this.#amplitude;
    for (let k = 0; k < row.length; k++)
      row[k] = amplitude.rootWeights[k]! * amplitude.amplitudeE * bySlope[k]!;
    amplitude.project(row, 0);
    let weight = 0;
    let pull = 0;
    for (let k = 0; k < row.length; k++) {
      weight += row[k]! * row[k]!;
      pull += row[k]! * this.#residual[k]!;
    }
    return weight > 0 ? { weight, timeNs: pull / weight + cell * GRID_NS - t0Ns } : { weight: 0, timeNs: 0 };
  }

  #load({ frames, rangesM, sumsDn }: TargetCapture, pixel: number): void {
    const { gainEPerDn, pedestalDn } = this.#scale;
    const pixels = rangesM.length;
    for (let k = 0; k < this.#gates; k++)
      this.#electrons[k] = gainEPerDn * (sumsDn[k * pixels + pixel]! / frames - pedestalDn);
  }

  #weighAndFit({ frames }: TargetCapture, shares: Float64Array): void {
    const amplitude = this.#amplitude;
    const noise = { frames, noiseVarianceE2: this.#scale.noiseVarianceE2 / frames };
    const none = () => 0;
    // Equal weights first: those from single samples would favour the ones that came out low.
    weigh(amplitude.rootWeights, none, noise);
    amplitude.fit(this.#electrons, shares, this.#residual);
    const { amplitudeE, backgroundE } = amplitude;
    weigh(amplitude.rootWeights, (k) => amplitudeE * shares[k]! + backgroundE, noise);
    amplitude.fit(this.#electrons, shares, this.#residual);
  }

  #sharesAt(cell: number): Shares {
    const known = this.#grid.get(cell);
    if (known !== undefined) return known;
    const shares = createShares(this.#gates);
    this.#model.evaluate(cell * GRID_NS, shares);
    this.#grid.set(cell, shares);
    return shares;
  }
}
