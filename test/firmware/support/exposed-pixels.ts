import { expect } from "vitest";
import { GATING_SWEPT_RESET } from "../../../hw-profiles/interface/memory-map.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import { shares } from "./bound.ts";
import { encodeParameters, INAS_PARAMETERS, type Parameters } from "./parameter-block.ts";
import { Random } from "./random.ts";
import { linesPayload } from "./report-reader.ts";
import { TestBoard } from "./test-board.ts";

const WIDTH = 500;
export const HALF_LIGHT_M_PER_NS = 0.299792458 / 2;
const BACKGROUND_E = 2000;

export interface ExposedPixel {
  readonly flags: number;
  readonly rangeM: number;
  readonly sigmaM: number;
}

/** Electrons of gate k for a return of `amplitudeE` at t0. */
export function light(p: Parameters, amplitudeE: number, t0Ns: number): number[] {
  const swept = p.gating === GATING_SWEPT_RESET;
  const base = {
    pulseNs: p.pulseWidthNs,
    periodNs: swept ? Infinity : p.pulsePeriodNs,
    tauNs: p.responseTauNs,
    noiseVariance: 0,
  };
  return p.gateDelaysNs.flatMap((delay, k) => {
    const widthNs = swept ? p.pulsePeriodNs - delay : p.gateWidthsNs[k]!;
    return shares(t0Ns, { ...base, delaysNs: [delay], widthNs }).map((share) => amplitudeE * share);
  });
}

/** 500 noisy pixels of the same light and `backgroundE` of ambient a gate. */
export function expose(
  electrons: readonly number[],
  seed: number,
  change: Partial<Parameters> = {},
  backgroundE: number = BACKGROUND_E,
): ExposedPixel[] {
  const p = { ...INAS_PARAMETERS, width: WIDTH, height: 1, components: 0x13, ...change };
  const random = new Random(seed);
  const samples = new Uint16Array(p.gateDelaysNs.length * WIDTH);
  for (let i = 0; i < samples.length; i++) {
    const mean = electrons[Math.floor(i / WIDTH)]! + backgroundE;
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

export function shareWith(pixels: readonly ExposedPixel[], flag: number): number {
  return pixels.filter((pixel) => (pixel.flags & flag) !== 0).length / pixels.length;
}
