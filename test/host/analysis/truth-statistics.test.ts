import { describe, expect, test } from "vitest";
import { GateModel } from "../../../host/analysis/gate-model.ts";
import { sampleNoiseVarianceE2 } from "../../../host/analysis/noise-model.ts";
import { RangeBound } from "../../../host/analysis/range-bound.ts";
import { TruthStatistics } from "../../../host/analysis/truth-statistics.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import type { FrameTruth } from "../../../host/transport/transport.ts";
import {
  PIXEL_LOW_SIGNAL,
  PIXEL_NO_RETURN,
  PIXEL_SATURATED,
} from "../../../hw-profiles/interface/pixel-flags.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { depthFrame, frameReports, SMALL } from "../support/synthetic-frames.ts";

const PIXELS = 40_000;
const profile = loadLidarProfile("inas-lidar-320x240");
const times = { gateDelaysNs: profile.gates.delaysNs, gateWidthsNs: profile.gates.widthsNs };
const assembler = new FrameAssembler();
const base = depthFrame(frameReports(0, 0, SMALL).flatMap((report) => assembler.push(report))[0]);

/** Sum of twelve uniform numbers: near enough to a normal one. Mulberry32, seed fixed. */
function gaussian(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Array.from({ length: 12 }, uniform).reduce((sum, u) => sum + u, -6);
}

const truth: FrameTruth = {
  frameNumber: 0,
  width: 200,
  height: 200,
  gates: 32,
  rangeM: new Float32Array(PIXELS).fill(5),
  secondRangeM: new Float32Array(PIXELS),
  secondFraction: new Float32Array(PIXELS),
  electrons: new Float32Array(0),
  signalE: new Float32Array(PIXELS).fill(1e5),
  ambientE: new Float32Array(PIXELS).fill(3000),
  darkE: new Float32Array(PIXELS).fill(100),
};

const boundM = new RangeBound(
  new GateModel(profile, times),
  sampleNoiseVarianceE2(profile, base.temperatureC),
).sigmaM({ t0Ns: 10 / 0.299792458, signalE: 1e5, backgroundE: 3100 });

/** A frame whose errors are `scale` times the bound, with a sigma that is right. */
function frameOf(scale: number, biasM: number): DepthFrame {
  const next = gaussian(11);
  return {
    ...base,
    width: 200,
    height: 200,
    rangeM: Float32Array.from({ length: PIXELS }, () => 5 + biasM + scale * boundM * next()),
    sigmaM: new Float32Array(PIXELS).fill(boundM),
    flags: new Uint8Array(PIXELS),
  };
}

describe("truth statistics", () => {
  // 4 sigma: of a mean 4 bound / 200, of a standard deviation 4 / sqrt(2 n) = 1.4 %.
  test.each([
    [1, 0],
    [1.3, 0.002],
  ])("errors of %d x bound and a bias of %d m are found", (scale, biasM) => {
    const statistics = new TruthStatistics(profile, times);
    statistics.add(frameOf(scale, biasM), truth);
    const { n, biasMm, rmseOverCrlb, zStd, medianCrlbMm } = statistics.summary();
    expect(n).toBe(PIXELS);
    expect(Math.abs(biasMm! - 1000 * biasM)).toBeLessThan((4 * scale * 1000 * boundM) / 200);
    expect(rmseOverCrlb! / scale).toBeGreaterThan(0.985);
    expect(rmseOverCrlb! / Math.hypot(scale, biasM / boundM)).toBeLessThan(1.015);
    expect(Math.abs(zStd! / scale - 1)).toBeLessThan(0.015);
    expect(medianCrlbMm).toBeCloseTo(1000 * boundM, 2);
  });

  test("95 % are covered when sigma is right", () => {
    const statistics = new TruthStatistics(profile, times);
    statistics.add(frameOf(1, 0), truth);
    // Twelve uniform numbers cover 94.9 %; binomial 4 sigma is 0.44 %.
    expect(Math.abs(statistics.summary().coverage95! - 0.9495)).toBeLessThan(0.0045);
  });

  test("mixed, invalid and saturated pixels and those without truth do not count; weak ones do", () => {
    const frame = frameOf(1, 0);
    frame.flags.set([PIXEL_NO_RETURN, PIXEL_SATURATED, PIXEL_LOW_SIGNAL]);
    frame.sigmaM[3] = Infinity;
    const second = truth.secondFraction.slice();
    second.fill(1e-3, 10, 30);
    const rangeM = truth.rangeM.slice();
    rangeM[40] = 0;
    const statistics = new TruthStatistics(profile, times);
    statistics.add(frame, { ...truth, rangeM, secondFraction: second });
    expect(statistics.summary().n).toBe(PIXELS - 2 - 1 - 20 - 1);
    expect(statistics.mixedPixels).toBe(20);
  });

  test("the truth of another frame is refused; no pixel gives no figures", () => {
    const statistics = new TruthStatistics(profile, times);
    expect(() => statistics.add(base, truth)).toThrow(/found frame 0, 200 x 200, expected frame 0, 33 x 10/);
    expect(statistics.summary()).toMatchObject({ n: 0, biasMm: undefined });
  });
});
