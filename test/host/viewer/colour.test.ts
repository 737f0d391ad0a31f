import { describe, expect, it } from "vitest";
import { autoRange } from "../../../host/viewer/colour/auto-range.ts";
import { histogram } from "../../../host/viewer/colour/histogram.ts";
import { colourTable } from "../../../host/viewer/colour/maps.ts";
import { makeScale, ticks } from "../../../host/viewer/colour/scale.ts";

function rgb(table: Uint8Array, index: number): number[] {
  return [...table.subarray(3 * index, 3 * index + 3)];
}

/** Lightness as the eye sees it (CIE L*), from sRGB. */
function lightness([r, g, b]: number[]): number {
  const linear = (c: number) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const y = 0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

describe("colour maps", () => {
  it.each([
    [0, [0x44, 0x01, 0x54]],
    [128, [0x21, 0x91, 0x8c]],
    [255, [0xfd, 0xe7, 0x25]],
  ])("viridis is matplotlib's at %i, within the fit's 4 levels", (index, expected) => {
    rgb(colourTable("viridis", false), index).forEach((value, channel) => {
      expect(Math.abs(value - expected[channel]!)).toBeLessThanOrEqual(4);
    });
  });

  it.each(["viridis", "cividis", "grey"] as const)("%s rises in lightness throughout", (name) => {
    const table = colourTable(name, false);
    for (let i = 8; i < 256; i += 8) {
      expect(lightness(rgb(table, i))).toBeGreaterThan(lightness(rgb(table, i - 8)));
    }
  });

  it("reversed ends where it began", () => {
    expect(rgb(colourTable("turbo", true), 0)).toEqual(rgb(colourTable("turbo", false), 255));
  });
});

describe("colour range", () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => 1 + i / 200);
  const valid = new Uint8Array(1000).fill(1);

  it("covers 98 % of the valid values and is rounded outward", () => {
    const range = autoRange(values, valid, "linear")!;
    expect(range.min).toBeLessThanOrEqual(1.05);
    expect(range.max).toBeGreaterThanOrEqual(5.94);
    expect(range.max).toBeLessThan(7);
  });

  it("ignores invalid pixels and infinite values", () => {
    const some = Float32Array.of(0, 2, Number.POSITIVE_INFINITY, 3);
    const range = autoRange(some, Uint8Array.of(0, 1, 1, 1), "linear")!;
    expect(range.min).toBeGreaterThan(1.5);
    expect(range.max).toBeLessThan(3.5);
    expect(autoRange(some, new Uint8Array(4), "log")).toBeUndefined();
  });

  it("counts what lies beyond the scale instead of putting it into the end bins", () => {
    const scale = makeScale("linear", { min: 2, max: 4 });
    const { bins, below, above } = histogram(values, valid, scale, 10);
    expect(below).toBe(200);
    expect(below + above + bins.reduce((a, b) => a + b)).toBe(1000);
  });

  it("has round ticks inside of the scale", () => {
    expect(ticks(makeScale("linear", { min: 1.5, max: 7 }), 6)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(ticks(makeScale("log", { min: 0.001, max: 0.1 }), 5).at(0)).toBeCloseTo(0.001, 9);
  });
});
