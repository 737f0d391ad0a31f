import { expect, it } from "vitest";
import { openDepthImage } from "../../../sim/scene/depth/depth-scene.ts";
import { shadeDepthImage } from "../../../sim/scene/depth/normals.ts";
import { lookUp } from "../../reference/trace/depth-image.ts";
import { pinhole, repeatable, traced, traceModule } from "./support.ts";

it("the depth image kernel equals its reference, bit for bit, with holes, steps and borders", () => {
  const random = repeatable(99);
  const [width, height] = [37, 29];
  const depthM = Float32Array.from({ length: width * height }, () => {
    const kind = random();
    return kind < 0.15 ? 0 : kind < 0.3 ? 5 + random() : 2 + 0.08 * random();
  });
  const rho = Float32Array.from({ length: width * height }, random);
  const intrinsics = { fx: 31.3, fy: 29.9, cx: 17.7, cy: 14.2 };
  const image = { width, height, depthM, rho, intrinsics };
  const rays = pinhole({ columns: 70, rows: 50, focalPx: 50, raysPerSide: 3 });
  const hits = traced(openDepthImage("test", image, traceModule), rays);

  const { signalRho, ambientRho } = shadeDepthImage(image);
  const planes = { depth: depthM, signal: signalRho, ambient: ambientRho };
  const reference = { width, height, ...intrinsics, ...planes, gapM: 0.03, gapPerM: 0.008 };
  let seen = 0;
  for (let i = 0; i < hits.rangeM.length; i++) {
    const [dx, dy, dz] = rays.directions.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
    const expected = lookUp(reference, dx, dy, dz);
    expect([hits.rangeM[i], hits.signalRho[i], hits.ambientRho[i]]).toEqual(expected);
    if (hits.rangeM[i]! > 0) seen++;
  }
  expect(seen).toBeGreaterThan(0.5 * hits.rangeM.length);
  expect(seen).toBeLessThan(hits.rangeM.length);
});
