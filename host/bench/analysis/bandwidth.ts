import { AnalysisError } from "./analysis-error.ts";
import { linearFit } from "./linear-fit.ts";

export interface Bandwidth {
  /** Where the power of the answer has fallen to half, Hz. */
  readonly hz: number;
  readonly lowFrequencyAmplitude: number;
}

/** Points each side of the crossing that the local fit takes. */
const NEIGHBOURS = 3;

/**
 * 3 dB bandwidth from amplitudes at rising frequencies; the first ones lie on the plateau. Around the crossing
 * 1/|H|^2 is taken as a parabola in f^2: exact for one pole, and near enough for more.
 */
export function bandwidth3dB(frequenciesHz: readonly number[], amplitudes: readonly number[]): Bandwidth {
  const start = Math.max(...amplitudes.slice(0, NEIGHBOURS));
  const first = frequenciesHz[0]!;
  const plateau = frequenciesHz
    .map((_, i) => i)
    .filter((i) => frequenciesHz[i]! <= 4 * first && amplitudes[i]! > 0.9 * start);
  const low = plateauLevel(frequenciesHz, amplitudes, plateau);
  const index = amplitudes.findIndex((amplitude) => amplitude < low / Math.SQRT2);
  if (index < 1)
    throw new AnalysisError("found no fall by 3 dB among the frequencies, expected a wider sweep");
  const near = frequenciesHz.map((_, i) => i).slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS);
  return {
    hz: Math.sqrt(crossingOfTwo(frequenciesHz, amplitudes, near, low, index)),
    lowFrequencyAmplitude: low,
  };
}

/** Level at zero frequency: amplitude^-2 against f^2 is a line for a first pole. */
function plateauLevel(
  f: readonly number[],
  amplitudes: readonly number[],
  plateau: readonly number[],
): number {
  const inverse = plateau.map((i) => amplitudes[i]! ** -2);
  if (plateau.length < 3) return Math.max(...plateau.map((i) => amplitudes[i]!));
  const fit = linearFit([plateau.map(() => 1), plateau.map((i) => f[i]! ** 2)], inverse);
  return fit.parameters[0]! ** -0.5;
}

/** f^2 at which (low / amplitude)^2 is 2. */
function crossingOfTwo(
  f: readonly number[],
  amplitudes: readonly number[],
  near: readonly number[],
  low: number,
  index: number,
): number {
  const scale = f[index]! ** 2;
  const x = near.map((i) => f[i]! ** 2 / scale);
  const y = near.map((i) => (low / amplitudes[i]!) ** 2);
  const weights = y.map((value) => value ** -2);
  const fit = linearFit([x.map(() => 1), x, x.map((v) => v * v)], y, weights);
  const [a = 0, b = 0, c = 0] = fit.parameters;
  let t = 0.5 * (1 + (f[index - 1]! / f[index]!) ** 2);
  for (let i = 0; i < 12; i++) t -= (a + b * t + c * t * t - 2) / (b + 2 * c * t);
  return t * scale;
}
