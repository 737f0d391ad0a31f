import { describe, expect, test } from "vitest";
import { undistort } from "../../../host/geometry/distortion.ts";
import { toPoints, viewPoints } from "../../../host/geometry/points.ts";
import { type RayTable, rayTable } from "../../../host/geometry/ray-table.ts";
import {
  PIXEL_INVALID,
  PIXEL_LOW_SIGNAL,
  PIXEL_NO_RETURN,
} from "../../../hw-profiles/interface/pixel-flags.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { OpticsProfile } from "../../../hw-profiles/sensor-profile.ts";

const base: OpticsProfile = loadLidarProfile("inas-lidar-320x240").optics;
const strong: OpticsProfile = { ...base, k1: -0.28, k2: 0.09, k3: -0.012, p1: 0.0011, p2: -0.0007 };

/** Forward projection as in the OpenCV manual (calib3d, pinhole camera model), written out on its own. */
function project(o: OpticsProfile, X: number, Y: number, Z: number): [number, number] {
  const x = X / Z;
  const y = Y / Z;
  const r = Math.hypot(x, y);
  const factor = 1 + o.k1 * r ** 2 + o.k2 * r ** 4 + o.k3 * r ** 6;
  const xd = x * factor + 2 * o.p1 * x * y + o.p2 * (r ** 2 + 2 * x ** 2);
  const yd = y * factor + o.p1 * (r ** 2 + 2 * y ** 2) + 2 * o.p2 * x * y;
  return [o.fxPx * xd + o.cxPx, o.fyPx * yd + o.cyPx];
}

describe.each([
  ["the default profile", base],
  ["strong distortion", strong],
])("%s", (_, optics) => {
  test("f64 inverse comes back to the pixel within 1e-6 px", () => {
    let worst = 0;
    for (let v = 0; v < 240; v += 7)
      for (let u = 0; u < 320; u += 7) {
        const { x, y } = undistort(optics, {
          x: (u - optics.cxPx) / optics.fxPx,
          y: (v - optics.cyPx) / optics.fyPx,
        });
        const [pu, pv] = project(optics, 3.7 * x, 3.7 * y, 3.7);
        worst = Math.max(worst, Math.hypot(pu - u, pv - v));
      }
    expect(worst).toBeLessThan(1e-6);
  });

  test("f32 points keep their range and project to their pixel within f32 rounding", () => {
    const table = rayTable(optics, 320, 240);
    const rangeM = Float32Array.from({ length: 76_800 }, (_x, i) => 0.5 + (i % 977) / 100);
    const points = toPoints({ width: 320, height: 240, rangeM, flags: new Uint8Array(76_800) }, table);
    for (let i = 0; i < 76_800; i += 101) {
      const [x, y, z] = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
      expect(Math.abs(Math.hypot(x, y, z) - rangeM[i]!)).toBeLessThan(2e-6);
      const [u, v] = project(optics, x, y, z);
      expect(Math.hypot(u - (i % 320), v - Math.floor(i / 320))).toBeLessThan(1e-4);
    }
  });
});

test("axes: x right, y down, z forward", () => {
  const { directions } = rayTable({ ...base, cxPx: 0, cyPx: 0 }, 8, 8);
  expect(directions[3 * 63]).toBeGreaterThan(0);
  expect(directions[3 * 63 + 1]).toBeGreaterThan(0);
  expect(directions[2]).toBe(1);
});

test("a pixel without range is NaN, never the origin; a weak one keeps its point", () => {
  const flags = Uint8Array.from([PIXEL_NO_RETURN, PIXEL_LOW_SIGNAL, PIXEL_INVALID, 0]);
  const rangeM = Float32Array.from([0, 2, 3, 4]);
  const points = toPoints({ width: 4, height: 1, rangeM, flags }, rayTable(base, 4, 1));
  expect([...points].map(Number.isNaN)).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0].map(Boolean));
});

test("sizes must agree, and a distortion that folds over is refused", () => {
  const image = { width: 4, height: 1, rangeM: new Float32Array(4), flags: new Uint8Array(4) };
  expect(() => toPoints(image, rayTable(base, 2, 2))).toThrow(/found an image of 4 x 1, expected 2 x 2/);
  expect(() => rayTable({ ...base, k1: -3 }, 320, 240)).toThrow(/no inverse/);
});

/** A made-up table: any f32 will do. */
function tableOf(width: number, height: number): RayTable {
  const directions = Float32Array.from(
    { length: 3 * width * height },
    (_, i) => Math.sin(i) * 1.5 ** (i % 9),
  );
  return { width, height, directions };
}

test.each([
  [1, 1],
  [7, 3],
  [64, 48],
  [16_384, 1],
  [16_387, 2],
])("%i x %i: the vectors give what f32 multiplication gives, whatever the flags", (width, height) => {
  const pixels = width * height;
  const rangeM = Float32Array.from({ length: pixels }, (_, i) => Math.fround(0.1 + Math.sqrt(i)));
  const flags = Uint8Array.from({ length: pixels }, (_, i) => (i * 37) & 0xff);
  const table = tableOf(width, height);
  const expected = table.directions.map((direction, i) => {
    const pixel = Math.floor(i / 3);
    return flags[pixel]! & PIXEL_INVALID ? Number.NaN : Math.fround(direction * rangeM[pixel]!);
  });
  const points = toPoints({ width, height, rangeM, flags }, table);
  expect(Buffer.compare(Buffer.from(points.buffer), Buffer.from(expected.buffer))).toBe(0);
});

test("points belong to the caller, or to the table until its next call", () => {
  const table = tableOf(4, 1);
  const image = (range: number) => ({
    width: 4,
    height: 1,
    rangeM: new Float32Array(4).fill(range),
    flags: new Uint8Array(4),
  });
  const own = toPoints(image(1), table);
  const view = viewPoints(image(1), table);
  expect(view).toEqual(own);
  const out = new Float32Array(12);
  expect(toPoints(image(2), table, out)).toBe(out);
  expect(view).toEqual(out);
  expect(own).toEqual(table.directions);
});
