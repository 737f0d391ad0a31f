import { describe, expect, it } from "vitest";
import type { EffectName, EffectsProfile } from "../../../hw-profiles/sensor-profile.ts";
import { chargePatterns } from "../../../sim/pixel/charge-patterns.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import { collectorOf, conditionsWith, moments, scheduleOf, sized } from "./collect-fixture.ts";

const ELECTRONS_PER_PHOTON = 0.44 * 0.9;

/** Charge after 1 s in the light that `photons` gives by row and column, -1 and height being the rows beside the array. */
function expose(
  widthPx: number,
  heightPx: number,
  names: readonly EffectName[],
  photons: (row: number, column: number) => number,
  changes: Partial<EffectsProfile> = {},
): Float32Array {
  const collector = collectorOf(sized(widthPx, heightPx));
  for (let row = -1; row <= heightPx; row++) {
    for (let column = 0; column < widthPx; column++) {
      const inside = Math.min(Math.max(row, 0), heightPx - 1);
      collector.photonsPerS[(row + 1) * widthPx + column] = photons(inside, column);
    }
  }
  collector.setLight(conditionsWith(names, changes));
  collector.collect(scheduleOf(heightPx, [1]), { seed: 2n, frame: 0 });
  return collector.charge.slice(0, widthPx * heightPx);
}

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

describe("crosstalk", () => {
  const crosstalk = { on: true, share: 0.04 };

  it("gives a share of the photocharge to the four neighbours", () => {
    const spot = expose(9, 7, ["crosstalk"], (row, column) => (row === 3 && column === 4 ? 1e4 : 0), {
      crosstalk,
    });
    const expected = new Map([
      [3 * 9 + 4, 0.96],
      [2 * 9 + 4, 0.01],
      [4 * 9 + 4, 0.01],
      [3 * 9 + 3, 0.01],
      [3 * 9 + 5, 0.01],
    ]);
    spot.forEach((charge, pixel) => {
      expect(charge).toBeCloseTo((expected.get(pixel) ?? 0) * 1e4 * ELECTRONS_PER_PHOTON, 2);
    });
  });

  it.each([
    { where: "in the middle", row: 2, column: 3, own: 0.96 },
    { where: "at the upper border", row: 0, column: 3, own: 0.97 },
    { where: "at the lower border", row: 4, column: 3, own: 0.97 },
    { where: "at the left border", row: 2, column: 0, own: 0.97 },
    { where: "at the right border", row: 2, column: 6, own: 0.97 },
    { where: "in a corner", row: 4, column: 6, own: 0.98 },
  ])("keeps the charge of a spot $where", ({ row, column, own }) => {
    const spot = expose(7, 5, ["crosstalk"], (r, c) => (r === row && c === column ? 1e4 : 0), { crosstalk });
    expect(spot[row * 7 + column]! / (1e4 * ELECTRONS_PER_PHOTON)).toBeCloseTo(own, 6);
    expect(sum(spot) / (1e4 * ELECTRONS_PER_PHOTON)).toBeCloseTo(1, 6);
  });

  it("works on arrays one pixel wide, and leaves even light alone", () => {
    const thin = expose(1, 5, ["crosstalk"], (row) => (row === 2 ? 1e4 : 0), { crosstalk });
    expect(sum(thin) / (1e4 * ELECTRONS_PER_PHOTON)).toBeCloseTo(1, 6);
    const even = expose(33, 5, ["crosstalk"], () => 5000, { crosstalk });
    for (const charge of even) expect(charge).toBeCloseTo(5000 * ELECTRONS_PER_PHOTON, 2);
  });

  it("does not correlate the shot noise of neighbours: what is split stays Poisson", () => {
    const n = 1024 * 1024;
    const charge = expose(1024, 1024, ["crosstalk", "shotNoise"], () => 1000, {
      crosstalk: { on: true, share: 0.4 },
    });
    const { mean, variance } = moments(charge);
    expect(Math.abs(variance - 396)).toBeLessThan(4 * 396 * Math.sqrt(2 / n));
    let product = 0;
    for (let at = 1; at < n; at++) product += (charge[at]! - mean) * (charge[at - 1]! - mean);
    expect(Math.abs(product / n / variance)).toBeLessThan(4 / Math.sqrt(n));
  });
});

describe("soft saturation", () => {
  it("is linear to the knee, then bends with slope 1 towards the full well", () => {
    const fullWellE = (10e-15 * 1.6) / 1.602176634e-19;
    const light = (row: number, column: number) => (column * 400 + row * 40_000) / ELECTRONS_PER_PHOTON;
    const softSaturation = { on: true, kneeShare: 0.8 };
    const charge = expose(100, 6, ["softSaturation"], light, { softSaturation });
    charge.forEach((found, pixel) => {
      const linear = (pixel % 100) * 400 + Math.floor(pixel / 100) * 40_000;
      const [knee, room] = [0.8 * fullWellE, 0.2 * fullWellE];
      const bent = knee + ((linear - knee) * room) / (room + linear - knee);
      expect(Math.abs(found - (linear > knee ? bent : linear))).toBeLessThan(0.05);
    });
    const flooded = expose(4, 1, ["softSaturation"], () => 1e15, { softSaturation });
    expect(flooded[0]).toBeLessThanOrEqual(fullWellE + 0.01);
    expect(flooded[0]).toBeGreaterThan(fullWellE * 0.999);
  });

  it("off leaves the charge to the converter", () => {
    expect(expose(4, 1, [], () => 1e9)[0]! / (1e9 * ELECTRONS_PER_PHOTON)).toBeCloseTo(1, 6);
  });
});

describe("patterns of the device", () => {
  const SIZE = 1024;
  /** Samples of one device; every bound below is 4 sigma of the estimate from n samples. */
  const n = SIZE * SIZE;
  const band = { firstRow: 0, rows: SIZE };
  const profile = sized(SIZE, SIZE);
  const { detector } = imagingProfile;
  const patterns = (names: readonly EffectName[], changes: Partial<EffectsProfile> = {}) =>
    chargePatterns(profile, conditionsWith(names, changes).effects, band);

  it("response: normal pixel part", () => {
    const responsePattern = { on: true, rowSpread: 0, columnSpread: 0 };
    const { response, dark } = patterns(["responsePattern"], { responsePattern });
    const { mean, variance } = moments(response);
    const expected = detector.responseSpread ** 2;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(expected / n));
    expect(Math.abs(variance - expected)).toBeLessThan(4 * expected * Math.sqrt(2 / n));
    expect(new Set(dark)).toEqual(new Set([1]));
  });

  it("response: row and column parts", () => {
    const responsePattern = { on: true, rowSpread: 0.02, columnSpread: 0.05 };
    const { response } = patterns(["responsePattern"], { responsePattern });
    const lineMeans = (step: number, stride: number) =>
      Float32Array.from({ length: SIZE }, (_, line) => {
        let total = 0;
        for (let i = 0; i < SIZE; i++) total += response[line * stride + i * step]!;
        return total / SIZE;
      });
    for (const [means, spread, other] of [
      [lineMeans(1, SIZE), 0.02, 0.05],
      [lineMeans(SIZE, 1), 0.05, 0.02],
    ] as const) {
      const expected = spread ** 2 + detector.responseSpread ** 2 / SIZE;
      const { mean, variance } = moments(means);
      expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt((expected + other ** 2) / SIZE));
      expect(Math.abs(variance - expected)).toBeLessThan(4 * expected * Math.sqrt(2 / SIZE));
    }
  });

  it("dark current: lognormal with mean 1", () => {
    const { dark, response } = patterns(["darkPattern"]);
    const { mean, variance, fourth } = moments(dark);
    const expected = Math.exp(detector.darkSpread ** 2) - 1;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(expected / n));
    expect(Math.abs(variance - expected)).toBeLessThan(4 * Math.sqrt((fourth - variance ** 2) / n));
    expect(new Set(response)).toEqual(new Set([1]));
  });

  it("defects: dead pixels have no charge, hot ones their factor in dark current", () => {
    const { dark, response } = patterns(["defects"]);
    const count = (values: Float32Array, wanted: number) =>
      values.reduce((total, value) => total + Number(value === wanted), 0);
    const { deadFraction, hotFraction } = imagingProfile.defects;
    const dead = count(response, 0);
    expect(Math.abs(dead - n * deadFraction)).toBeLessThan(4 * Math.sqrt(n * deadFraction));
    expect(count(dark, 0)).toBe(dead);
    const hot = count(dark, 30);
    expect(Math.abs(hot - n * hotFraction)).toBeLessThan(4 * Math.sqrt(n * hotFraction));
    expect(count(dark, 1)).toBe(n - dead - hot);
  });

  it("belong to the device, not to the band: parts are the same as the whole", () => {
    const effects = conditionsWith(["responsePattern", "darkPattern", "defects"]).effects;
    const part = chargePatterns(profile, effects, { firstRow: 700, rows: 3 });
    const whole = chargePatterns(profile, effects, band);
    const range = [700 * SIZE, 703 * SIZE] as const;
    expect(part.response).toEqual(whole.response.subarray(...range));
    expect(part.dark).toEqual(whole.dark.subarray(...range));
    const other = chargePatterns({ ...profile, deviceSeed: 1 }, effects, { firstRow: 700, rows: 3 });
    expect(other.response).not.toEqual(part.response);
    expect(other.dark).not.toEqual(part.dark);
  });
});
