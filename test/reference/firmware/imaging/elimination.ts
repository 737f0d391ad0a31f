import type { ImagingConstants } from "./constants.ts";

const fround = Math.fround;

/** One elimination of a ramp's differences. Lists by difference 1 .. N - 1; entry 0 is not used. */
export interface Elimination {
  readonly slope: number;
  readonly weight: number;
  readonly change: number;
  readonly misfit: number;
  readonly pivots: readonly number[];
  readonly data: readonly number[];
  readonly ones: readonly number[];
}

/** L D L^T of the covariance of `rate`, over the differences that are in `use`; all in f32. */
export function eliminate(
  c: ImagingConstants,
  reads: readonly number[],
  use: ReadonlySet<number>,
  rate: number,
): Elimination {
  const positive = Math.max(rate, 0);
  const bend = Math.min(fround(positive * c.ratioBend), c.mostBend);
  const diagonal = fround(2 + fround(positive * fround(c.rateToRatio + bend)));
  const pivots = [0];
  const data = [0];
  const ones = [0];
  let dataSum = 0;
  let weight = 0;
  let squares = 0;
  for (let i = 1; i < reads.length; i++) {
    const step = fround(fround(reads[i]! - reads[i - 1]!) - rate);
    const rest = fround(step + data[i - 1]!);
    const one = fround(1 + ones[i - 1]!);
    pivots.push(use.has(i) ? fround(1 / fround(diagonal - pivots[i - 1]!)) : 0);
    data.push(fround(pivots[i]! * rest));
    ones.push(fround(pivots[i]! * one));
    dataSum = fround(dataSum + fround(one * data[i]!));
    weight = fround(weight + fround(one * ones[i]!));
    squares = fround(squares + fround(rest * data[i]!));
  }
  const change = fround(dataSum / weight);
  const misfit = fround(squares - fround(change * dataSum));
  return { slope: fround(rate + change), weight, change, misfit, pivots, data, ones };
}

/** Gain in chi-square (times readVariance) of leaving out each difference, and the difference with the largest. */
export function largestGain(fit: Elimination, use: ReadonlySet<number>): { index: number; gain: number } {
  const perWeight = fround(1 / fit.weight);
  let residual = 0;
  let row = 0;
  let corner = 0;
  let best = { index: 0, gain: 0 };
  for (let i = fit.pivots.length - 1; i > 0; i--) {
    const pivot = fit.pivots[i]!;
    const own = fround(fit.data[i]! - fround(fit.change * fit.ones[i]!));
    residual = fround(own + fround(pivot * residual));
    row = fround(fit.ones[i]! + fround(pivot * row));
    corner = fround(pivot * fround(1 + fround(pivot * corner)));
    const room = fround(corner - fround(fround(row * row) * perWeight));
    if (!use.has(i) || !(room > 0)) continue;
    const gain = fround(fround(residual * residual) / room);
    if (gain > best.gain) best = { index: i, gain };
  }
  return best;
}
