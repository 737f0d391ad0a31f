// What a pixel sees [physics.md 7], and what can be known of it, in f64. Nothing here is shared with the firmware.
import type { Cell } from "./grid.ts";

export const HALF_LIGHT_M_PER_NS = 0.299792458 / 2;
export const PULSE_NS = 39;
export const PERIOD_NS = 1000;
/** Pulses of the train are summed as far back as one leaves e^-36 of itself. */
const FORGOTTEN_TAUS = 36;
const FIRST_DELAY_NS = -12.5;
const SPAN_NS = 200;

/** Delays of a cell's gates, ns. */
export function delaysNs(gates: number): number[] {
  return Array.from({ length: gates }, (_, k) => FIRST_DELAY_NS + (SPAN_NS / gates) * k);
}

/** What the Fisher information of amplitude, background and return time says at one return time. */
export interface Bound {
  /** Least standard deviation of the range, m. */
  readonly rangeM: number;
  /** Amplitude over its least standard deviation. */
  readonly contrast: number;
  /** Error of the range for a small error of each sample, m/e-: the estimate that reaches the bound, to first order. */
  readonly weights: readonly number[];
}

/** Mean samples of a cell, and their bounds. */
export class ForwardModel {
  readonly #cell: Cell;
  readonly #delays: readonly number[];
  readonly #pulses: number;

  constructor(cell: Cell) {
    this.#cell = cell;
    this.#delays = delaysNs(cell.gates);
    const remembered = 1 + Math.ceil((FORGOTTEN_TAUS * cell.tauNs + PULSE_NS) / PERIOD_NS);
    this.#pulses = cell.gating === "swept-reset" ? 1 : remembered;
  }

  /** Electrons that arrived by t after the return: the rectangle through one pole, unit area. */
  #arrived(t: number): number {
    if (t <= 0) return 0;
    const tau = this.#cell.tauNs;
    const ramp = (x: number): number => x + tau * Math.expm1(-x / tau);
    return (ramp(t) - (t > PULSE_NS ? ramp(t - PULSE_NS) : 0)) / PULSE_NS;
  }

  /** Current t after the return, 1/ns. */
  #current(t: number): number {
    if (t <= 0) return 0;
    const rise = (x: number): number => -Math.expm1(-x / this.#cell.tauNs);
    return (rise(t) - (t > PULSE_NS ? rise(t - PULSE_NS) : 0)) / PULSE_NS;
  }

  /** Sum over the pulses of the train, or the single pulse of a swept reset. */
  #sum(of: (t: number) => number, open: number, close: number): number {
    let sum = 0;
    for (let earlier = 0; earlier < this.#pulses; earlier++) {
      sum += of(close + earlier * PERIOD_NS) - of(open + earlier * PERIOD_NS);
    }
    return sum;
  }

  #edges(k: number, t0Ns: number): readonly [number, number] {
    const open = this.#delays[k]! - t0Ns;
    const swept = this.#cell.gating === "swept-reset";
    return [open, swept ? PERIOD_NS - t0Ns : open + this.#cell.widthNs];
  }

  /** Share of a return at t0 that each gate collects. */
  shares(t0Ns: number): number[] {
    return this.#delays.map((_, k) => this.#sum((t) => this.#arrived(t), ...this.#edges(k, t0Ns)));
  }

  #slopes(t0Ns: number): number[] {
    return this.#delays.map((_, k) => -this.#sum((t) => this.#current(t), ...this.#edges(k, t0Ns)));
  }

  /** Cramer-Rao bound with amplitude, background and return time unknown. */
  bound(t0Ns: number, amplitudeE: number, backgroundE: number, noiseE2: number): Bound {
    const shares = this.shares(t0Ns);
    const slopes = this.#slopes(t0Ns);
    let [aa, ab, bb, at, bt, tt] = [0, 0, 0, 0, 0, 0];
    for (let k = 0; k < shares.length; k++) {
      const [f, g] = [shares[k]!, amplitudeE * slopes[k]!];
      const weight = 1 / (amplitudeE * f + backgroundE + noiseE2);
      aa += weight * f * f;
      ab += weight * f;
      bb += weight;
      at += weight * f * g;
      bt += weight * g;
      tt += weight * g * g;
    }
    const determinant = aa * (bb * tt - bt * bt) - ab * (ab * tt - bt * at) + at * (ab * bt - bb * at);
    const [ta, tb, own] = [ab * bt - bb * at, ab * at - aa * bt, aa * bb - ab * ab];
    const metres = HALF_LIGHT_M_PER_NS / determinant;
    const weights = shares.map((f, k) => {
      const weight = metres / (amplitudeE * f + backgroundE + noiseE2);
      return weight * (ta * f + tb + own * amplitudeE * slopes[k]!);
    });
    return {
      rangeM: HALF_LIGHT_M_PER_NS * Math.sqrt(own / determinant),
      contrast: amplitudeE / Math.sqrt((bb * tt - bt * bt) / determinant),
      weights,
    };
  }
}
