import { describe, expect, it } from "vitest";
import type { Picture } from "../../../../sim/scene/radiance/picture/picture.ts";
import { type Fit, Resampler } from "../../../../sim/scene/radiance/resample.ts";
import { repeatable } from "../support.ts";
import { meanOf } from "./light-support.ts";

function picture(width: number, height: number, value: (column: number, row: number) => number): Picture {
  const values = Float32Array.from({ length: width * height }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  return { width, height, values };
}

function resampled(from: Picture, widthPx: number, heightPx: number, fit: Fit): Float32Array {
  const resampler = new Resampler(from, widthPx, heightPx, fit);
  const out = new Float32Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) resampler.row(row, 1, out, row * widthPx);
  return out;
}

describe("a picture on the sensor", () => {
  it("is the same where pixels are the same", () => {
    const random = repeatable(3);
    const from = picture(17, 11, () => Math.fround(random()));
    for (const fit of ["cover", "contain", "stretch"] as const)
      expect(resampled(from, 17, 11, fit)).toEqual(from.values);
  });

  it.each([
    [97, 61, 40, 30],
    [640, 480, 64, 48],
    [33, 200, 32, 7],
  ])("of %d x %d made smaller to %d x %d keeps its mean", (width, height, widthPx, heightPx) => {
    const random = repeatable(5);
    const from = picture(width, height, () => Math.fround(1e3 * random()));
    const mean = meanOf(from.values);
    expect(meanOf(resampled(from, widthPx, heightPx, "stretch")) / mean).toBeCloseTo(1, 6);
  });

  it("averages the area of a pixel", () => {
    const from = picture(6, 4, (column, row) => 10 * row + column);
    expect([...resampled(from, 3, 2, "stretch")]).toEqual([5.5, 7.5, 9.5, 25.5, 27.5, 29.5]);
    // 1.5 picture pixels each: 0, half of 1; half of 1, 2
    expect([
      ...resampled(
        picture(3, 1, (column) => column * 3),
        2,
        1,
        "stretch",
      ),
    ]).toEqual([1, 5]);
  });

  it("is interpolated linearly when it is made larger", () => {
    const from = picture(8, 8, (column, row) => 2 * column + 16 * row);
    const out = resampled(from, 32, 32, "stretch");
    for (let row = 2; row < 30; row++) {
      for (let column = 2; column < 30; column++) {
        const [x, y] = [(column + 0.5) / 4 - 0.5, (row + 0.5) / 4 - 0.5];
        expect(out[row * 32 + column]).toBeCloseTo(2 * x + 16 * y, 4);
      }
    }
  });

  it("covers the sensor, or lies in it with dark borders", () => {
    const wide = picture(40, 10, (column) => column);
    // Cover: the middle 20 columns of 40, two to a pixel.
    expect([...resampled(wide, 10, 5, "cover").subarray(0, 10)]).toEqual([
      10.5, 12.5, 14.5, 16.5, 18.5, 20.5, 22.5, 24.5, 26.5, 28.5,
    ]);
    const contained = resampled(wide, 10, 10, "contain");
    const rows = Array.from({ length: 10 }, (_, row) => contained[row * 10 + 5]);
    expect(rows.map((value) => value !== 0)).toEqual(
      [...Array(10).keys()].map((row) => row >= 4 && row <= 5),
    );
    expect(contained[45]).toBe(21.5);
  });
});
