import { readFileSync } from "node:fs";
import type { EffectName, EffectsProfile, ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { BandCollector } from "../../../sim/imaging/collector.ts";
import { planCollector } from "../../../sim/imaging/collector-places.ts";
import { ImagingMemory, MemoryPlan } from "../../../sim/imaging/imaging-memory.ts";
import type { ImagingConditions, ReadSchedule, SensorRows } from "../../../sim/imaging/seams.ts";
import { imagingProfile, onlyEffects } from "../../support/imaging-profile.ts";

const wasm: Uint8Array = readFileSync(new URL("../../../build/imaging.wasm", import.meta.url));

export function collectorOf(profile: ImagingProfile, part?: SensorRows): BandCollector {
  const band = part ?? { firstRow: 0, rows: profile.array.heightPx };
  const plan = new MemoryPlan();
  const places = planCollector(plan, profile, band);
  return new BandCollector(profile, band, ImagingMemory.create(wasm, plan), places);
}

/** The hand-made profile with another array. */
export function sized(
  widthPx: number,
  heightPx: number,
  changes: Partial<ImagingProfile> = {},
): ImagingProfile {
  const array = { ...imagingProfile.array, widthPx, heightPx };
  return { ...imagingProfile, ...changes, array };
}

export function conditionsWith(
  names: readonly EffectName[],
  changes: Partial<EffectsProfile> = {},
  temperatureK = 300,
): ImagingConditions {
  const effects = onlyEffects({ ...imagingProfile.effects, ...changes }, names);
  return { temperatureK, analogGain: 1, effects };
}

/** All rows read at the same times, in the light all the time unless told. */
export function scheduleOf(
  rows: number,
  sampleS: readonly number[],
  framePeriodS = 0,
  lightS: readonly number[] = sampleS,
): ReadSchedule {
  const reads = sampleS.length;
  const repeat = (times: readonly number[]) =>
    Float64Array.from({ length: rows * reads }, (_, at) => times[at % reads]!);
  return { reads, sampleS: repeat(sampleS), lightS: repeat(lightS), framePeriodS };
}

/** Mean, variance and third central moment of `count` values from `from` on. */
export function moments(values: Float32Array, from = 0, count = values.length - from) {
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += values[at]!;
  const mean = sum / count;
  let [second, third, fourth] = [0, 0, 0];
  for (let at = from; at < from + count; at++) {
    const deviation = values[at]! - mean;
    const square = deviation * deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  return { mean, variance: second / count, third: third / count, fourth: fourth / count };
}

/** Covariance of two runs of `count` values. */
export function covariance(a: Float32Array, b: Float32Array): number {
  const count = a.length;
  let [sumA, sumB] = [0, 0];
  for (let at = 0; at < count; at++) {
    sumA += a[at]!;
    sumB += b[at]!;
  }
  const [meanA, meanB] = [sumA / count, sumB / count];
  let product = 0;
  for (let at = 0; at < count; at++) product += (a[at]! - meanA) * (b[at]! - meanB);
  return product / count;
}
