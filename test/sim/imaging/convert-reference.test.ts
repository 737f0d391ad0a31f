import { describe, expect, it } from "vitest";
import type { EffectName, ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { ReadWindow, SensorRows } from "../../../sim/imaging/seams.ts";
import { fullWellE } from "../../../sim/pixel/noise-budget.ts";
import { Draws } from "../../../sim/random/draws.ts";
import { ConvertReference } from "../../reference/imaging/convert-reference.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import {
  benchOf,
  conditionsOf,
  fillCharge,
  profileWith,
  scheduleOf,
  testKey,
  wholeWindow,
} from "./convert-fixture.ts";

const EFFECTS: readonly EffectName[] = [
  "nodeCapacitance",
  "followerNonlinearity",
  "readNoise",
  "followerFlicker",
  "rts",
  "offsetPattern",
  "columnGain",
  "rampNoise",
  "inl",
  "defects",
];

/** Kernel and reference on one configuration. */
function expectSameCodes(
  profile: ImagingProfile,
  window: ReadWindow,
  sampleS: readonly number[],
  band: SensorRows,
  analogGain = 1,
): void {
  const { converter, charge } = benchOf(profile, sampleS.length, band);
  const { widthPx } = profile.array;
  fillCharge(charge, fullWellE(profile), sampleS.length, band.firstRow * widthPx);
  const schedule = scheduleOf(band.rows, sampleS);
  const conditions = conditionsOf(profile.effects, analogGain);
  const { firstLine, lines, codes } = converter.convert(charge, schedule, window, conditions, testKey);
  const input = { profile, band, charge, schedule, window, conditions, key: testKey };
  expect(codes).toEqual(new ConvertReference(input).codes(firstLine, lines));
}

function randomCase(index: number) {
  const draws = new Draws(index, 102);
  const pick = <T>(from: readonly T[], component: number) => from[draws.integer(0, from.length, component)]!;
  const widthPx = 16 + draws.integer(0, 40, 1);
  const heightPx = 16;
  const effects = EFFECTS.filter((_, i) => draws.uniform(i, 2) < 0.6);
  const points = pick(
    [
      [0, 0.5, -0.5, 0],
      [3, -2, 4, 1, 0],
      [-2.5, 0.25],
    ],
    3,
  );
  const bits = pick([8, 10, 12], 4);
  const profile = profileWith(
    {
      ...imagingProfile,
      array: { ...imagingProfile.array, widthPx, heightPx },
      deviceSeed: 100 + index,
      adc: { ...imagingProfile.adc, bits, pedestalDn: 12 },
      defects: { ...imagingProfile.defects, deadFraction: 0.03, stuckFraction: 0.03 },
    },
    effects,
    { inl: { pointsDn: points }, columnGain: { spread: 0.01 }, rts: { pixelShare: 0.2 } },
  );
  const [binningX, decimationX] = pick(
    [
      [1, 1],
      [1, 2],
      [2, 1],
      [4, 1],
      [1, 4],
    ] as const,
    5,
  );
  const [binningY, decimationY] = pick(
    [
      [1, 1],
      [1, 2],
      [2, 1],
      [4, 1],
      [1, 4],
    ] as const,
    6,
  );
  const columns = Math.floor(widthPx / (binningX * decimationX));
  const lines = Math.floor(heightPx / (binningY * decimationY));
  const offsetX = draws.integer(0, columns, 7);
  const offsetY = draws.integer(0, lines, 8);
  const width = 1 + draws.integer(0, columns - offsetX, 9);
  const height = 1 + draws.integer(0, lines - offsetY, 10);
  const window = { width, height, offsetX, offsetY, binningX, binningY, decimationX, decimationY };
  const reads = pick([1, 2, 3, 6], 11);
  const sampleS = Array.from({ length: reads }, (_, i) => 1e-4 * i * i + 1e-6 * draws.uniform(i, 12));
  const band = { firstRow: pick([0, 4, 8], 13), rows: 8 };
  return { profile, window, sampleS, band, analogGain: pick([1, 2, 5.5], 14) };
}

describe("converter against the slow reference that steps every clock, bit for bit", () => {
  const cases = Array.from({ length: 60 }, (_, index) => index);
  it.each(cases)("random configuration %d", (index) => {
    const { profile, window, sampleS, band, analogGain } = randomCase(index);
    expectSameCodes(profile, window, sampleS, band, analogGain);
  });

  it("without any effect", () => {
    const profile = profileWith(imagingProfile, []);
    expectSameCodes(profile, wholeWindow(profile), [1e-3], { firstRow: 0, rows: 48 });
  });
});
