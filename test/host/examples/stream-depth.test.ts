import { expect, test } from "vitest";
import { nearestPoints } from "../../../host/examples/stream-depth.ts";

test("the example runs and its points are plausible", async () => {
  const points = await nearestPoints("sim:inas-lidar-64x48", 2);
  expect(points.map(({ frame }) => frame)).toEqual([0, 1]);
  for (const { xyzM, sigmaM } of points) {
    expect(Math.hypot(...xyzM)).toBeGreaterThan(0.2);
    expect(Math.hypot(...xyzM)).toBeLessThan(10);
    expect(sigmaM).toBeGreaterThan(0);
  }
});
