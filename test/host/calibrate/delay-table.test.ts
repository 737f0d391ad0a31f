import { expect, test } from "vitest";
import { delayTable } from "../../../host/calibrate/delay-table.ts";
import type { GlobalFit } from "../../../host/calibrate/global-fit.ts";

function fitWith(gateDelaysNs: readonly number[]): GlobalFit {
  const parameters = {
    tauNs: 30,
    pulseWidthNs: 39,
    tailFraction: 0,
    tailTauNs: 300,
    timeOffsetNs: 0,
    gateWidthNs: 0,
    gateDelaysNs,
  };
  const covariance = gateDelaysNs.map((_, i) => gateDelaysNs.map((_, j) => (i === j ? 1e-4 : 0)));
  return { parameters, free: [], covariance, chiSquare: 0, degreesOfFreedom: 1 };
}

test("gates that are equally far apart are the points of the table, in the order of their delays", () => {
  const table = delayTable([10, 0, 20], fitWith([0.1, -0.05, 0.2]));
  expect(table).toEqual({
    startNs: 0,
    stepNs: 10,
    correctionsNs: [-0.05, 0.1, 0.2],
    sigmasNs: [0.01, 0.01, 0.01],
  });
});

test("other gates are interpolated onto as many points as the device takes", () => {
  const { correctionsNs, startNs, stepNs } = delayTable([0, 1, 63], fitWith([0, 0.1, 0.72]));
  expect([startNs, stepNs, correctionsNs.length]).toEqual([0, 1, 64]);
  expect(correctionsNs[1]).toBeCloseTo(0.1, 9);
  expect(correctionsNs[32]).toBeCloseTo(0.1 + (0.62 * 31) / 62, 3);
  expect(correctionsNs[63]).toBeCloseTo(0.72, 9);
});

test("planes that share a delay are one point of the axis", () => {
  const { correctionsNs } = delayTable([0, 10, 10, 20], fitWith([0, 0.1, 0.1, 0.2]));
  expect(correctionsNs[0]).toBeCloseTo(0, 9);
  expect(correctionsNs.at(-1)).toBeCloseTo(0.2, 9);
});
