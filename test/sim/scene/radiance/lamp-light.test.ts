import { describe, expect, it } from "vitest";
import { sceneError } from "../support.ts";
import {
  GEOMETRY,
  IRRADIANCE_PER_RADIANCE,
  lightOf,
  meanOf,
  openLight,
  PHOTONS_PER_W_PER_M2,
} from "./light-support.ts";

describe("scenes under a lamp", () => {
  // A wall facing the camera: rho (0.3 + 0.7 * 3/7) of the lamp, the light of sim/kernels/trace/light.ts.
  it("have the photons of E_lamp rho / pi, the lens and the pixel", async () => {
    const light = lightOf(await openLight("wall:range=2,rho=0.8,lamp=5"));
    const radiance = (5 * 0.8 * (0.3 + 0.7 * (3 / 7))) / Math.PI;
    const expected = radiance * IRRADIANCE_PER_RADIANCE * PHOTONS_PER_W_PER_M2;
    for (const value of light) expect(value / expected).toBeCloseTo(1, 5);
    const dim = lightOf(await openLight("wall:range=2,rho=0.8"));
    expect(dim[0]! / light[0]!).toBeCloseTo(2 / 5, 6);
  });

  it("see through the lens: a faster one and a clearer one give more", async () => {
    const white = lightOf(await openLight("wall"))[0]!;
    for (const [change, factor] of [
      [{ fNumber: 1 }, 17 / 5],
      [{ transmission: 0.4 }, 0.5],
    ] as const) {
      const geometry = { ...GEOMETRY, optics: { ...GEOMETRY.optics, ...change } };
      expect(lightOf(await openLight("wall", geometry), geometry)[0]! / white).toBeCloseTo(factor, 5);
    }
  });

  it("show the room, with light everywhere and contrast", async () => {
    const light = lightOf(await openLight("room"));
    const white = (2 / Math.PI) * IRRADIANCE_PER_RADIANCE * PHOTONS_PER_W_PER_M2;
    const sorted = [...light].sort((a, b) => a - b).map((value) => value / white);
    expect(sorted[0]).toBeGreaterThan(0.005);
    expect(sorted.at(-1)).toBeLessThan(1);
    expect(sorted[4320]! - sorted[480]!).toBeGreaterThan(0.2);
  });

  it("follow what moves, and are a function of time alone", async () => {
    const scene = await openLight("room:lamp=1");
    expect(scene.moving).toBe(true);
    const area = { firstRow: 0, rows: 60 };
    const light = new Float32Array(4800);
    expect(scene.fill(area, 0, light)).toBe(true);
    const atStart = light.slice();
    expect(scene.fill(area, 0, light)).toBe(false);
    expect(scene.fill(area, 4e8, light)).toBe(true);
    const later = light.slice();
    expect(later).not.toEqual(atStart);
    expect(lightOf(await openLight("room:lamp=1"), GEOMETRY, 4e8)).toEqual(later);
    scene.fill(area, 0, light);
    expect(light).toEqual(atStart);
  });

  it("are the same in any rows, and however an array was used before", async () => {
    const whole = lightOf(await openLight("room"), GEOMETRY, 3e8);
    const scene = await openLight("room");
    const rows = new Float32Array(13 * 80);
    scene.fill({ firstRow: 5, rows: 13 }, 1e8, rows);
    scene.fill({ firstRow: 30, rows: 13 }, 3e8, rows);
    expect(rows).toEqual(whole.subarray(30 * 80, 43 * 80));
    const wall = await openLight("wall:tilt=40");
    expect(lightOf(wall, GEOMETRY, 0, 30, 13)).toEqual(lightOf(wall).subarray(30 * 80, 43 * 80));
  });

  // 2 x 2 rays a pixel: a larger array of the same field sees the same light on average.
  it("do not depend on how many pixels see them", async () => {
    const { optics } = GEOMETRY;
    const fine = {
      ...GEOMETRY,
      widthPx: 160,
      heightPx: 120,
      optics: { ...optics, fxPx: 138, fyPx: 138, cxPx: 79.5, cyPx: 59.5 },
    };
    const ratio =
      meanOf(lightOf(await openLight("room", fine), fine)) / meanOf(lightOf(await openLight("room")));
    expect(ratio).toBeCloseTo(1, 2);
  });

  it("refuse what only ranging understands", async () => {
    const error = await sceneError(() => openLight("wall:range=3,electrons=1e5"));
    expect(error.message).toContain("uniform:photons=1e6");
  });
});
