import { describe, expect, it } from "vitest";
import { laserLine, laserOutput } from "../../../sim/emitter/laser.ts";
import { laser } from "./sources.ts";

const nmAt = (fromLineEv: number) => 1239.841984 / (1239.841984 / 1650 + fromLineEv);

describe("pumped laser", () => {
  it("has next to no output below threshold and its slope above", () => {
    const threshold = 430e-6;
    expect(laserOutput(laser, threshold) / threshold).toBeLessThan(1e-4);
    const rise = laserOutput(laser, 3 * threshold) - laserOutput(laser, 2 * threshold);
    expect(rise / threshold).toBeCloseTo(0.05, 12);
  });

  it("narrows from the spontaneous line to its linewidth", () => {
    const half = (drive: number, ev: number) =>
      laserLine(laser, drive, nmAt(ev)) / laserLine(laser, drive, 1650);
    expect(half(0.5, 0.05)).toBeCloseTo(0.5, 6);
    expect(half(2, 0.45e-3)).toBeCloseTo(0.5, 3);
    expect(laserLine(laser, 1, 1650)).toBeCloseTo(1, 12);
  });

  it("puts the same power into the line whatever its width", () => {
    const area = (drive: number) => {
      let sum = 0;
      for (let ev = -0.3; ev < 0.3; ev += 2e-5) sum += laserLine(laser, drive, nmAt(ev)) * 2e-5;
      return sum;
    };
    const ratio = (area(2) / area(1)) * laserOutput(laser, 430e-6);
    expect(ratio / laserOutput(laser, 860e-6)).toBeCloseTo(1, 3);
  });
});
