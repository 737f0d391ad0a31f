import { PerspectiveCamera, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { framing } from "../../../host/viewer/cloud/framing.ts";
import type { DepthModel } from "../../../host/viewer/state/frame-model.ts";

const ALONG_AXIS = new Vector3(0, 0, -1);

/** A flat wall 2 m ahead, `halfWidthM` and `halfHeightM` to every side of the axis, and one stray point far behind. */
function wall(halfWidthM: number, halfHeightM: number): DepthModel {
  const side = 40;
  const points = new Float32Array(3 * side * side);
  for (let i = 0; i < side * side; i++) {
    const column = (i % side) / (side - 1);
    const row = Math.floor(i / side) / (side - 1);
    points.set([(2 * column - 1) * halfWidthM, (2 * row - 1) * halfHeightM, 2], 3 * i);
  }
  points.set([30, 0, 2], 3 * 17);
  return { points, valid: new Uint8Array(side * side).fill(1) } as unknown as DepthModel;
}

describe("first view", () => {
  const camera = new PerspectiveCamera(60, 1.5, 0.02, 400);

  it.each([
    [3, 1],
    [1, 3],
  ])(
    "has a wall of half width %d m and half height %d m in the picture, in its middle and not far away",
    (x, y) => {
      const found = framing(wall(x, y), camera, ALONG_AXIS);
      const tan = Math.tan(Math.PI / 6);
      const needed = Math.max(x / (1.5 * tan), y / tan);
      expect(found?.target.x).toBeCloseTo(0, 1);
      expect(found?.target.y).toBeCloseTo(0, 1);
      // 99.5 % of the points within each edge, with a margin of 6 %; the stray one does not pull the view away.
      expect(found?.distanceM).toBeGreaterThan(needed);
      expect(found?.distanceM).toBeLessThan(needed * 1.1);
    },
  );

  it("has a wall that lies aslant in the picture, edge to edge", () => {
    const forward = new Vector3(-0.3, -0.2, -1).normalize();
    const model = wall(3, 2);
    const found = framing(model, camera, forward);
    camera.position.copy(found!.target).addScaledVector(forward, -found!.distanceM);
    camera.lookAt(found!.target);
    camera.updateMatrixWorld();
    const corners = [-3, 3].flatMap((x) => [-2, 2].map((y) => new Vector3(x, y, -2).project(camera)));
    const reach = Math.max(...corners.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]));
    expect(reach).toBeLessThan(1.02);
    expect(reach).toBeGreaterThan(0.85);
  });

  it("has no opinion without points", () => {
    const empty = { points: new Float32Array(3), valid: new Uint8Array(1) } as unknown as DepthModel;
    expect(framing(empty, camera, ALONG_AXIS)).toBeUndefined();
  });
});
