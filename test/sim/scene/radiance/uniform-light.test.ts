import { describe, expect, it } from "vitest";
import { sceneError } from "../support.ts";
import { GEOMETRY, lightOf, meanOf, openLight, PHOTONS_PER_W_PER_M2 } from "./light-support.ts";

const AREA = { firstRow: 0, rows: 60 };

describe("uniform light", () => {
  it("has the photons of E A lambda / (h c) on the whole pixel", async () => {
    const atDesign = lightOf(await openLight("uniform:irradiance=1e-3"));
    expect(atDesign[0]! / (1e-3 * PHOTONS_PER_W_PER_M2)).toBeCloseTo(1, 6);
    expect(new Set(atDesign).size).toBe(1);
    const green = lightOf(await openLight("uniform:irradiance=1e-3,nm=470"));
    expect(green[0]! / atDesign[0]!).toBeCloseTo(0.5, 6);
    const small = { ...GEOMETRY, pitchUm: 10 };
    expect(lightOf(await openLight("uniform:irradiance=1e-3", small), small)[0]! / atDesign[0]!).toBeCloseTo(
      0.25,
      6,
    );
  });

  it("has the photons that were asked for, and none in the dark", async () => {
    expect(new Set(lightOf(await openLight("uniform:photons=1e6")))).toEqual(new Set([1e6]));
    expect(new Set(lightOf(await openLight("dark")))).toEqual(new Set([0]));
  });

  it("changes linearly with gradients and keeps its mean", async () => {
    const light = lightOf(await openLight("uniform:photons=1e6,gradientX=0.5,gradientY=-1"));
    const at = (column: number, row: number): number => light[row * 80 + column]! / 1e6;
    expect([at(0, 0), at(79, 0), at(0, 59), at(79, 59)]).toEqual([1.25, 1.75, 0.25, 0.75]);
    expect(at(1, 0) - at(0, 0)).toBeCloseTo(0.5 / 79, 6);
    expect(meanOf(light) / 1e6).toBeCloseTo(1, 6);
  });

  it("is the same in any rows", async () => {
    const text = "uniform:photons=1e6,gradientX=0.5,gradientY=1";
    const whole = lightOf(await openLight(text));
    const part = lightOf(await openLight(text), GEOMETRY, 0, 20, 7);
    expect(part).toEqual(whole.subarray(20 * 80, 27 * 80));
  });

  it("is written once into each array", async () => {
    const scene = await openLight("uniform:photons=5");
    const [one, other] = [new Float32Array(4800), new Float32Array(4800)];
    expect(scene.moving).toBe(false);
    expect(scene.fill(AREA, 0, one)).toBe(true);
    expect(scene.fill(AREA, 1e9, one)).toBe(false);
    expect(scene.fill(AREA, 1e9, other)).toBe(true);
    expect(other).toEqual(one);
    expect(scene.fill({ firstRow: 0, rows: 60 }, 2e9, one)).toBe(false);
  });

  it("notices that an array is used for other rows", async () => {
    const scene = await openLight("uniform:photons=100,gradientY=1");
    const rows = new Float32Array(80);
    expect(scene.fill({ firstRow: 0, rows: 1 }, 0, rows)).toBe(true);
    expect(rows[0]).toBe(50);
    expect(scene.fill({ firstRow: 59, rows: 1 }, 0, rows)).toBe(true);
    expect(rows[0]).toBe(150);
  });

  it.each([
    [{ firstRow: 0, rows: 60 }, 4799],
    [{ firstRow: 1, rows: 60 }, 4800],
    [{ firstRow: -1, rows: 2 }, 160],
  ])("refuses rows %o with room for %d pixels", async (area, length) => {
    const scene = await openLight("dark");
    const error = await sceneError(() => scene.fill(area, 0, new Float32Array(length)));
    expect(error.message).toContain("rows within 0 to 59 and room for 80 pixels each");
  });
});
