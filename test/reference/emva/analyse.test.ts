import { beforeAll, describe, expect, test } from "vitest";
import { Random } from "../../firmware/support/random.ts";
import { analyseEmva, type EmvaResult, type SweepPoint, saturationIndex } from "./analyse.ts";
import { parseDescriptor } from "./descriptor.ts";
import { fitLine, slopeThroughZero } from "./fits.ts";
import { pairStatistics, patternStatistics, Stack, splitVariance } from "./statistics.ts";
import { drawPatterns, expose, type Patterns, type SyntheticCamera } from "./synthetic-camera.ts";

const CAMERA: SyntheticCamera = {
  width: 192,
  height: 160,
  bits: 12,
  pedestalDn: 80,
  gainDnPerE: 0.25,
  quantumEfficiency: 0.4,
  darkCurrentEPerS: 60_000,
  darkNoiseE: 12,
  offsetE: { pixel: 20, row: 6, column: 9 },
  response: { pixel: 0.012, row: 0.004, column: 0.006 },
};
const PIXELS = CAMERA.width * CAMERA.height;
const POINTS = 40;
const STACK = 16;
/** 16060 e- fill the codes; the last exposures are saturated. */
const LAST_EXPOSURE_NS = 20e6;
const PHOTONS_PER_NS = (1.1 * 16_060) / 0.4 / LAST_EXPOSURE_NS;
const SPATIAL_NS = LAST_EXPOSURE_NS / 2.2;

let patterns: Patterns;
let result: EmvaResult;

beforeAll(() => {
  const random = new Random(4711);
  patterns = drawPatterns(CAMERA, random);
  const take = (exposureNs: number, isBright: boolean) =>
    expose(CAMERA, patterns, { exposureNs, photons: isBright ? PHOTONS_PER_NS * exposureNs : 0 }, random);
  const sweep = Array.from({ length: POINTS }, (_, k): SweepPoint => {
    const exposureNs = (LAST_EXPOSURE_NS * (k + 1)) / POINTS;
    const pair = (isBright: boolean) =>
      pairStatistics(take(exposureNs, isBright), take(exposureNs, isBright));
    return { exposureNs, photons: PHOTONS_PER_NS * exposureNs, bright: pair(true), dark: pair(false) };
  });
  const stack = (isBright: boolean) => {
    const sums = new Stack(CAMERA.width, CAMERA.height);
    for (let i = 0; i < STACK; i++) sums.add(take(SPATIAL_NS, isBright));
    return sums.statistics();
  };
  result = analyseEmva({ sweep, bright: stack(true), dark: stack(false) });
});

/** Spread of a realised pattern and its parts, of the mean when given. */
function spread(pattern: Float64Array, mean = 1) {
  const { total, pixel, row, column } = patternStatistics(pattern, CAMERA.width, CAMERA.height);
  const deviation = (variance: number) => Math.sqrt(variance) / mean;
  return {
    total: deviation(total),
    pixel: deviation(pixel),
    row: deviation(row),
    column: deviation(column),
  };
}

/**
 * A camera of known figures, n = 30720 pixels. Standard errors: K by 25 pairs, each variance to sqrt(2/n), weighted by
 * x^2: 1.34 / sqrt(25) sqrt(2/n) = 0.22 %; limits are 4 sigma.
 */
describe("a synthetic camera gives back", () => {
  test("K and quantum efficiency within 0.9 % (4 sigma)", () => {
    expect(Math.abs(result.gainDnPerE / CAMERA.gainDnPerE - 1)).toBeLessThan(0.009);
    expect(Math.abs(result.quantumEfficiency / CAMERA.quantumEfficiency - 1)).toBeLessThan(0.009);
  });

  test("their product R, free of the noise of K, within 0.05 %", () => {
    const expected = CAMERA.gainDnPerE * CAMERA.quantumEfficiency;
    const response = patterns.response.reduce((sum, value) => sum + value, 0) / PIXELS;
    expect(Math.abs(result.responsivityDnPerPhoton / (expected * response) - 1)).toBeLessThan(5e-4);
  });

  test("dark current by mean within 0.9 % (K's 4 sigma) and by variance within 3 %", () => {
    expect(Math.abs(result.darkCurrentMeanEPerS / CAMERA.darkCurrentEPerS - 1)).toBeLessThan(0.009);
    expect(Math.abs(result.darkCurrentVarianceEPerS / CAMERA.darkCurrentEPerS - 1)).toBeLessThan(0.03);
  });

  test("dark noise within 4 %", () => {
    // The intercept of 40 points at up to 10 x its variance: sigma 0.9 %.
    expect(Math.abs(result.darkNoiseE / CAMERA.darkNoiseE - 1)).toBeLessThan(0.04);
  });

  test("saturation, threshold, dynamic range and linearity", () => {
    const step = PHOTONS_PER_NS * (LAST_EXPOSURE_NS / POINTS);
    const darkE = (CAMERA.darkCurrentEPerS * LAST_EXPOSURE_NS) / 1e9;
    expect(Math.abs(result.saturationPhotons - (16_060 - darkE) / 0.4)).toBeLessThan(3 * step);
    expect(result.saturationE).toBeCloseTo(result.quantumEfficiency * result.saturationPhotons, 6);
    const noise = Math.hypot(CAMERA.darkNoiseE, Math.sqrt(1 / 12) / CAMERA.gainDnPerE);
    expect(Math.abs(result.thresholdPhotons / ((noise + 0.5) / 0.4) - 1)).toBeLessThan(0.04);
    expect(result.dynamicRange).toBeCloseTo(result.saturationPhotons / result.thresholdPhotons, 6);
    expect(result.snrMax ** 2).toBeCloseTo(result.saturationE, 6);
    expect(Math.abs(result.linearityErrorMinPercent)).toBeLessThan(0.2);
    expect(Math.abs(result.linearityErrorMaxPercent)).toBeLessThan(0.2);
  });

  test("DSNU and its parts as drawn, beside K's 0.9 %", () => {
    const offset = spread(patterns.offsetE);
    expect(Math.abs(result.dsnuE.total / offset.total - 1)).toBeLessThan(0.015);
    expect(Math.abs(result.dsnuE.pixel / offset.pixel - 1)).toBeLessThan(0.015);
    expect(Math.abs(result.dsnuE.row / offset.row - 1)).toBeLessThan(0.03);
    expect(Math.abs(result.dsnuE.column / offset.column - 1)).toBeLessThan(0.03);
  });

  test("PRNU and its parts as drawn", () => {
    const response = spread(patterns.response, 0.01);
    expect(Math.abs(result.prnuPercent.total / response.total - 1)).toBeLessThan(0.01);
    expect(Math.abs(result.prnuPercent.pixel / response.pixel - 1)).toBeLessThan(0.01);
    expect(Math.abs(result.prnuPercent.row / response.row - 1)).toBeLessThan(0.04);
    expect(Math.abs(result.prnuPercent.column / response.column - 1)).toBeLessThan(0.04);
  });
});

describe("the pieces by hand", () => {
  test("a pair whose light drifts has no more noise for it", () => {
    expect(pairStatistics([10, 14, 10, 14], [10, 14, 10, 14])).toEqual({ mean: 12, variance: 0 });
    expect(pairStatistics([10, 14], [20, 24])).toEqual({ mean: 17, variance: 0 });
    expect(pairStatistics([1, 3], [3, 1])).toEqual({ mean: 2, variance: 2 });
  });

  test("fits", () => {
    expect(slopeThroughZero([1, 2], [2, 5])).toBeCloseTo(12 / 5, 12);
    expect(fitLine([0, 1, 2], [1, 3, 5])).toEqual({ slope: 2, offset: 1 });
    expect(fitLine([0, 1, 2], [1, 3, 99], [1, 1, 0])).toEqual({ slope: 2, offset: 1 });
  });

  test("variances of rows and columns alone come back whole", () => {
    const parts = splitVariance({ total: 1, rowAverage: 1, columnAverage: 0, rows: 2, columns: 6 });
    expect(parts.pixel).toBeCloseTo(0, 12);
    expect(parts.column).toBeCloseTo(0, 12);
    expect(parts.row).toBeCloseTo(1, 12);
  });

  test("saturation is the highest variance from above, past a single low point", () => {
    expect(saturationIndex([1, 2, 3, 4, 1, 0, 0])).toBe(3);
    expect(saturationIndex([1, 2, 3, 4, 3.5, 5, 1, 0])).toBe(5);
    expect(saturationIndex([1, 2, 3])).toBe(2);
  });

  test("a descriptor is read strictly", () => {
    const text =
      "# a set\nv 4.0\nn 12 4 3\nb 10.0 5.5\ni images\\a.png\ni images\\b.png\nd 10.0\ni c.png\ni d.png\n";
    expect(parseDescriptor(text)).toEqual({
      version: "4.0",
      bits: 12,
      width: 4,
      height: 3,
      temporal: [
        { exposureNs: 10, photons: 5.5, files: ["images/a.png", "images/b.png"] },
        { exposureNs: 10, photons: 0, files: ["c.png", "d.png"] },
      ],
      spatial: [],
    });
    expect(() => parseDescriptor(text.replace("n 12 4 3", "n 12 4"))).toThrow(/line 3: found "n 12 4"/);
    expect(() => parseDescriptor(text.replace("d 10.0", "d 11.0"))).toThrow(/no dark or no bright/);
    expect(() => parseDescriptor(text.replace("i d.png\n", ""))).toThrow(/found 1 images/);
    expect(() => parseDescriptor(`${text}d 10\ni e\ni f\n`)).toThrow(/found twice/);
    expect(() => parseDescriptor(`${text}x 10\n`)).toThrow(/found "x 10"/);
  });
});
