import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cloudImage } from "../../../sim/scene/depth/open-pcd.ts";
import { readPcd } from "../../../sim/scene/pcd/read-pcd.ts";
import { emptyHits, open, pinhole, traced } from "./support.ts";

const OFFICE = fileURLToPath(new URL("../../../../shared/data/office1.pcd", import.meta.url));
const absent = !existsSync(OFFICE);
if (absent) process.stderr.write(`skipped: no real scan at ${OFFICE}\n`);

describe.skipIf(absent)("a real scan: office1.pcd, Kinect, 640 x 480", () => {
  it("decodes with the known share of valid points, depths and intrinsics", () => {
    const cloud = readPcd(OFFICE, readFileSync(OFFICE));
    const image = cloudImage(OFFICE, cloud);
    const valid = image.depthM.filter((z) => z > 0).sort();
    expect([image.width, image.height]).toEqual([640, 480]);
    expect(valid.length / image.depthM.length).toBeCloseTo(0.828, 3);
    expect(valid[0]).toBeCloseTo(1.833, 3);
    expect(valid.at(-1)).toBeCloseTo(5.364, 3);
    expect(image.intrinsics.fx).toBeCloseTo(525, 2);
    expect(image.intrinsics.fy).toBeCloseTo(525, 2);
    expect(image.intrinsics.cx).toBeCloseTo(320, 2);
    expect(image.intrinsics.cy).toBeCloseTo(240, 2);
  });

  it("rays through its own pixels meet its own points", async () => {
    const cloud = readPcd(OFFICE, readFileSync(OFFICE));
    const scene = await open(OFFICE);
    // Pixel centres of this camera lie at (column + 0.5 - 320) / 525: half a pixel off the scan's, so halfway between.
    const rays = pinhole({ columns: 640, rows: 480, focalPx: 525, raysPerSide: 1 });
    const hits = traced(scene, rays);
    let compared = 0;
    for (let row = 0; row < 479; row++) {
      for (let column = 0; column < 639; column++) {
        const at = row * 640 + column;
        const corners = [at, at + 1, at + 640, at + 641].map((i) => cloud.z[i]!);
        const spread = Math.max(...corners) - Math.min(...corners);
        if (!(spread < 0.05)) continue;
        const mean = (corners[0]! + corners[1]! + corners[2]! + corners[3]!) / 4;
        expect(Math.abs(hits.rangeM[at]! * rays.directions[3 * at + 2]! - mean)).toBeLessThan(2e-4);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(0.6 * 640 * 480);
  });

  it("stands still: one trace, then no change", async () => {
    const scene = await open(OFFICE);
    const rays = pinhole({ columns: 40, rows: 30, focalPx: 34, raysPerSide: 2 });
    const hits = traced(scene, rays);
    expect(scene.moving).toBe(false);
    expect(scene.trace(rays, 1e9, hits).pixelCount).toBe(0);
    const others = emptyHits(rays);
    expect(scene.trace(rays, 2e9, others).pixelCount).toBe(1200);
    expect(others).toEqual(hits);
    for (let i = 0; i < hits.rangeM.length; i++) {
      expect(hits.signalRho[i]).toBeLessThanOrEqual(0.8);
      expect(hits.rangeM[i]! > 0).toBe(hits.signalRho[i]! > 0);
    }
  });
});
