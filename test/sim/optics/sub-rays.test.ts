import { expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { distort, undistort } from "../../../sim/optics/distortion.ts";
import { subRays } from "../../../sim/optics/sub-rays.ts";

const { optics } = loadLidarProfile("inas-lidar-64x48");

test("undistort inverts distort over the whole field", () => {
  for (let x = -0.7; x <= 0.7; x += 0.1) {
    for (let y = -0.5; y <= 0.5; y += 0.1) {
      const back = undistort(optics, distort(optics, { x, y }));
      expect(Math.abs(back.x - x) + Math.abs(back.y - y)).toBeLessThan(1e-12);
    }
  }
});

test("a distortion that folds the image over is refused", () => {
  expect(() => undistort({ ...optics, k1: -3 }, { x: 0.6, y: 0.4 })).toThrow(/cannot be inverted.*reduce k1/);
});

test("rays are unit vectors whose distorted projections are the sub-pixel grid", () => {
  const area = { columns: 64, firstRow: 10, rows: 2 };
  const rays = subRays(optics, area, 4);
  expect(rays.raysPerPixel).toBe(16);
  expect(rays.directions.length).toBe(64 * 2 * 16 * 3);
  for (const pixel of [0, 63, 64, 100]) {
    for (let ray = 0; ray < 16; ray++) {
      const at = 3 * (pixel * 16 + ray);
      const [dx, dy, dz] = rays.directions.subarray(at, at + 3) as unknown as [number, number, number];
      expect(Math.hypot(dx, dy, dz)).toBeCloseTo(1, 6);
      const seen = distort(optics, { x: dx / dz, y: dy / dz });
      const u = (pixel % 64) + ((ray % 4) - 1.5) / 4;
      const v = 10 + Math.floor(pixel / 64) + (Math.floor(ray / 4) - 1.5) / 4;
      expect(seen.x * optics.fxPx + optics.cxPx).toBeCloseTo(u, 4);
      expect(seen.y * optics.fyPx + optics.cyPx).toBeCloseTo(v, 4);
    }
  }
});

test("bands of rows hold the same rays as the whole array", () => {
  const whole = subRays(optics, { columns: 64, firstRow: 0, rows: 8 }, 2);
  const band = subRays(optics, { columns: 64, firstRow: 5, rows: 3 }, 2);
  expect(band.directions).toEqual(whole.directions.subarray(5 * 64 * 4 * 3));
});

test.each([0, 1, 3, 9, 10, 2.5, Number.NaN])("%s rays a side are refused", (side) => {
  expect(() => subRays(optics, { columns: 1, firstRow: 0, rows: 1 }, side)).toThrow(
    /expected an even number from 2 to 8/,
  );
});
