// The fit against captures made by the simulator's response: other code than the fit's own.

import { describe, expect, test } from "vitest";
import { fitCaptures } from "../../../host/calibrate/fit-captures.ts";
import { SCALAR_NAMES } from "../../../host/calibrate/fit-parameters.ts";
import { profiledResponse } from "../../../host/calibrate/make-calibration.ts";
import { createShares, ResponseModel } from "../../../host/calibrate/response-model.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { chipDeviation } from "../../../sim/deviation/chip-deviation.ts";
import { delayError } from "../../../sim/deviation/gate-errors.ts";
import { realisedGates } from "../../../sim/roic/gate-edges.ts";
import { SCALE, type SyntheticChip, syntheticCapture } from "./synthetic-captures.ts";

const DISTANCES_M = [1, 3.5, 6, 9, 12, 15];
const [WIDTH, HEIGHT] = [24, 16];

function setupOf(profile: LidarProfile) {
  const { delaysNs, widthsNs } = realisedGates(profile);
  const schedule = {
    periodNs: 1e9 / profile.emitter.repetitionHz,
    gating: profile.gates.gating,
    extinction: profile.gates.extinction,
    delaysNs,
    widthsNs,
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    scale: SCALE,
    schedule,
    profiled: profiledResponse(profile, delaysNs.length),
  };
}

function fitOf(chip: Omit<SyntheticChip, "width" | "height" | "frames" | "amplitudeE">) {
  const size = { width: WIDTH, height: HEIGHT, frames: 16, amplitudeE: 3e5 };
  const captures = DISTANCES_M.map((distanceM) => syntheticCapture({ ...chip, ...size }, distanceM));
  return fitCaptures(captures, setupOf(chip.profile));
}

const PROFILES = ["inas-lidar-64x48", "pbs-lidar-320x240", "inas-lidar-64x48-swept"].map(
  (name) => [name, loadLidarProfile(name)] as const,
);

describe.each(PROFILES)("%s", (_, profile) => {
  test("derivatives of the model are those of its values", () => {
    const { profiled, schedule } = setupOf(profile);
    const gates = schedule.delaysNs.length;
    const parameters = { ...profiled, tailFraction: 0.1 };
    const at = (changes: Partial<typeof parameters>, t0Ns: number) => {
      const shares = createShares(gates);
      new ResponseModel(schedule, { ...parameters, ...changes }).evaluate(t0Ns, shares);
      return shares;
    };
    const step = 1e-5;
    const here = at({}, 33.3);
    for (let k = 0; k < gates; k++) {
      const bySlope = (at({}, 33.3 + step).shares[k]! - here.shares[k]!) / step;
      expect(here.bySlope[k]).toBeCloseTo(bySlope, 5);
      const byWidth = (at({ gateWidthNs: step }, 33.3).shares[k]! - here.shares[k]!) / step;
      expect(here.byWidth[k]).toBeCloseTo(byWidth, 5);
      const moved = parameters.gateDelaysNs.map((delayNs, j) => delayNs + (j === k ? step : 0));
      const byDelay = (at({ gateDelaysNs: moved }, 33.3).shares[k]! - here.shares[k]!) / step;
      expect(here.byDelay[k]).toBeCloseTo(byDelay, 5);
    }
  });

  const swept = profile.gates.gating === "swept-reset";
  const width = swept ? {} : { gateWidthNs: 0.15 };
  const deviation = {
    tauFactor: 1.1,
    pulseNs: -2,
    gateInlNs: 0.2,
    gateStepNs: 0.02,
    offsetNs: 0.7,
    ...width,
  };

  test("finds what deviates within 4 sigma, n = 3072 pixels, and chi-square is that of the noise", () => {
    const { fit, tailChiSquare } = fitOf({ profile, deviation, seed: 3 });
    const truth = {
      tauNs: 1.1 * (profile.detector.fallTimeNs / Math.log(9)),
      pulseWidthNs: profile.emitter.pulseWidthNs - 2,
      gateWidthNs: swept ? 0 : 0.15,
    };
    for (const name of ["tauNs", "pulseWidthNs", "gateWidthNs"] as const) {
      const place = fit.free.indexOf(name);
      const sigma = place < 0 ? 0 : Math.sqrt(fit.covariance[place]![place]!);
      expect(Math.abs(fit.parameters[name] - truth[name]), name).toBeLessThanOrEqual(4 * sigma + 1e-4);
    }
    expect(tailChiSquare).toBeLessThan(25);
    const spread = Math.sqrt(2 / fit.degreesOfFreedom);
    const perDegree = fit.chiSquare / fit.degreesOfFreedom;
    expect(perDegree).toBeLessThan(1 + 5 * spread);
    // A floor of 1e-4 of the signal takes weight from the brightest samples.
    expect(perDegree).toBeGreaterThan(0.5);
  });

  test("delays of gates and time offset together are those of the chip", () => {
    const { fit } = fitOf({ profile, deviation, seed: 4 });
    const error = delayError(profile, chipDeviation(profile, deviation));
    const { delaysNs } = realisedGates(profile);
    // Late gates and an early offset are the same: what counts is their difference.
    delaysNs.forEach((delayNs, k) => {
      const place = fit.free.length + k;
      const offset = fit.free.indexOf("timeOffsetNs");
      const variance =
        fit.covariance[place]![place]! +
        fit.covariance[offset]![offset]! -
        2 * fit.covariance[place]![offset]!;
      const found = fit.parameters.gateDelaysNs[k]! - fit.parameters.timeOffsetNs;
      expect(Math.abs(found - error(delayNs)), `gate ${k}`).toBeLessThan(5 * Math.sqrt(variance) + 2e-4);
    });
  });

  test("what is left of the range is below 1 mm, after 100 mm and more", () => {
    const { after, before } = fitOf({ profile, deviation: { ...deviation, tailFraction: 0.1 }, seed: 5 });
    const largest = (biases: typeof after) => Math.max(...biases.map(({ biasM }) => Math.abs(biasM)));
    expect(largest(before)).toBeGreaterThan(0.1);
    for (const { biasM, sigmaM } of after) expect(Math.abs(biasM)).toBeLessThan(0.001 + 4 * sigmaM);
  });
});

test("a chip as its profile says keeps every value, and no part of the pixels' times is used", () => {
  const profile = loadLidarProfile("inas-lidar-64x48");
  const { fit, times } = fitOf({ profile, deviation: {}, seed: 6 });
  const profiled = profiledResponse(profile, 32);
  for (const name of SCALAR_NAMES) {
    const place = fit.free.indexOf(name);
    const sigma = place < 0 ? 0 : Math.sqrt(fit.covariance[place]![place]!);
    expect(Math.abs(fit.parameters[name] - profiled[name]), name).toBeLessThanOrEqual(4 * sigma);
  }
  const { columns, pixels, rows } = times.tests;
  expect([rows.isUsed, columns.isUsed, pixels.isUsed]).toEqual([false, false, false]);
});

test("times of rows and of pixels are told apart from the response", () => {
  const profile = loadLidarProfile("inas-lidar-64x48");
  const latenessNs = (pixel: number) =>
    0.2 * Math.sin(Math.floor(pixel / WIDTH)) + (pixel % 5 === 0 ? 0.4 : 0);
  const { times } = fitOf({ profile, deviation: { tauFactor: 0.95 }, seed: 7, latenessNs });
  expect(times.tests.rows.isUsed).toBe(true);
  expect(times.tests.pixels.isUsed).toBe(true);
  // A gate that opens late sees the return early.
  const difference = times.pixelsNs[10]! - times.pixelsNs[11]!;
  expect(difference).toBeGreaterThan(-0.5);
  expect(difference).toBeLessThan(-0.3);
});
