// What the flags say, over seeded random pixels of known content.
import { describe, expect, it } from "vitest";
import * as Flags from "../../hw-profiles/interface/pixel-flags.ts";
import { expose, HALF_LIGHT_M_PER_NS, light, shareWith } from "./support/exposed-pixels.ts";
import { INAS_PARAMETERS } from "./support/parameter-block.ts";

describe("flags", () => {
  const none = light(INAS_PARAMETERS, 0, 50);

  it("background alone is no return: none of 500 passes 4.5 sigma, and no range is given", () => {
    const pixels = expose(none, 70);
    expect(shareWith(pixels, Flags.PIXEL_NO_RETURN)).toBe(1);
    expect(pixels.every((pixel) => pixel.rangeM === 0 && pixel.sigmaM === 0)).toBe(true);
  });

  it("a good return carries no flag, but for a misfit by chance: chi-square of 29 passes 58 once in 1000", () => {
    const pixels = expose(light(INAS_PARAMETERS, 40_000, 50), 71);
    expect(shareWith(pixels, Flags.PIXEL_MISFIT)).toBeLessThan(0.01);
    expect(shareWith(pixels, 0xff & ~Flags.PIXEL_MISFIT)).toBe(0);
  });

  it("a return between the two thresholds is low signal, not missing", () => {
    const pixels = expose(light(INAS_PARAMETERS, 900, 50), 72);
    const low = shareWith(pixels, Flags.PIXEL_LOW_SIGNAL);
    expect(low).toBeGreaterThan(0.3);
    expect(shareWith(pixels, Flags.PIXEL_NO_RETURN)).toBeLessThan(1 - low);
  });

  it("saturated gates are left out of the fit: flagged, and still right within sigma", () => {
    const pixels = expose(light(INAS_PARAMETERS, 1_500_000, 50), 73);
    expect(shareWith(pixels, Flags.PIXEL_SATURATED)).toBe(1);
    expect(shareWith(pixels, Flags.PIXEL_NO_RETURN)).toBe(0);
    const z = pixels.map((pixel) => (pixel.rangeM - 50 * HALF_LIGHT_M_PER_NS) / pixel.sigmaM);
    const rms = Math.sqrt(z.reduce((sum, value) => sum + value * value, 0) / z.length);
    expect(rms).toBeLessThan(1.3);
  });

  it("two returns 9 m apart are a misfit", () => {
    const [near, far] = [light(INAS_PARAMETERS, 60_000, 30), light(INAS_PARAMETERS, 60_000, 90)];
    const pixels = expose(
      near.map((value, k) => value + far[k]!),
      74,
    );
    expect(shareWith(pixels, Flags.PIXEL_MISFIT)).toBe(1);
  });

  it("a return before the window ends at the window", () => {
    const pixels = expose(light(INAS_PARAMETERS, 60_000, 20), 75, { t0MinNs: 30 });
    expect(shareWith(pixels, Flags.PIXEL_WINDOW)).toBe(1);
  });
});
