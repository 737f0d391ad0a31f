import { readFileSync } from "node:fs";
import type { EffectName, EffectsProfile, ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { planConverter } from "../../../sim/imaging/convert-plan.ts";
import { ImagingConverter } from "../../../sim/imaging/converter.ts";
import { ImagingMemory, MemoryPlan } from "../../../sim/imaging/imaging-memory.ts";
import type {
  ImagingConditions,
  NoiseKey,
  ReadSchedule,
  ReadWindow,
  SensorRows,
} from "../../../sim/imaging/seams.ts";
import { Draws } from "../../../sim/random/draws.ts";
import { onlyEffects } from "../../support/imaging-profile.ts";

const path = process.env["IMAGING_WASM"] ?? new URL("../../../build/imaging.wasm", import.meta.url);
export const imagingWasm: Uint8Array = readFileSync(path);

export interface Bench {
  readonly profile: ImagingProfile;
  readonly band: SensorRows;
  readonly converter: ImagingConverter;
  readonly charge: Float32Array;
}

/** A converter of a band (the whole array without) and charge for it. */
export function benchOf(profile: ImagingProfile, maxReads: number, part?: SensorRows): Bench {
  const band = part ?? { firstRow: 0, rows: profile.array.heightPx };
  const plan = new MemoryPlan();
  const chargePlace = plan.floats(maxReads * band.rows * profile.array.widthPx, 4);
  const places = planConverter(plan, profile, band, maxReads);
  const memory = ImagingMemory.create(imagingWasm, plan);
  return {
    profile,
    band,
    converter: new ImagingConverter(memory, places),
    charge: memory.floats(chargePlace),
  };
}

/** All rows of a band read at the same times. */
export function scheduleOf(rows: number, sampleS: readonly number[]): ReadSchedule {
  const all = Float64Array.from({ length: rows * sampleS.length }, (_, i) => sampleS[i % sampleS.length]!);
  return { reads: sampleS.length, sampleS: all, lightS: all, framePeriodS: 0 };
}

export function wholeWindow({ array }: ImagingProfile): ReadWindow {
  const steps = { offsetX: 0, offsetY: 0, binningX: 1, binningY: 1, decimationX: 1, decimationY: 1 };
  return { width: array.widthPx, height: array.heightPx, ...steps };
}

export function conditionsOf(effects: EffectsProfile, analogGain = 1): ImagingConditions {
  return { temperatureK: 300, analogGain, effects };
}

/** The profile with only these effects, and settings of some of them. */
export function profileWith(
  profile: ImagingProfile,
  names: readonly EffectName[],
  settings: { readonly [Name in EffectName]?: Partial<EffectsProfile[Name]> } = {},
): ImagingProfile {
  const only: EffectsProfile = onlyEffects(profile.effects, names);
  const entries = Object.entries(only).map(([name, effect]) => [
    name,
    { ...effect, ...settings[name as EffectName] },
  ]);
  return { ...profile, effects: Object.fromEntries(entries) as EffectsProfile };
}

export const testKey: NoiseKey = { seed: 0x0123456789abcdefn, frame: 3 };

/** Charges from below zero to beyond full well, a ramp over the reads. */
export function fillCharge(charge: Float32Array, fullWellE: number, reads: number, firstPixel = 0): void {
  const draws = new Draws(9, 101);
  const pixels = charge.length / reads;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const endE = fullWellE * (1.5 * draws.uniform(firstPixel + pixel) - 0.2);
    for (let read = 0; read < reads; read++) charge[read * pixels + pixel] = (endE * (read + 1)) / reads;
  }
}
