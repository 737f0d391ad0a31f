import { expect, it } from "vitest";
import { halfLifeMin, lightLeft } from "../../hw-profiles/derive/led-ageing.ts";
import type { LedProfile } from "../../hw-profiles/device-profile.ts";
import { loadLightSource } from "../../hw-profiles/load/load-part.ts";

const led = loadLightSource("perovskite-led") as LedProfile;

it("T50 is 54 min at 10 000 cd/m2 and falls as the power 1.7 of the luminance: some 2260 h at 100", () => {
  expect(halfLifeMin(led, 10_000)).toBe(54);
  expect(halfLifeMin(led, 5000) / 54).toBeCloseTo(2 ** 1.7, 12);
  expect(halfLifeMin(led, 100) / 60).toBeCloseTo(2261, 0);
});

it("another T50 or factor moves it as the law says", () => {
  const other = { ...led, ageing: { ...led.ageing, t50Min: 80, acceleration: 1 } };
  expect(halfLifeMin(other, 2500)).toBeCloseTo(320, 9);
});

it("leaves half after T50 and a quarter after twice that", () => {
  expect(lightLeft(led, 10_000, 0)).toBe(1);
  expect(lightLeft(led, 10_000, 54)).toBeCloseTo(0.5, 12);
  expect(lightLeft(led, 10_000, 108)).toBeCloseTo(0.25, 12);
});

it("uses the functions that it is given", () => {
  expect(lightLeft(led, 10_000, 54, { exp: () => 7, pow: () => 1 })).toBe(7);
});
