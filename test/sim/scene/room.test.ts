import { describe, expect, it } from "vitest";
import { movingSolids } from "../../../sim/scene/room/movement.ts";
import { RoomScene } from "../../../sim/scene/room/room-scene.ts";
import { ball, box } from "../../../sim/scene/room/solid.ts";
import type { ChangedPixels, RayBundle, RayHits } from "../../../sim/scene/scene.ts";
import { emptyHits, open, pinhole, SMALL, sceneError, traced, traceModule } from "./support.ts";

const FRAME_NS = 35.7e6;
const ODD = { ...SMALL, columns: 77, raysPerSide: 3 };

function pixelsOf(changed: ChangedPixels): Set<number> {
  const pixels = new Set<number>();
  for (let i = 0; i < changed.runs.length; i += 2) {
    for (let k = 0; k < changed.runs[i + 1]!; k++) pixels.add(changed.runs[i]! + k);
  }
  expect(pixels.size).toBe(changed.pixelCount);
  return pixels;
}

function differing(rays: RayBundle, a: RayHits, b: RayHits): Set<number> {
  const pixels = new Set<number>();
  a.rangeM.forEach((_, i) => {
    const same =
      a.rangeM[i] === b.rangeM[i] && a.signalRho[i] === b.signalRho[i] && a.ambientRho[i] === b.ambientRho[i];
    if (!same) pixels.add(Math.floor(i / rays.raysPerPixel));
  });
  return pixels;
}

describe("room", () => {
  it("fills the field with surfaces between 0.8 and 8 m that send light back", async () => {
    const hits = traced(await open("room"), pinhole(SMALL));
    for (let i = 0; i < hits.rangeM.length; i++) {
      expect(hits.rangeM[i]).toBeGreaterThan(0.8);
      expect(hits.rangeM[i]).toBeLessThan(8);
      expect(hits.signalRho[i]).toBeGreaterThanOrEqual(0);
      expect(Math.max(hits.signalRho[i]!, hits.ambientRho[i]!)).toBeLessThanOrEqual(1);
    }
  });

  for (const lens of [SMALL, ODD]) {
    it(`moves, and names exactly the pixels that changed (${lens.columns} columns)`, async () => {
      const scene = await open("room");
      const rays = pinhole(lens);
      const hits = emptyHits(rays);
      expect(scene.moving).toBe(true);
      expect([...scene.trace(rays, 0, hits).runs]).toEqual([0, lens.columns * lens.rows]);
      for (const frame of [1, 2, 40, 3, 1000, 1001]) {
        const before = {
          rangeM: hits.rangeM.slice(),
          signalRho: hits.signalRho.slice(),
          ambientRho: hits.ambientRho.slice(),
        };
        const changed = scene.trace(rays, frame * FRAME_NS, hits);
        const fresh = traced(await open("room"), rays, frame * FRAME_NS);
        expect(hits).toEqual(fresh);
        expect(pixelsOf(changed)).toEqual(differing(rays, before, fresh));
        expect(changed.pixelCount).toBeGreaterThan(0);
        expect(changed.pixelCount).toBeLessThan(0.3 * lens.columns * lens.rows);
      }
      expect(scene.trace(rays, 1001 * FRAME_NS, hits).pixelCount).toBe(0);
    });

    it(`gives the same hits in bands (${lens.columns} columns)`, async () => {
      const whole = traced(await open("room"), pinhole(lens), 3 * FRAME_NS);
      const scene = await open("room");
      const perRow = lens.columns * lens.raysPerSide ** 2;
      for (const [first, end] of [
        [0, 7],
        [7, 31],
        [31, lens.rows],
      ] as const) {
        const band = pinhole(lens, first, end);
        traced(scene, band, 0);
        const hits = traced(scene, band, 3 * FRAME_NS);
        expect(hits.rangeM).toEqual(whole.rangeM.slice(first * perRow, end * perRow));
        expect(hits.signalRho).toEqual(whole.signalRho.slice(first * perRow, end * perRow));
        expect(hits.ambientRho).toEqual(whole.ambientRho.slice(first * perRow, end * perRow));
      }
    });
  }

  it("fills other hits of a known bundle completely", async () => {
    const scene = await open("room");
    const rays = pinhole(SMALL);
    const first = traced(scene, rays, FRAME_NS);
    const second = emptyHits(rays);
    expect(scene.trace(rays, FRAME_NS, second).pixelCount).toBe(SMALL.columns * SMALL.rows);
    expect(second).toEqual(first);
  });

  it("refuses hits that do not fit the bundle", async () => {
    const scene = await open("room");
    const error = await sceneError(() => scene.trace(pinhole(SMALL), 0, emptyHits(pinhole(SMALL, 0, 5))));
    expect(error.message).toContain("80 x 60 x 4 = 19200");
  });
});

describe("movement", () => {
  it("keeps the number of solids and stays in the room", () => {
    const count = movingSolids(0).length;
    for (let timeS = 0; timeS < 20; timeS += 0.37) {
      const solids = movingSolids(timeS * 1e9);
      expect(solids.length).toBe(count);
      for (const { shape } of solids) {
        if (shape.kind !== "capsule") continue;
        expect(Math.max(shape.from[1], shape.to[1]) + shape.radius).toBeLessThan(1.3 + 0.11);
        expect(Math.abs(shape.from[0])).toBeLessThan(2.3);
      }
    }
  });

  it("an object that nears the camera's plane still covers all that it covers", () => {
    const wall = box({ rho: 0.5 }, [0, 0, 5], [20, 20, 0.1]);
    const at = (timeNs: number) => [ball({ rho: 0.9 }, [0.3, 0, timeNs * 1e-9], 0.4)];
    const worldFromCamera = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    const plan = { still: [wall], movingAt: at, worldFromCamera };
    const scene = new RoomScene("test", traceModule, plan);
    const rays = pinhole(SMALL);
    const hits = emptyHits(rays);
    for (const timeS of [3, 1, 0.45, 0.2, -3, 0.5]) {
      scene.trace(rays, timeS * 1e9, hits);
      expect(hits).toEqual(traced(new RoomScene("fresh", traceModule, plan), rays, timeS * 1e9));
    }
    expect(Math.min(...hits.rangeM)).toBeLessThan(0.4);
  });
});
