import { PulseResponse } from "../analysis/pulse-response.ts";

/** What calibration finds out about a chip. Times in ns. */
export interface ResponseParameters {
  readonly tauNs: number;
  readonly pulseWidthNs: number;
  readonly tailFraction: number;
  readonly tailTauNs: number;
  /** Return time of range 0. */
  readonly timeOffsetNs: number;
  /** Added to the commanded width of all gates. */
  readonly gateWidthNs: number;
  /** Added to the commanded delay of each gate; their mean is 0, as it would be a time offset. */
  readonly gateDelaysNs: readonly number[];
}

/** What is commanded, and known without calibration. */
export interface GateSchedule {
  readonly periodNs: number;
  readonly gating: "film-bias" | "swept-reset";
  /** Share of light collected while the film gate is closed. */
  readonly extinction: number;
  readonly delaysNs: readonly number[];
  readonly widthsNs: readonly number[];
}

/** Share f_k of a return that each gate collects, and its derivatives, 1/ns. Arrays of one element a gate. */
export interface Shares {
  readonly shares: Float64Array;
  /** By the return time. */
  readonly bySlope: Float64Array;
  /** By the gate's own delay. */
  readonly byDelay: Float64Array;
  /** By the width of all gates. */
  readonly byWidth: Float64Array;
}

export function createShares(gates: number): Shares {
  const line = () => new Float64Array(gates);
  return { shares: line(), bySlope: line(), byDelay: line(), byWidth: line() };
}

/** The chip with these parameters [physics.md 7]; the equations of the readout logic, in code of the host's own. */
export class ResponseModel {
  readonly #pulse: PulseResponse;
  readonly #schedule: GateSchedule;
  readonly #delaysNs: readonly number[];
  readonly #widenNs: number;
  readonly #late: Shares;

  constructor(schedule: GateSchedule, parameters: ResponseParameters) {
    this.#schedule = schedule;
    this.#delaysNs = schedule.delaysNs.map((delayNs, k) => delayNs + (parameters.gateDelaysNs[k] ?? 0));
    this.#widenNs = parameters.gateWidthNs;
    this.#late = createShares(schedule.delaysNs.length);
    this.#pulse = new PulseResponse({
      pulseWidthNs: parameters.pulseWidthNs,
      periodNs: schedule.periodNs,
      tauNs: parameters.tauNs,
      slowFraction: parameters.tailFraction,
      slowTauNs: parameters.tailTauNs,
      repeats: schedule.gating === "film-bias",
    });
  }

  /** Fills `out` for a return at t0, ns after the laser edge, the time offset included. */
  evaluate(t0Ns: number, { byDelay, bySlope, byWidth, shares }: Shares): void {
    const { gating, widthsNs } = this.#schedule;
    const isSwept = gating === "swept-reset";
    const passed = isSwept ? 1 : 1 - this.#schedule.extinction;
    const leak = isSwept ? 0 : this.#schedule.extinction;
    for (let k = 0; k < shares.length; k++) {
      const open = this.#delaysNs[k]! - t0Ns;
      const close = isSwept ? this.#schedule.periodNs - t0Ns : open + widthsNs[k]! + this.#widenNs;
      // One result object serves both calls.
      const opened = this.#pulse.evaluate(open);
      const chargeBefore = opened.charge;
      const currentBefore = opened.current;
      const closed = this.#pulse.evaluate(close);
      shares[k] = leak + passed * (closed.charge - chargeBefore);
      bySlope[k] = passed * (currentBefore - closed.current);
      byDelay[k] = isSwept ? -currentBefore : -bySlope[k]!;
      byWidth[k] = isSwept ? 0 : passed * closed.current;
    }
  }

  /**
   * The same for returns that come spread about t0 with this standard deviation: the mean of t0 - spread and t0 + spread, which
   * is right up to the third order.
   */
  evaluateSpread(t0Ns: number, spreadNs: number, out: Shares): void {
    const late = this.#late;
    this.evaluate(t0Ns + spreadNs, late);
    this.evaluate(t0Ns - spreadNs, out);
    for (let k = 0; k < out.shares.length; k++) {
      out.shares[k] = 0.5 * (out.shares[k]! + late.shares[k]!);
      out.bySlope[k] = 0.5 * (out.bySlope[k]! + late.bySlope[k]!);
      out.byDelay[k] = 0.5 * (out.byDelay[k]! + late.byDelay[k]!);
      out.byWidth[k] = 0.5 * (out.byWidth[k]! + late.byWidth[k]!);
    }
  }
}
