import { expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { photonEnergyJ } from "../../../sim/light/constants.ts";
import { eqeAtBias } from "../../../sim/light/eqe.ts";
import { ambientElectronsPerSecond, signalElectronsPerPulse } from "../../../sim/light/link-budget.ts";

const profile = loadLidarProfile("inas-lidar-320x240");

/** Relative agreement; the numbers below were computed by hand from the profile's values. */
function close(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-9);
}

test("a photon of 940 nm carries 0.2113 aJ", () => {
  close(photonEnergyJ(940), 2.11324027356269e-19);
});

test("a pulse of 300 W x 39 ns brings 1413.1 electrons from a white target at 1 m", () => {
  // 0.36 * 0.9 * (11.7 uJ / h nu) / 76800 * (5.5 mm)^2 / 4 * 0.8
  close(signalElectronsPerPulse(profile), 1413.1105794541409);
});

test("full sun brings 1.122e9 electrons a second from a white surface", () => {
  // 0.36 * 0.9 / h nu * (0.305 * 30 / pi) * (pi (5.5 mm)^2 / 4) * (20 um / 5.5 mm)^2 * 0.8
  close(ambientElectronsPerSecond(profile, 1), 1122295476.605511);
  close(ambientElectronsPerSecond(profile, 0.02), 0.02 * 1122295476.605511);
});

test("the signal falls with the square of the f-number and the number of pixels", () => {
  const slow = { ...profile, optics: { ...profile.optics, fNumber: 2 } };
  close(signalElectronsPerPulse(slow), 1413.1105794541409 / 4);
  const half = { ...profile, array: { ...profile.array, heightPx: 120 } };
  close(signalElectronsPerPulse(half), 1413.1105794541409 * 2);
});

test("EQE lies on the lines between the cited points and holds beyond them", () => {
  const points = [
    { biasV: -1, eqe: 0.36 },
    { biasV: 0, eqe: 0.18 },
  ];
  expect(eqeAtBias(points, -1)).toBe(0.36);
  expect(eqeAtBias(points, 0)).toBe(0.18);
  expect(eqeAtBias(points, -0.25)).toBeCloseTo(0.225, 12);
  expect(eqeAtBias(points, -3)).toBe(0.36);
  expect(eqeAtBias(points, 1)).toBe(0.18);
  expect(() => eqeAtBias([], 0)).toThrow(/at least one/);
});
