import { type NonlinearFit, nonlinearFit } from "./nonlinear-fit.ts";
import { mean } from "./sampling.ts";

export interface DecayFit {
  readonly lifetime: number;
  /** Absolute, in the unit of the times. */
  readonly standardError: number;
  readonly amplitude: number;
  readonly background: number;
}

/**
 * amplitude exp(-t / lifetime) + background. Counts are weighted as Poisson numbers: by the fitted curve, since weights from
 * the counts themselves favour those that came out low. Currents have noise of one size.
 */
export function fitDecay(
  times: readonly number[],
  values: ArrayLike<number>,
  noise: "poisson" | "constant" = "poisson",
): DecayFit {
  const y = Array.from(values);
  const background = mean(y.slice(Math.floor(y.length * 0.9)));
  const top = Math.max(...y) - background;
  const threshold = background + top / Math.E;
  const start =
    times[
      Math.max(
        1,
        y.findIndex((value) => value < threshold),
      )
    ]! - times[0]!;
  let variances = y.map((value) => (noise === "poisson" ? Math.max(1, value) : 1));
  let fit = weightedFit(times, y, variances, [top, 1 / start, background]);
  for (let round = 0; round < 2 && noise === "poisson"; round++) {
    variances = times.map((t) => Math.max(1, curve(fit.parameters, t)));
    fit = weightedFit(times, y, variances, fit.parameters);
  }
  const [amplitude = 0, rate = 0, level = 0] = fit.parameters;
  const standardError = fit.standardErrors[1]! / rate ** 2;
  return { lifetime: 1 / rate, standardError, amplitude, background: level };
}

function weightedFit(
  times: readonly number[],
  y: readonly number[],
  variances: readonly number[],
  start: readonly number[],
): NonlinearFit {
  const weights = variances.map((variance) => variance ** -0.5);
  return nonlinearFit((p) => y.map((value, i) => (value - curve(p, times[i]!)) * weights[i]!), start);
}

function curve([amplitude = 0, rate = 0, background = 0]: readonly number[], t: number): number {
  return amplitude * Math.exp(-rate * t) + background;
}
