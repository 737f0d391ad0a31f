// What the flags say, over seeded random pixels of known content.
import { describe, expect, it } from "vitest";
import * as Flags from "../../hw-profiles/interface/pixel-flags.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { shares } from "./support/bound.ts";
import { encodeParameters, INAS_PARAMETERS, type Parameters } from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { linesPayload } from "./support/report-reader.ts";
import { TestBoard } from "./support/test-board.ts";

const WIDTH = 500;
const HALF_LIGHT_M_PER_NS = 0.299792458 / 2;

interface Pixel {
  readonly flags: number;
  readonly rangeM: number;
  readonly sigmaM: number;
}

/** Electrons of gate k for a return of `amplitudeE` at t0. */
function light(p: Parameters, amplitudeE: number, t0Ns: number): number[] {
  const setup = {
    delaysNs: p.gateDelaysNs,
    widthNs: p.gateWidthsNs[0]!,
    pulseNs: p.pulseWidthNs,
    periodNs: p.pulsePeriodNs,
    tauNs: p.responseTauNs,
    noiseVariance: 0,
  };
  return shares(t0Ns, setup).map((share) => amplitudeE * share);
}

/** 500 noisy pixels of the same light and 2000 e- of ambient a gate. */
function expose(electrons: readonly number[], seed: number, change: Partial<Parameters> = {}): Pixel[] {
  const p = { ...INAS_PARAMETERS, width: WIDTH, height: 1, components: 0x13, ...change };
  const random = new Random(seed);
  const samples = new Uint16Array(p.gateDelaysNs.length * WIDTH);
  for (let i = 0; i < samples.length; i++) {
    const mean = electrons[Math.floor(i / WIDTH)]! + 2000;
    const noisy = random.poisson(mean) + random.normal() * Math.hypot(p.resetNoiseE, p.readNoiseE);
    samples[i] = Math.max(0, Math.min(4095, Math.floor(noisy / p.gainEPerDn + 96.5)));
  }
  const board = new TestBoard("readout.wasm");
  expect(board.configure(encodeParameters(p))).toBe(STATUS_OK);
  const row = {
    samples,
    offset: new Uint16Array(WIDTH).fill(1536),
    dark: new Uint16Array(WIDTH),
    bad: new Uint8Array(WIDTH),
  };
  const frame = { frame: 1, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0, rows: [row] };
  const lines = linesPayload(board.runFrame(frame));
  const view = new DataView(lines.buffer);
  return Array.from({ length: WIDTH }, (_, x) => ({
    flags: lines[4 * WIDTH + x]!,
    rangeM: view.getUint16(2 * x, true) * p.rangeScale,
    sigmaM: view.getUint16(2 * WIDTH + 2 * x, true) * p.sigmaScale,
  }));
}

function shareWith(pixels: readonly Pixel[], flag: number): number {
  return pixels.filter((pixel) => (pixel.flags & flag) !== 0).length / pixels.length;
}

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
