// Patterns of the device and noise of the ramp: moments at 4 standard deviations, n = 2^20 samples each.
import { describe, expect, it } from "vitest";
import { fillRampNoise } from "../../../sim/imaging/ramp-noise.ts";
import { columnSteps, defectPixels, offsetMapDn } from "../../../sim/pixel/imaging-patterns.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import { profileWith } from "./convert-fixture.ts";
import { correlationOf, momentsOf, noiseProfile, runNoise, SIGMAS } from "./convert-statistics.ts";

const n = 2 ** 20;

function expectNormal(values: ArrayLike<number>, mean: number, rms: number): void {
  const found = momentsOf(values);
  expect(found.n).toBeGreaterThanOrEqual(n);
  expect(Math.abs(found.mean - mean)).toBeLessThan(SIGMAS * found.meanError);
  expect(Math.abs(found.variance - rms ** 2)).toBeLessThan(SIGMAS * found.varianceError);
}

function offsetsOf(widthPx: number, heightPx: number, pixelDn: number, columnDn: number, rowDn: number) {
  const profile = {
    ...imagingProfile,
    array: { ...imagingProfile.array, widthPx, heightPx },
    pixel: { ...imagingProfile.pixel, offsetSpreadDn: pixelDn, columnOffsetSpreadDn: columnDn },
  };
  const effects = { offsetPattern: { on: true, rowSpreadDn: rowDn } };
  return offsetMapDn(profile, effects, { firstRow: 0, rows: heightPx });
}

describe("offset pattern", () => {
  it("has a pixel, a column and a row part of the given rms about the pedestal", () => {
    expectNormal(offsetsOf(1024, 1024, 2, 0, 0), 96, 2);
    expectNormal(offsetsOf(n, 1, 0, 1.5, 0), 96, 1.5);
    expectNormal(offsetsOf(1, n, 0, 0, 0.5), 96, 0.5);
  });

  it("adds its parts, and is the pedestal alone when it is off", () => {
    const all = offsetsOf(7, 5, 2, 1.5, 0.5);
    const parts = [offsetsOf(7, 5, 2, 0, 0), offsetsOf(7, 5, 0, 1.5, 0), offsetsOf(7, 5, 0, 0, 0.5)];
    all.forEach((dn, at) => {
      expect(dn).toBeCloseTo(
        parts.reduce((sum, part) => sum + part[at]! - 96, 96),
        4,
      );
    });
    expect(parts[1]!.subarray(0, 7)).toEqual(parts[1]!.subarray(7, 14));
    expect(new Set(parts[2]!.subarray(0, 7)).size).toBe(1);
    const off = { offsetPattern: { on: false, rowSpreadDn: 1 } };
    expect(new Set(offsetMapDn(imagingProfile, off, { firstRow: 0, rows: 48 }))).toEqual(new Set([96]));
  });
});

describe("slopes of the columns", () => {
  it("spread about 1", () => {
    const wide = { ...imagingProfile, array: { ...imagingProfile.array, widthPx: n } };
    expectNormal(columnSteps(wide, { columnGain: { on: true, spread: 0.002 } }), 1, 0.002);
    expect(new Set(columnSteps(imagingProfile, { columnGain: { on: false, spread: 0.002 } }))).toEqual(
      new Set([1]),
    );
  });

  it("a converter whose ramp rises faster shows less above its start", () => {
    const profile = profileWith(noiseProfile(64, 2, []), ["columnGain"], { columnGain: { spread: 0.01 } });
    const steps = columnSteps(profile, profile.effects);
    const { electrons, stepE } = runNoise(profile, { sampleS: [1], analogGain: 1 });
    electrons.forEach((charge, at) => {
      const code = charge / stepE + profile.adc.pedestalDn;
      expect(Math.abs(code - (32768 - 0.5) / steps[at % 64]!)).toBeLessThanOrEqual(1);
    });
  });
});

describe("dead and stuck pixels", () => {
  it("are the shares of the profile, and those of the device's patterns", () => {
    const array = { ...imagingProfile.array, widthPx: 1024, heightPx: 1024 };
    const profile = { ...imagingProfile, array };
    const found = defectPixels(profile, { defects: { on: true } }, { firstRow: 0, rows: 1024 });
    const { deadFraction, stuckFraction } = profile.defects;
    for (const [kind, share] of [
      [1, deadFraction],
      [2, stuckFraction],
    ] as const) {
      const count = found.filter((pixel) => pixel.kind === kind).length;
      expect(Math.abs(count - n * share)).toBeLessThan(SIGMAS * Math.sqrt(n * share * (1 - share)));
    }
    const stuck = found.filter((pixel) => pixel.kind === 2).map((pixel) => pixel.code / 4096);
    const mean = stuck.reduce((a, b) => a + b, 0) / stuck.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(SIGMAS * Math.sqrt(1 / 12 / stuck.length));
    expect(defectPixels(profile, { defects: { on: false } }, { firstRow: 0, rows: 1024 })).toEqual([]);
  });
});

describe("noise of the ramp", () => {
  it("is one normal a line, read and frame", () => {
    const values = new Float32Array(n);
    const key = { low: 5, high: 6 };
    for (let line = 0; line < n / 64; line++) {
      const to = values.subarray(line * 64, line * 64 + 64);
      fillRampNoise(to, 0.3, line % 4096, { ...key, frame: Math.floor(line / 4096) });
    }
    expectNormal(values, 0, 0.3);
    const doubles = Float64Array.from(values);
    for (const shift of [1, 2, 4, 64, 64 * 4096]) {
      const count = n - shift;
      const r = correlationOf(doubles.subarray(0, count), doubles.subarray(shift));
      expect(Math.abs(r)).toBeLessThan(SIGMAS / Math.sqrt(count));
    }
  });

  it("moves all columns of a line together, whatever the region", () => {
    const profile = noiseProfile(16, 64, ["rampNoise"], { rampNoise: { rmsDn: 50 } });
    const { electrons, stepE } = runNoise(profile, { sampleS: [1, 2, 3], analogGain: 1 });
    for (let line = 0; line < 3 * 64; line++) {
      expect(new Set(electrons.subarray(16 * line, 16 * line + 16)).size).toBe(1);
    }
    const { variance } = momentsOf(electrons.filter((_, at) => at % 16 === 0));
    expect(Math.sqrt(variance) / stepE / 50).toBeCloseTo(1, 0.7);
  });
});
