import { expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { buildResponseTable, responseSpec } from "../../../sim/detector/response.ts";
import { type ChipDeviation, chipDeviation } from "../../../sim/deviation/chip-deviation.ts";
import { scaleAmbient } from "../../../sim/deviation/chip-light.ts";
import { chipResponse } from "../../../sim/deviation/chip-response.ts";
import { delayError } from "../../../sim/deviation/gate-errors.ts";
import { pixelLatenessNs } from "../../../sim/deviation/pixel-lateness.ts";
import { realisedGates } from "../../../sim/roic/gate-edges.ts";

const profile = loadLidarProfile("inas-lidar-64x48");
const commanded = { ...responseSpec(profile), ...realisedGates(profile) };
const NOMINAL_K = 308.15;
const PIXELS = 64 * 48;

function deviating(changes: Partial<ChipDeviation>, temperatureK = NOMINAL_K) {
  return chipResponse(profile, chipDeviation(profile, changes), temperatureK, commanded);
}

test("a chip that deviates in nothing has the response of its profile, bit for bit", () => {
  expect(buildResponseTable(deviating({})).values).toEqual(buildResponseTable(commanded).values);
});

test("each value goes where it belongs", () => {
  const spec = deviating({
    tauFactor: 1.1,
    pulseNs: 2,
    gateWidthNs: 0.3,
    offsetNs: 1,
    tailFraction: 0.1,
    tailTauNs: 90,
  });
  expect(spec.tauNs).toBeCloseTo(1.1 * commanded.tauNs, 9);
  expect(spec.pulseWidthNs).toBe(41);
  expect(spec.widthsNs[5]).toBeCloseTo(15.3, 9);
  expect(spec.delaysNs[5]).toBeCloseTo(commanded.delaysNs[5]! + 1, 9);
  expect([spec.slowFraction, spec.tauSlowNs]).toEqual([0.1, 90]);
});

test("warm film of a hopping mobility is faster, by its activation energy", () => {
  const warm = deviating({ mobilityActivationEv: 0.02 }, NOMINAL_K + 25);
  const expected = Math.exp((0.02 / 8.617333262e-5) * (1 / 333.15 - 1 / 308.15));
  expect(warm.tauNs / commanded.tauNs).toBeCloseTo(expected, 9);
  expect(deviating({}, NOMINAL_K + 25).tauNs).toBe(commanded.tauNs);
});

test("nonlinearity of the delays: its largest magnitude is what was said, it is smooth, and its sign turns over", () => {
  const error = delayError(profile, chipDeviation(profile, { gateInlNs: 0.2 }));
  const turned = delayError(profile, chipDeviation(profile, { gateInlNs: -0.2 }));
  const places = Array.from({ length: 1938 }, (_, i) => -12.5 + 0.1 * i);
  const errors = places.map(error);
  expect(Math.max(...errors.map(Math.abs))).toBeCloseTo(0.2, 4);
  expect(turned(40)).toBeCloseTo(-error(40), 12);
  // Three waves over 194 ns: no steeper than 2 pi 3 / 194 of the sum of their amplitudes.
  const slopes = errors.slice(1).map((value, i) => Math.abs(value - errors[i]!) / 0.1);
  expect(Math.max(...slopes)).toBeLessThan(0.06);
});

test("errors of steps are normal with the spread that was said, and belong to the delay, not to the gate", () => {
  const error = delayError(profile, chipDeviation(profile, { gateStepNs: 0.02 }));
  expect(error(25)).toBe(error(25));
  const n = 4000;
  const errors = Array.from({ length: n }, (_, i) => error(0.3125 * i));
  const rms = Math.sqrt(errors.reduce((sum, value) => sum + value * value, 0) / n);
  // 4 sigma of a spread from n samples: 1 / sqrt(2 n).
  expect(Math.abs(rms / 0.02 - 1)).toBeLessThan(4 / Math.sqrt(2 * n));
});

test("two devices have different delay generators", () => {
  const other = { ...profile, deviceSeed: profile.deviceSeed + 1 };
  const deviation = chipDeviation(profile, { gateInlNs: 0.2 });
  expect(delayError(other, deviation)(50)).not.toBeCloseTo(delayError(profile, deviation)(50), 3);
});

test("lateness: 0 at the driven row, the whole line's at the last one, the pixels' own on top; bands agree", () => {
  const line = chipDeviation(profile, { biasLineNs: 0.3 });
  const area = { firstPixel: 0, count: PIXELS };
  const lateNs = pixelLatenessNs(profile, line, area);
  expect(lateNs[10]).toBe(0);
  expect(lateNs[PIXELS - 1]).toBeCloseTo(0.3, 6);
  expect(lateNs[24 * 64]).toBeCloseTo(0.3 * (24 / 47) * (2 - 24 / 47), 6);
  const scattered = chipDeviation(profile, { pixelNs: 0.05 });
  const whole = pixelLatenessNs(profile, scattered, area);
  const band = pixelLatenessNs(profile, scattered, { firstPixel: 640, count: 64 });
  expect(band).toEqual(whole.slice(640, 704));
  const rms = Math.sqrt(whole.reduce((sum, value) => sum + value * value, 0) / PIXELS);
  expect(Math.abs(rms / 0.05 - 1)).toBeLessThan(4 / Math.sqrt(2 * PIXELS));
});

test("wider gates see more of the sun", () => {
  const ambient = Float32Array.of(1000, 2000);
  scaleAmbient(ambient, profile, chipDeviation(profile, { gateWidthNs: 1.5 }));
  expect(ambient[1]).toBeCloseTo(2200, 2);
});

test.each([
  [{ tauFactor: 0 }, "tauFactor: found 0, expected 0.2 to 5"],
  [{ gateStepNs: -1 }, "gateStepNs: found -1"],
  [{ tailFraction: Number.NaN }, "tailFraction: found NaN"],
  [{ pulseNs: -39 }, "pulseNs: found a length of 0 ns"],
  [{ gateWidthNs: -15 }, "gateWidthNs: found a length of 0 ns"],
])("refuses %j", (changes, text) => {
  expect(() => chipDeviation(profile, changes)).toThrow(text);
});
