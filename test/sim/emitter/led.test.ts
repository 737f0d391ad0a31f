import { describe, expect, it } from "vitest";
import { halfLifeMin } from "../../../hw-profiles/derive/led-ageing.ts";
import { agedLuminance, ledLine, ledPowerW } from "../../../sim/emitter/led.ts";
import { led } from "./sources.ts";

describe("light-emitting diode", () => {
  it("halves in T50, the same by the engine's functions and by the simulator's own", () => {
    for (const start of [100, 1e4, 3e4]) {
      expect(agedLuminance(led, start, 0)).toBe(start);
      expect(agedLuminance(led, start, halfLifeMin(led, start)) / start).toBeCloseTo(0.5, 12);
    }
  });

  it("gives EQE photons an electron: 1 mA of 24.13 % at 517 nm is 0.579 mW", () => {
    expect(ledPowerW(led, 1)).toBeCloseTo(0.2413e-3 * (1239.841984 / 517), 12);
  });

  it("has its full width at half maximum", () => {
    expect(ledLine(led, 517)).toBe(1);
    expect(ledLine(led, 517 + 8.05)).toBeCloseTo(0.5, 9);
    expect(ledLine(led, 517 - 8.05)).toBeCloseTo(0.5, 9);
  });
});
