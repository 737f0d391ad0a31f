import { expect, test } from "vitest";
import { pixelTimes, timeMapNs } from "../../../host/calibrate/pixel-times.ts";
import { Draws } from "../../../sim/random/draws.ts";

const [WIDTH, HEIGHT] = [40, 30];
const PIXELS = WIDTH * HEIGHT;
const SIGMA_NS = 0.02;

function residuals(seed: number, pattern: (pixel: number) => number) {
  const draws = new Draws(seed, 1);
  return {
    timesNs: Float64Array.from({ length: PIXELS }, (_, i) => pattern(i) + SIGMA_NS * draws.normal(i)),
    sigmasNs: new Float64Array(PIXELS).fill(SIGMA_NS),
  };
}

test("of chance alone nothing is used: 100 devices, a threshold of 5 sigma", () => {
  for (let seed = 0; seed < 100; seed++) {
    const { tests } = pixelTimes(
      residuals(seed, () => 0.3),
      WIDTH,
      HEIGHT,
    );
    expect(Object.values(tests).some(({ isUsed }) => isUsed)).toBe(false);
    expect(Math.abs(tests.pixels.f - 1)).toBeLessThan(5 * Math.sqrt(2 / tests.pixels.degreesOfFreedom));
  }
});

test.each([
  ["rows", (pixel: number) => 0.02 * Math.cos(Math.floor(pixel / WIDTH))],
  ["columns", (pixel: number) => 0.02 * Math.cos(pixel % WIDTH)],
] as const)("a pattern of %s below the noise of a pixel is found, and no other", (part, pattern) => {
  const { tests } = pixelTimes(residuals(1, pattern), WIDTH, HEIGHT);
  const used = Object.entries(tests).filter(([, { isUsed }]) => isUsed);
  expect(used.map(([name]) => name)).toEqual([part]);
  // rms of 0.02 cos: 14 ps; 4 sigma of 30 rows of 40 pixels, or the other way round.
  expect(Math.abs(tests[part].spreadNs - 0.02 * Math.SQRT1_2)).toBeLessThan(
    4 * (SIGMA_NS / Math.sqrt(30)) * 0.5,
  );
});

test("the map takes away more than it adds", () => {
  const own = new Draws(9, 2);
  const pattern = (pixel: number) => 0.015 * own.normal(pixel);
  const found = pixelTimes(residuals(2, pattern), WIDTH, HEIGHT);
  expect(found.tests.pixels.isUsed).toBe(true);
  const map = timeMapNs(found);
  const rms = (left: (pixel: number) => number) =>
    Math.sqrt(
      Array.from({ length: PIXELS }, (_, i) => left(i) ** 2).reduce((sum, square) => sum + square, 0) /
        PIXELS,
    );
  // Shrunk by 1 - 1/F the residue is s n / sqrt(s^2 + n^2) of signal s and noise n; taken as they are: n, which is more than s.
  const expected = (0.015 * SIGMA_NS) / Math.hypot(0.015, SIGMA_NS);
  expect(rms((i) => pattern(i) - map[i]!) / expected).toBeLessThan(1.08);
});

test("a pixel of which nothing is known gets no time of its own", () => {
  const known = residuals(3, (pixel) => (pixel % 2 === 0 ? 0.2 : -0.2));
  known.timesNs[77] = 5;
  known.sigmasNs[77] = Infinity;
  expect(pixelTimes(known, WIDTH, HEIGHT).pixelsNs[77]).toBe(0);
});
