import { type CalibratedProfile, type GateTimes, trueGates } from "./gate-correction.ts";
import { PulseResponse } from "./pulse-response.ts";

/** ln 9: 90-10 % fall time of one pole over its time constant. */
const LN_9 = Math.log(9);

/** Share f_k of a return's electrons that gate k collects, and its derivative, for both ways of gating. */
export class GateModel {
  readonly gates: number;
  readonly #pulse: PulseResponse;
  readonly #delaysNs: readonly number[];
  readonly #widthsNs: readonly number[];
  readonly #extinction: number;
  /** Swept reset: every gate stays open until the pulse period ends. */
  readonly #closeNs: number | undefined;

  constructor(profile: CalibratedProfile, times: GateTimes) {
    const { detector, emitter, gates } = profile;
    const { gateDelaysNs, gateWidthsNs } = trueGates(times, profile);
    const periodNs = 1e9 / emitter.repetitionHz;
    const isSwept = gates.gating === "swept-reset";
    this.gates = gateDelaysNs.length;
    this.#delaysNs = gateDelaysNs;
    this.#widthsNs = gateWidthsNs;
    this.#extinction = isSwept ? 0 : gates.extinction;
    this.#closeNs = isSwept ? periodNs : undefined;
    this.#pulse = new PulseResponse({
      pulseWidthNs: emitter.pulseWidthNs,
      periodNs,
      tauNs: detector.fallTimeNs / LN_9,
      slowFraction: detector.slowTailFraction,
      slowTauNs: detector.slowTailTauNs,
      repeats: !isSwept,
    });
  }

  /** f_k(t0) into `shares` and d f_k / d t0 (1/ns) into `slopes`, K each, for a return t0 ns after the laser edge. */
  evaluate(t0Ns: number, shares: Float64Array, slopes: Float64Array): void {
    const leak = this.#extinction;
    for (let k = 0; k < this.gates; k++) {
      const open = this.#delaysNs[k]! - t0Ns;
      const close = this.#closeNs === undefined ? open + this.#widthsNs[k]! : this.#closeNs - t0Ns;
      const opened = this.#pulse.evaluate(open);
      const before = opened.charge;
      const slope = opened.current;
      const closed = this.#pulse.evaluate(close);
      shares[k] = leak + (1 - leak) * (closed.charge - before);
      slopes[k] = (1 - leak) * (slope - closed.current);
    }
  }
}
