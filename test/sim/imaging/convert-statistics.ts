import type { EffectName, EffectsProfile, ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { gainEPerDn } from "../../../sim/pixel/noise-budget.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import { benchOf, conditionsOf, profileWith, scheduleOf, wholeWindow } from "./convert-fixture.ts";

/** Within how many standard deviations of its estimate every statistic must lie. */
export const SIGMAS = 4;

export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
  /** Standard deviation of the estimated mean, and of the estimated variance (from the sample's fourth moment). */
  readonly meanError: number;
  readonly varianceError: number;
}

export function momentsOf(values: ArrayLike<number>): Moments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let second = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    const square = (values[i]! - mean) ** 2;
    second += square;
    fourth += square * square;
  }
  const variance = second / n;
  return {
    n,
    mean,
    variance,
    meanError: Math.sqrt(variance / n),
    varianceError: Math.sqrt((fourth / n - variance * variance) / n),
  };
}

/** Mean product of two series of mean 0, and the standard deviation of that estimate. */
export function productOf(a: ArrayLike<number>, b: ArrayLike<number>, count = a.length) {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const product = a[i]! * b[i]!;
    sum += product;
    squares += product * product;
  }
  const mean = sum / count;
  return { mean, error: Math.sqrt((squares / count - mean * mean) / count) };
}

/** Correlation of two series, means taken off. */
export function correlationOf(a: Float64Array, b: Float64Array, count = a.length): number {
  const x = momentsOf(a.subarray(0, count));
  const y = momentsOf(b.subarray(0, count));
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (a[i]! - x.mean) * (b[i]! - y.mean);
  return sum / count / Math.sqrt(x.variance * y.variance);
}

/** 16 bits with the pedestal in the middle, so that noise of either sign shows; `gain` makes it large against a code. */
export function noiseProfile(
  widthPx: number,
  heightPx: number,
  names: readonly EffectName[],
  settings: { readonly [Name in EffectName]?: Partial<EffectsProfile[Name]> } = {},
): ImagingProfile {
  const { array, adc } = imagingProfile;
  const fine: ImagingProfile = {
    ...imagingProfile,
    array: { ...array, widthPx, heightPx },
    adc: { ...adc, bits: 16, pedestalDn: 32768 },
  };
  return profileWith(fine, names, settings);
}

export interface NoiseRun {
  /** Electrons, [read][pixel], offset taken off; one code is `stepE`. */
  readonly electrons: Float64Array;
  readonly stepE: number;
}

export interface NoiseRunOptions {
  readonly sampleS: readonly number[];
  readonly analogGain: number;
  readonly seed?: bigint;
  readonly frame?: number;
  readonly charge?: Float32Array;
}

const benches = new Map<string, ReturnType<typeof benchOf>>();

/** Codes of a frame as electrons. */
export function runNoise(profile: ImagingProfile, options: NoiseRunOptions): NoiseRun {
  const { sampleS, analogGain, seed = 11n, frame = 0 } = options;
  const { rows, effects } = { rows: profile.array.heightPx, effects: profile.effects };
  const name = `${profile.array.widthPx} ${rows} ${sampleS.length} ${JSON.stringify(effects)}`;
  const bench = benches.get(name) ?? benchOf(profile, sampleS.length);
  benches.clear();
  benches.set(name, bench);
  if (options.charge) bench.charge.set(options.charge);
  else bench.charge.fill(0);
  const schedule = scheduleOf(rows, sampleS);
  const conditions = conditionsOf(effects, analogGain);
  const { codes } = bench.converter.convert(bench.charge, schedule, wholeWindow(profile), conditions, {
    seed,
    frame,
  });
  const stepE = gainEPerDn(profile) / analogGain;
  const electrons = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) electrons[i] = (codes[i]! - profile.adc.pedestalDn) * stepE;
  return { electrons, stepE };
}
