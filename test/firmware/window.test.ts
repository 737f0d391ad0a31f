// Returns about both ends of the range window: what lies beyond must be flagged, what lies inside must not, but for noise.
// 500 pixels a cell, fixed seeds.
import { describe, expect, it } from "vitest";
import { GATING_SWEPT_RESET } from "../../hw-profiles/interface/memory-map.ts";
import {
  PIXEL_INVALID,
  PIXEL_MISFIT,
  PIXEL_NO_RETURN,
  PIXEL_WINDOW,
} from "../../hw-profiles/interface/pixel-flags.ts";
import {
  type ExposedPixel,
  expose,
  HALF_LIGHT_M_PER_NS,
  light,
  shareWith,
} from "./support/exposed-pixels.ts";
import { INAS_PARAMETERS, type Parameters } from "./support/parameter-block.ts";

/** Windows whose near end lies after the first gates, so that a return before it is seen. */
const NEAR_END_NS = 20;
const WINDOW = { t0MinNs: NEAR_END_NS, t0MaxNs: INAS_PARAMETERS.t0MaxNs };
const WRONG_SIGMAS = 3;
/** 0.27 % lie beyond 3 sigma by chance: 1.35 of 500, and 4 standard errors of that. */
const WRONG_MOST = 6;

const SENSORS: readonly (readonly [string, Partial<Parameters>])[] = [
  ["InAs", WINDOW],
  ["PbS", { ...WINDOW, responseTauNs: 113.8 }],
  ["swept reset", { ...WINDOW, gating: GATING_SWEPT_RESET, pulsesPerGate: 1 }],
];
/** End of the window, and which way is out. */
const ENDS = [
  ["near", WINDOW.t0MinNs, -1],
  ["far", WINDOW.t0MaxNs, 1],
] as const;
/** Amplitude and background, electrons: faint, faint under ambient, strong. */
const LIGHTS = [
  [1500, 200],
  [4000, 4000],
  [20_000, 200],
] as const;

const CELLS = SENSORS.flatMap(([sensor, change]) =>
  ENDS.flatMap(([end, endNs, outwards]) =>
    LIGHTS.map(([amplitudeE, backgroundE]) => {
      const name = `${sensor}, ${end} end, ${amplitudeE} e- on ${backgroundE} e-`;
      const look = (beyondM: number, seed: number): ExposedPixel[] => {
        const t0Ns = endNs + (outwards * beyondM) / HALF_LIGHT_M_PER_NS;
        return expose(light({ ...INAS_PARAMETERS, ...change }, amplitudeE, t0Ns), seed, change, backgroundE);
      };
      const trueM = (beyondM: number): number => endNs * HALF_LIGHT_M_PER_NS + outwards * beyondM;
      return [name, { look, trueM }] as const;
    }),
  ),
);

function wrongAndNotFlagged(pixels: readonly ExposedPixel[], trueM: number): number {
  const trusted = pixels.filter(({ flags }) => (flags & (PIXEL_INVALID | PIXEL_WINDOW | PIXEL_MISFIT)) === 0);
  return trusted.filter(({ rangeM, sigmaM }) => Math.abs(rangeM - trueM) > WRONG_SIGMAS * sigmaM).length;
}

function withRange({ flags }: ExposedPixel): boolean {
  return (flags & PIXEL_INVALID) === 0;
}

function meanSigmaM(pixels: readonly ExposedPixel[]): number {
  const found = pixels.filter(withRange);
  return found.reduce((sum, { sigmaM }) => sum + sigmaM, 0) / found.length;
}

describe.each(CELLS)("%s", (_, { look, trueM }) => {
  it.each([0.2, 0.5, 1, 2, 5])("a return %s m beyond is not passed on as a good range", (beyondM) => {
    const pixels = look(beyondM, 80);
    expect(wrongAndNotFlagged(pixels, trueM(beyondM))).toBeLessThanOrEqual(WRONG_MOST);
  });

  it("a return far beyond has the flag or no range", () => {
    expect(shareWith(look(5, 81), PIXEL_WINDOW | PIXEL_NO_RETURN)).toBeGreaterThan(0.99);
  });

  // A normal error of the estimate passes the end in these shares of the pixels.
  it.each([
    [-2, 0.0228],
    [-1, 0.1587],
    [1, 0.8413],
    [2, 0.9772],
  ])("%s sigma beyond, as many pixels are flagged as noise demands", (sigmas, expected) => {
    const sigmaM = meanSigmaM(look(0, 82));
    const found = look(sigmas * sigmaM, 83).filter(withRange);
    const spread = 4 * Math.sqrt((expected * (1 - expected)) / found.length);
    expect(Math.abs(shareWith(found, PIXEL_WINDOW) - expected)).toBeLessThan(spread);
  });
});
