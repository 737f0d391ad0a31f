import { describe, expect, it } from "vitest";
import { findMixed } from "../../../host/mixed/find-mixed.ts";
import type { MixedInput, MixedPixels } from "../../../host/mixed/mixed-image.ts";
import { PIXEL_INVALID, PIXEL_SEVERAL } from "../../../hw-profiles/interface/pixel-flags.ts";
import { HEIGHT, plane, SIGHT, type Synthetic, synthetic, type View, WIDTH } from "./synthetic.ts";

const PIXELS = WIDTH * HEIGHT;

function isLabelled(found: MixedPixels, i: number): boolean {
  return (found.flags[i]! & PIXEL_SEVERAL) !== 0;
}

/** Pixels that are clearly mixed: the minor surface gives a tenth of the signal and moves the range by 3 sigma. */
function clearlyMixed({ farM, image, minorShare, nearM }: Synthetic): number[] {
  return Array.from({ length: PIXELS }, (_, i) => i).filter(
    (i) => minorShare[i]! >= 0.1 && minorShare[i]! * (farM[i]! - nearM[i]!) >= 3 * image.sigmaM[i]!,
  );
}

function goodPixels({ image, minorShare }: Synthetic): number[] {
  return Array.from({ length: PIXELS }, (_, i) => i).filter(
    (i) => minorShare[i] === 0 && (image.flags[i]! & PIXEL_INVALID) === 0,
  );
}

function share(pixels: readonly number[], holds: (i: number) => boolean): number {
  return pixels.filter(holds).length / pixels.length;
}

function isResolved({ farM, nearM }: Synthetic, found: MixedPixels, i: number): boolean {
  return (
    Math.abs(found.nearM[i]! - nearM[i]!) <= 3 * found.nearSigmaM[i]! &&
    Math.abs(found.farM[i]! - farM[i]!) <= 3 * found.farSigmaM[i]! &&
    found.nearSigmaM[i]! < 0.2 &&
    found.farSigmaM[i]! < 0.2
  );
}

const ONE_SURFACE: Readonly<Record<string, View>> = {
  "a wall": (u, v) => ({ zM: plane(4)(u, v) }),
  "a wall seen at 70 degrees": (u, v) => ({ zM: plane(4, 2.7)(u, v) }),
  "a floor that runs to 84 degrees": (_, v) => ({ zM: 1.5 / ((v + 60) / 275) }),
  "an inner corner": (u, v) => ({ zM: Math.min(plane(4, 1)(u, v), plane(4, -1)(u, v)) }),
  "an outer corner": (u, v) => ({ zM: Math.max(plane(4, 1)(u, v), plane(4, -1)(u, v)) }),
  "the corner of a room": (u, v) => ({
    zM: Math.min(plane(4, 1.2)(u, v), plane(4, -0.8)(u, v), plane(4, 0, -1.5)(u, v)),
  }),
  "bright and dark stripes": (u, v) => ({
    zM: plane(4, 0.5)(u, v),
    rho: (Math.floor(u / 3) & 1) === 0 ? 0.1 : 0.8,
  }),
};

describe.each(Object.entries(ONE_SURFACE))("%s", (_, view) => {
  it.each([0.003, 0.03])("has no mixed pixel at a sigma of %f m", (sigmaM) => {
    const { image } = synthetic(view, sigmaM);
    const found = findMixed(image, SIGHT);
    // A label by chance is rarer than one pixel in 500.
    expect(found.mixedPixels).toBeLessThanOrEqual(PIXELS / 500);
  });
});

const STEPS: Readonly<Record<string, View>> = {
  "an upright edge": (u, v) => ({ zM: u < 0.3 ? plane(3)(u, v) : plane(4)(u, v) }),
  "a slanted edge": (u, v) => ({ zM: u + 0.4 * v < 0.3 ? plane(3)(u, v) : plane(4)(u, v) }),
  "a slanted edge, near surface ten times brighter": (u, v) =>
    u + 0.7 * v < 0.3 ? { zM: plane(3)(u, v), rho: 0.8 } : { zM: plane(4)(u, v), rho: 0.08 },
  "tilted panels": (u, v) => ({ zM: v - 0.3 * u < 0 ? plane(3, 0.6, 0.3)(u, v) : plane(4, -0.5, 0.2)(u, v) }),
  "a panel before a floor": (u, v) => ({
    zM: u - 0.2 * v < 0 ? plane(2)(u, v) : 1.5 / ((v + 90) / 275),
  }),
  "a disc": (u, v) => ({ zM: Math.hypot(u, v) < 11.3 ? plane(3)(u, v) : plane(4)(u, v) }),
  "a post of three pixels": (u, v) => ({
    zM: Math.abs(u + 0.15 * v) < 1.6 ? plane(3)(u, v) : plane(4)(u, v),
  }),
};

describe.each(Object.entries(STEPS))("%s", (_, view) => {
  it.each([0.003, 0.02])("has its mixed pixels labelled and resolved at a sigma of %f m", (sigmaM) => {
    const scene = synthetic(view, sigmaM);
    const found = findMixed(scene.image, SIGHT);
    const mixed = clearlyMixed(scene);
    expect(mixed.length).toBeGreaterThan(15);
    expect(share(mixed, (i) => isLabelled(found, i))).toBeGreaterThanOrEqual(0.98);
    expect(share(mixed, (i) => isLabelled(found, i) && isResolved(scene, found, i))).toBeGreaterThanOrEqual(
      0.8,
    );
    // One pixel in ten of these small pictures lies beside an edge.
    expect(share(goodPixels(scene), (i) => isLabelled(found, i))).toBeLessThanOrEqual(0.02);
  });
});

describe("a wire of a third of a pixel", () => {
  const view: View = (u, v) => ({ zM: Math.abs(u + 0.1 * v) < 1 / 6 ? plane(3)(u, v) : plane(4)(u, v) });
  const scene = synthetic(view, 0.005);
  const mixed = clearlyMixed(scene);

  it("is labelled; from ranges alone only the surface behind is known", () => {
    const found = findMixed(scene.image, SIGHT);
    expect(share(mixed, (i) => isLabelled(found, i))).toBeGreaterThanOrEqual(0.95);
    const unknown = mixed.filter((i) => found.nearSigmaM[i] === Infinity);
    expect(unknown.length).toBeGreaterThan(0.8 * mixed.length);
    for (const i of unknown) {
      expect(found.nearM[i]).toBe(0);
      expect(Math.abs(found.farM[i]! - scene.farM[i]!)).toBeLessThan(4 * found.farSigmaM[i]!);
    }
    expect(share(goodPixels(scene), (i) => isLabelled(found, i))).toBeLessThanOrEqual(0.01);
  });

  it("has a near depth where the spread of depth is known", () => {
    const spread = Float32Array.from(
      scene.minorShare,
      (p, i) => Math.sqrt(p * (1 - p)) * (scene.farM[i]! - scene.nearM[i]!),
    );
    // Root of a sigma of a quarter of the variance.
    const spreadSigma = spread.map((value) => Math.max(0.02, value / 2));
    const found = findMixed({ ...scene.image, spreadM: spread, spreadSigmaM: spreadSigma }, SIGHT);
    const known = mixed.filter((i) => isLabelled(found, i) && found.nearSigmaM[i]! < Infinity);
    expect(known.length).toBeGreaterThan(0.8 * mixed.length);
    const right = known.filter(
      (i) => Math.abs(found.nearM[i]! - scene.nearM[i]!) <= 3 * found.nearSigmaM[i]!,
    );
    expect(right.length).toBeGreaterThan(0.9 * known.length);
  });
});

describe("a single mixed pixel", () => {
  it("before a wall is labelled", () => {
    const { image } = synthetic((u, v) => ({ zM: plane(4)(u, v) }), 0.005);
    const pixel = 18 * WIDTH + 24;
    image.rangeM[pixel]! -= 0.3;
    const found = findMixed(image, SIGHT);
    expect(isLabelled(found, pixel)).toBe(true);
    expect(found.mixedPixels).toBe(1);
    expect(found.nearSigmaM[pixel]).toBe(Infinity);
    expect(Math.abs(found.farM[pixel]! - 4)).toBeLessThan(0.05);
  });
});

describe("the result", () => {
  const scene = synthetic(STEPS["a slanted edge"]!, 0.01);

  it("leaves everything that was measured as it is, and adds one flag", () => {
    const before = structuredClone(scene.image);
    const found = findMixed(scene.image, SIGHT);
    expect(scene.image).toEqual(before);
    expect(found.mixedPixels).toBeGreaterThan(30);
    expect(Array.from(found.flags, (flags) => flags & ~PIXEL_SEVERAL)).toEqual(Array.from(before.flags));
    expect(findMixed(scene.image, SIGHT)).toEqual(found);
  });

  it("keeps the label of the waveform and gives it the depths of the neighbours", () => {
    const pixel = scene.minorShare.findIndex((p, i) => p > 0.3 && i > 10 * WIDTH);
    const flags = new Uint8Array(PIXELS);
    flags[pixel] = PIXEL_SEVERAL;
    flags[0] = PIXEL_SEVERAL;
    const found = findMixed({ ...scene.image, flags }, SIGHT);
    expect(isLabelled(found, pixel)).toBe(true);
    expect(isLabelled(found, 0)).toBe(true);
    expect(found.nearM[0]).toBe(0);
    expect(Math.abs(found.nearM[pixel]! - scene.nearM[pixel]!)).toBeLessThan(0.1);
  });

  it("works where neighbours are missing, without amplitudes, and at the border", () => {
    const { image } = scene;
    const flags = Uint8Array.from({ length: PIXELS }, (_, i) => (i % 5 === 0 ? 0x01 : 0));
    const found = findMixed({ ...image, flags, amplitudeE: new Float32Array(0) }, SIGHT);
    const mixed = clearlyMixed(scene).filter((i) => flags[i] === 0);
    expect(share(mixed, (i) => isLabelled(found, i))).toBeGreaterThan(0.9);
    for (let i = 0; i < PIXELS; i += 5) expect(found.flags[i]).toBe(0x01);
  });
});

describe("frames without sense", () => {
  const scene = synthetic(STEPS["a slanted edge"]!, 0.01);
  const every = (value: number): Float32Array => new Float32Array(PIXELS).fill(value);
  const cases: Readonly<Record<string, Partial<MixedInput>>> = {
    "no range anywhere": { rangeM: every(0), sigmaM: every(0), flags: new Uint8Array(PIXELS).fill(1) },
    "sigmas that say nothing": { sigmaM: every(Infinity) },
    "sigmas that are no numbers": { sigmaM: every(Number.NaN) },
    "ranges of 0 that claim to be valid": { rangeM: every(0) },
    "spreads that say nothing": { spreadM: every(0), spreadSigmaM: every(0) },
    "spreads without end": { spreadM: every(Infinity), spreadSigmaM: every(Infinity) },
    "amplitudes of 0": { amplitudeE: every(0) },
  };
  it.each(Object.entries(cases))("%s: no number that is none", (_, change) => {
    const found = findMixed({ ...scene.image, ...change }, SIGHT);
    for (const plane of [
      found.probability,
      found.nearM,
      found.farM,
      found.nearSigmaM,
      found.farSigmaM,
      found.nearFraction,
    ])
      expect(plane.some(Number.isNaN)).toBe(false);
    for (const plane of [found.probability, found.nearM, found.farM, found.nearFraction])
      expect(plane.every(Number.isFinite)).toBe(true);
  });

  it("an image of one pixel, of one row, of one column", () => {
    for (const [width, height] of [
      [1, 1],
      [9, 1],
      [1, 9],
    ] as const) {
      const pixels = width * height;
      const image: MixedInput = {
        width,
        height,
        rangeM: Float32Array.from({ length: pixels }, (_, i) => (i < 4 ? 2 : i === 4 ? 2.4 : 3)),
        sigmaM: new Float32Array(pixels).fill(0.01),
        amplitudeE: new Float32Array(0),
        spreadM: new Float32Array(0),
        spreadSigmaM: new Float32Array(0),
        flags: new Uint8Array(pixels),
      };
      const directions = Float32Array.from({ length: 3 * pixels }, (_, i) => (i % 3 === 2 ? 1 : i / 3000));
      const found = findMixed(image, { width, height, directions });
      if (pixels > 1) expect(isLabelled(found, 4)).toBe(true);
    }
  });

  it("lines of sight or planes of another size are refused", () => {
    const other = { ...SIGHT, width: WIDTH - 1 };
    expect(() => findMixed(scene.image, other)).toThrow(/found 47 x 36, expected 48 x 36/);
    const empty = { ...scene.image, rangeM: new Float32Array(0) };
    expect(() => findMixed(empty, SIGHT)).toThrow(
      /rangeM: found 0 values, expected 1728; enable the component/,
    );
  });
});
