import { describe, expect, it } from "vitest";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { rayTable } from "../../../host/geometry/ray-table.ts";
import { labelMixed } from "../../../host/mixed/label-mixed.ts";
import { describe as describePixel } from "../../../host/viewer/panel/pixel-values.ts";
import { FrameModels } from "../../../host/viewer/state/frame-model.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

const [WIDTH, HEIGHT, EDGE] = [64, 48, 31];
const [NEAR_M, FAR_M, SIGMA_M] = [2, 4, 0.003];
const PIXELS = WIDTH * HEIGHT;

/** A plane before another, and a column between them that sees half of each. */
function frame(): DepthFrame {
  const rangeM = Float32Array.from({ length: PIXELS }, (_, i) => {
    const x = i % WIDTH;
    if (x === EDGE) return (NEAR_M + FAR_M) / 2;
    return x < EDGE ? NEAR_M : FAR_M;
  });
  const made = {
    kind: "depth",
    frameNumber: 1,
    width: WIDTH,
    height: HEIGHT,
    rangeM,
    sigmaM: new Float32Array(PIXELS).fill(SIGMA_M),
    amplitudeE: new Float32Array(PIXELS).fill(1e5),
    ambientE: new Float32Array(PIXELS),
    spreadM: new Float32Array(0),
    spreadSigmaM: new Float32Array(0),
    furtherReturns: [],
    flags: new Uint8Array(PIXELS),
  };
  return made as unknown as DepthFrame;
}

const profile = loadLidarProfile("inas-lidar-64x48");
const models = new FrameModels(profile);
const sight = rayTable(profile.optics, WIDTH, HEIGHT);
const PIXEL = 20 * WIDTH + EDGE;

function valuesOf(mixed: boolean, pixel: number): ReadonlyMap<string, string> {
  const shown = mixed ? labelMixed(frame(), sight) : frame();
  return new Map(describePixel(models.make(shown), pixel).map(([name, , text]) => [name, text]));
}

describe("mixed pixels on the page", () => {
  it("are labelled on request, with both surfaces in the inspector", () => {
    const values = valuesOf(true, PIXEL);
    expect(values.get("flags")).toBe("several surfaces");
    expect(values.get("range")).toBe("3.000 m");
    const [near, far] = ["near", "far"].map((name) => values.get(name)!);
    const surface = /^([\d.]+) m ± [\d.]+ \w?m, (\d+) % of the signal$/;
    expect(near).toMatch(surface);
    expect(far).toMatch(surface);
    expect(Number(surface.exec(near!)![1])).toBeCloseTo(NEAR_M, 1);
    expect(Number(surface.exec(far!)![1])).toBeCloseTo(FAR_M, 1);
    expect(Number(surface.exec(near!)![2]) + Number(surface.exec(far!)![2])).toBe(100);
  });

  it("have no surfaces where one is seen", () => {
    const values = valuesOf(true, PIXEL - 10);
    expect(values.get("flags")).toBe("none");
    expect([values.get("near"), values.get("far")]).toEqual(["–", "–"]);
  });

  it("are not told of otherwise", () => {
    expect(valuesOf(false, PIXEL).has("near")).toBe(false);
  });
});
