import { nonlinearFit } from "./nonlinear-fit.ts";
import { mean } from "./sampling.ts";

export interface DecayFit {
  readonly lifetime: number;
  /** Absolute, in the unit of the times. */
  readonly standardError: number;
  readonly amplitude: number;
  readonly background: number;
}

/**
 * amplitude exp(-t / lifetime) + background, counts weighted as Poisson numbers: by the fitted curve, since weights from
 * the counts themselves favour those that came out low.
 */
export function fitDecay(times: readonly number[], counts: ArrayLike<number>): DecayFit {
  const y = Array.from(counts);
  const background = Math.max(0, mean(y.slice(Math.floor(y.length * 0.9))));
  const top = Math.max(...y) - background;
  const threshold = background + top / Math.E;
  const start =
    times[
      Math.max(
        1,
        y.findIndex((value) => value < threshold),
      )
    ]! - times[0]!;
  let variances = y.map((value) => Math.max(1, value));
  let parameters = [top, 1 / start, background];
  for (let round = 0; round < 3; round++) {
    const weights = variances.map((variance) => variance ** -0.5);
    const fit = nonlinearFit(
      (p) => y.map((value, i) => (value - curve(p, times[i]!)) * weights[i]!),
      parameters,
    );
    parameters = fit.parameters;
    variances = times.map((t) => Math.max(1, curve(parameters, t)));
    if (round === 2) return describe(fit.parameters, fit.standardErrors[1]!);
  }
  return describe(parameters, 0);
}

function curve([amplitude = 0, rate = 0, background = 0]: readonly number[], t: number): number {
  return amplitude * Math.exp(-rate * t) + background;
}

function describe([amplitude = 0, rate = 0, background = 0]: readonly number[], rateError: number): DecayFit {
  return { lifetime: 1 / rate, standardError: rateError / rate ** 2, amplitude, background };
}
