import { describe, expect, it } from "vitest";
import { RoomScene } from "../../../sim/scene/room/room-scene.ts";
import { ball, box, capsule, frustum, type Solid, yawed } from "../../../sim/scene/room/solid.ts";
import { open, pinhole, SMALL, single, traced, traceModule } from "./support.ts";

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];
const WHITE = { rho: 1 };

function only(solid: Solid): RoomScene {
  return new RoomScene("test", traceModule, {
    still: [solid],
    movingAt: () => [],
    worldFromCamera: IDENTITY,
  });
}

/** Light of sun and sky on a surface with the normal (x, y, z), written out from what light.ts declares. */
function ambient(x: number, y: number, z: number): number {
  return 0.3 + 0.7 * Math.max(0, (2 * x - 6 * y - 3 * z) / 7);
}

describe("one ray, one solid, worked out by hand", () => {
  it("sphere: head on, and at half its radius", () => {
    const scene = only(ball(WHITE, [0, 0, 3], 1));
    const hits = traced(scene, single([0, 0, 1], [1, 0, Math.sqrt(35)], [0, 1, 1]));
    expect(hits.rangeM[0]).toBeCloseTo(2, 5);
    expect(hits.signalRho[0]).toBeCloseTo(1, 5);
    expect(hits.ambientRho[0]).toBeCloseTo(ambient(0, 0, -1), 5);
    // sin = 1/6: the ray passes the centre at 0.5; t = 3 cos - sqrt(1 - 0.25), cosine of incidence sqrt(0.75).
    expect(hits.rangeM[1]).toBeCloseTo(3 * Math.sqrt(35 / 36) - Math.sqrt(0.75), 5);
    expect(hits.signalRho[1]).toBeCloseTo(Math.sqrt(0.75), 5);
    expect(hits.rangeM[2]).toBe(0);
  });

  it("box: front face, side face of a turned box, and a miss", () => {
    const flat = traced(
      only(box({ rho: 0.5 }, [0, 0, 3], [2, 2, 2])),
      single([0, 0, 1], [0.2, 0.1, 1], [1.1, 0, 1]),
    );
    expect(flat.rangeM[0]).toBeCloseTo(2, 5);
    expect(flat.rangeM[1]).toBeCloseTo(2 * Math.sqrt(1.05), 5);
    expect(flat.signalRho[1]).toBeCloseTo(0.5 / Math.sqrt(1.05), 5);
    expect(flat.rangeM[2]).toBe(0);
    // Turned by 45 degrees, its edge is at z = 3 - sqrt(2): faces fall away at 45 degrees.
    const turned = traced(only(box(WHITE, [0, 0, 3], [2, 2, 2], yawed(Math.PI / 4))), single([0.1, 0, 1]));
    const z = (3 - Math.SQRT2) / (1 - 0.1);
    expect(turned.rangeM[0]).toBeCloseTo(z * Math.sqrt(1.01), 5);
    expect(turned.signalRho[0]).toBeCloseTo((1 - 0.1) / Math.SQRT2 / Math.sqrt(1.01), 5);
    const side = Math.SQRT1_2;
    expect(turned.ambientRho[0]).toBeCloseTo(ambient(side, 0, -side), 5);
  });

  it("capsule: tube and end", () => {
    const scene = only(capsule(WHITE, [-1, 0, 3], [1, 0, 3], 0.5));
    const hits = traced(scene, single([0, 0, 1], [1.25, 0, 2.9], [1.6, 0, 3]));
    expect(hits.rangeM[0]).toBeCloseTo(2.5, 5);
    // Beyond the end: the sphere around (1, 0, 3).
    const norm = Math.hypot(1.25, 2.9);
    const foot = (1.25 * 1 + 2.9 * 3) / norm;
    expect(hits.rangeM[1]).toBeCloseTo(foot - Math.sqrt(0.25 - (10 - foot * foot)), 4);
    expect(hits.rangeM[2]).toBe(0);
  });

  it("frustum: mantle of a cylinder, its lid, and a cone", () => {
    const cylinder = only(frustum(WHITE, [0, 1, 3], 2, 0.5));
    const hits = traced(cylinder, single([0, 0, 1], [0, -0.5, 1]));
    expect(hits.rangeM[0]).toBeCloseTo(2.5, 5);
    expect(hits.rangeM[1]).toBe(0);
    // From above: y = 1 is met at z = 3.
    const low = traced(only(frustum(WHITE, [0, 2, 3], 1, 0.5)), single([0, 1, 3]));
    expect(low.rangeM[0]).toBeCloseTo(Math.sqrt(10), 5);
    expect(low.signalRho[0]).toBeCloseTo(1 / Math.sqrt(10), 5);
    expect(low.ambientRho[0]).toBeCloseTo(ambient(0, -1, 0), 5);
    // Radius 1 at the bottom, 0.5 at the top, 0.75 in the middle; the mantle leans by atan(1/4).
    const cone = traced(only(frustum(WHITE, [0, 1, 3], 2, 1, 0.5)), single([0, 0, 1]));
    expect(cone.rangeM[0]).toBeCloseTo(2.25, 5);
    expect(cone.signalRho[0]).toBeCloseTo(1 / Math.hypot(1, 0.25), 5);
  });
});

describe("wall", () => {
  it("is flat at z = range", async () => {
    const rays = pinhole(SMALL);
    const hits = traced(await open("wall:range=3,rho=0.4"), rays);
    hits.rangeM.forEach((range, i) => {
      expect(range * rays.directions[3 * i + 2]!).toBeCloseTo(3, 5);
      expect(hits.signalRho[i]).toBeCloseTo(0.4 * rays.directions[3 * i + 2]!, 6);
    });
  });

  it("turns about the vertical", async () => {
    const hits = traced(await open("wall:range=3,tilt=30"), single([0, 0, 1], [0.2, 0.3, 1]));
    expect(hits.rangeM[0]).toBeCloseTo(3, 5);
    expect(hits.signalRho[0]).toBeCloseTo(0.5 * Math.cos(Math.PI / 6), 6);
    // Points with -sin x + cos z = 3 cos, for x = 0.2 z.
    const z = 3 / (1 - 0.2 * Math.tan(Math.PI / 6));
    expect(hits.rangeM[1]).toBeCloseTo(z * Math.hypot(0.2, 0.3, 1), 5);
  });

  it("sweeps the radial range over the columns, one range a pixel, and says what a chart pixel collects", async () => {
    const scene = await open("wall:range=1,to=9,electrons=1e5,ambient=0.5,rho=0.3");
    expect(scene.chart).toEqual({ electrons: 1e5, ambientRatio: 0.5 });
    const rays = pinhole(SMALL, 10, 12);
    const hits = traced(scene, rays);
    hits.rangeM.forEach((range, i) => {
      const column = Math.floor(i / 4) % SMALL.columns;
      expect(range).toBe(Math.fround(1 + (8 * column) / (SMALL.columns - 1)));
    });
    expect(new Set(hits.signalRho)).toEqual(new Set([Math.fround(0.3)]));
  });
});
