import { expect, test } from "vitest";
import { captureTarget } from "../../../host/calibrate/capture-target.ts";
import { makeCalibration } from "../../../host/calibrate/make-calibration.ts";
import { requireCaptures, requireDistances } from "../../../host/calibrate/require-captures.ts";
import { TargetGeometry, type TargetRegion } from "../../../host/calibrate/target-geometry.ts";
import { openCamera } from "../../../host/open-camera.ts";
import type { SimTransportOptions } from "../../../host/transport/open-transport.ts";
import { captured, DEVICE, exampleProfile } from "./example-calibration.ts";

async function capture(simulation: SimTransportOptions, distanceM: number, region?: TargetRegion) {
  const { camera } = await openCamera(DEVICE, { simulation });
  try {
    const { saturationDn } = await camera.info();
    const geometry = new TargetGeometry(exampleProfile, region);
    return await captureTarget(camera, { distanceM, frames: 2, geometry, saturationDn });
  } finally {
    await camera.close();
  }
}

test("a near target gets fewer pulses, a far one more, and no sample saturates", async () => {
  const near = await capture({ scene: "wall:range=0.4" }, 0.4);
  const far = await capture({ scene: "wall:range=12" }, 12);
  expect(near.pulsesPerGate).toBeLessThan(200);
  expect(far.pulsesPerGate).toBeGreaterThan(500);
  const gates = 32;
  for (const { frames, sumsDn, usable } of [near, far]) {
    expect(frames).toBe(2);
    for (let i = 0; i < sumsDn.length; i++) {
      if (usable[i % (sumsDn.length / gates)] === 1) expect(sumsDn[i]).toBeLessThan(2 * 3680);
    }
  }
});

test("known ranges are those of a plane across the axis, and defects are left out", async () => {
  const { rangesM, usable } = await capture({ scene: "wall:range=3" }, 3);
  expect(rangesM[24 * 64 + 32]).toBeCloseTo(3, 2);
  expect(rangesM[0]).toBeGreaterThan(3.5);
  const left = usable.reduce((sum, is) => sum + is, 0);
  expect(left).toBeGreaterThan(3040);
  expect(left).toBeLessThan(3072);
});

test("footprints of pixels are narrow on the axis and widen towards the corners", () => {
  const geometry = new TargetGeometry(exampleProfile);
  const [rangesM, footprintsNs2] = [geometry.rangesM(10), geometry.footprintsNs2(10)];
  expect(footprintsNs2[23 * 64 + 31]).toBeLessThan(1e-4);
  const nsPerM = 2 / 0.299792458;
  const corner = ((rangesM[1]! - rangesM[0]!) * nsPerM) ** 2 + ((rangesM[64]! - rangesM[0]!) * nsPerM) ** 2;
  expect(footprintsNs2[0]! / (corner / 12)).toBeCloseTo(1, 3);
});

test("a region keeps the pixels outside of it out", async () => {
  const region = { rows: { first: 10, end: 20 }, columns: { first: 4, end: 12 } };
  const { usable } = await capture({ scene: "wall:range=3" }, 3, region);
  expect(usable.reduce((sum, is) => sum + is, 0)).toBeLessThanOrEqual(80);
  expect(usable[9 * 64 + 5]).toBe(0);
});

test.each([
  [{ scene: "wall:range=30" }, 30, "found a distance of 30 m, expected one within the range window"],
  [{ scene: "wall:range=5" }, 3, "found one near 5."],
  [{ scene: "wall:range=3,rho=0" }, 3, "is there a target?"],
  [{ scene: "wall:range=3,electrons=1e9" }, 3, "found saturated samples at 1 pulses a gate"],
])("%j at %d m is refused", async (simulation, distanceM, text) => {
  await expect(capture(simulation, distanceM)).rejects.toThrow(text);
});

test("a region outside of the array is refused", () => {
  const region = { rows: { first: 40, end: 60 } };
  expect(() => new TargetGeometry(exampleProfile, region)).toThrow("target rows: found 40 to 60");
});

test.each([
  [[1, 2], "found 2 different ones, expected at least 3"],
  [[1, 1, 1, 1], "found 1 different ones"],
  [[1, 1.5, 2], "found 1.00 m from the nearest to the farthest"],
])("distances %j are too few or too close", (distancesM, text) => {
  expect(() => requireDistances(distancesM)).toThrow(text);
});

test("captures of a chip that warms up are refused", async () => {
  const { captures, info } = await captured({}, [1, 3, 5]);
  const warmed = captures.map((each, i) => ({ ...each, temperatureC: 35 + 3 * i }));
  expect(() => requireCaptures(warmed)).toThrow("found 6.0 K between captures");
  expect(() => makeCalibration(warmed, exampleProfile, info)).toThrow("let the chip warm up");
});
