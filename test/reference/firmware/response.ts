import { GATING_SWEPT_RESET } from "../../../hw-profiles/interface/memory-map.ts";
import { exp } from "./exponential.ts";
import type { ReferenceParameters } from "./parameters.ts";

/** Area and value of one pole's response at t in [0, period), a train's or a single pulse's; see firmware/stages/waveform.ts for the equations. */
interface Pole {
  readonly area: (t: number) => number;
  readonly value: (t: number) => number;
}

function pole(tau: number, pulse: number, period: number, train: boolean): Pole {
  const late = exp(-(period - pulse) / tau) - exp(-period / tau);
  const wrap = train ? ((tau / pulse) * late) / (1 - exp(-period / tau)) : 0;
  return {
    area: (t) => {
      const decay = exp(-t / tau);
      const present =
        t < pulse ? (t - tau * (1 - decay)) / pulse : 1 - (tau / pulse) * (exp(-(t - pulse) / tau) - decay);
      return present + wrap * (1 - decay);
    },
    value: (t) => {
      const decay = exp(-t / tau);
      const present = t < pulse ? (1 - decay) / pulse : (exp(-(t - pulse) / tau) - decay) / pulse;
      return present + (wrap / tau) * decay;
    },
  };
}

/** Share of a return that a gate collects, and its derivative by the return time. */
export interface GateResponse {
  readonly share: (gate: number, t0Ns: number) => number;
  readonly slope: (gate: number, t0Ns: number) => number;
}

/** Gate response in f64 [physics.md 7]. */
export function gateResponse(p: ReferenceParameters): GateResponse {
  const period = p.pulsePeriodNs;
  const train = p.gating !== GATING_SWEPT_RESET;
  const main = pole(p.responseTauNs, p.pulseWidthNs, period, train);
  const slow = pole(p.tailTauNs, p.pulseWidthNs, period, train);
  const turnsOf = (t: number): number => (train ? Math.floor(t / period) : 0);
  const area = (t: number): number => {
    const turns = turnsOf(t);
    const phase = t - turns * period;
    if (phase < 0) return 0;
    return turns + (1 - p.tailFraction) * main.area(phase) + p.tailFraction * slow.area(phase);
  };
  const value = (t: number): number => {
    const phase = t - turnsOf(t) * period;
    if (phase < 0) return 0;
    return (1 - p.tailFraction) * main.value(phase) + p.tailFraction * slow.value(phase);
  };
  if (!train) {
    return {
      share: (gate, t0) => area(period - t0) - area(p.gateDelaysNs[gate]! - t0),
      slope: (gate, t0) => value(p.gateDelaysNs[gate]! - t0) - value(period - t0),
    };
  }
  const leak = p.extinction;
  const close = (gate: number): number => p.gateDelaysNs[gate]! + p.gateWidthsNs[gate]!;
  return {
    share: (gate, t0) => leak + (1 - leak) * (area(close(gate) - t0) - area(p.gateDelaysNs[gate]! - t0)),
    slope: (gate, t0) => (1 - leak) * (value(p.gateDelaysNs[gate]! - t0) - value(close(gate) - t0)),
  };
}
