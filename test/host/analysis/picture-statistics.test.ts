import { describe, expect, test } from "vitest";
import { PictureStatistics } from "../../../host/analysis/picture-statistics.ts";
import type { ImagingFrame } from "../../../host/camera/frame.ts";
import type { ImagingTruth } from "../../../host/transport/transport.ts";
import {
  PIXEL_BAD,
  PIXEL_MISFIT,
  PIXEL_MISSING,
  PIXEL_REPLACED,
  PIXEL_SATURATED,
} from "../../../hw-profiles/interface/pixel-flags.ts";

const PIXELS = 10;
const GAIN = 4;

const truth: ImagingTruth = {
  frameNumber: 0,
  width: 5,
  height: 2,
  photonsPerS: new Float32Array(PIXELS),
  meanChargeE: new Float32Array(PIXELS).fill(460),
  darkE: new Float32Array(PIXELS).fill(60),
};

/** The true signal is 100 DN; `errorsDn` repeat over the pixels. */
function frameOf(errorsDn: readonly number[]): ImagingFrame {
  return {
    kind: "image",
    frameNumber: 0,
    startCycle: 0n,
    endCycle: 1n,
    clockHz: 1,
    timeNs: 0,
    width: 5,
    height: 2,
    offsetX: 0,
    offsetY: 0,
    binningX: 1,
    binningY: 1,
    decimationX: 1,
    decimationY: 1,
    reads: 1,
    readMode: "single",
    exposureNs: 1,
    gainEPerDn: GAIN,
    temperatureC: 20,
    intensityDn: Float32Array.from({ length: PIXELS }, (_, i) => 100 + errorsDn[i % errorsDn.length]!),
    sigmaDn: new Float32Array(PIXELS).fill(2),
    flags: new Uint8Array(PIXELS),
    readsDn: undefined,
    probe: undefined,
    counters: { validPixels: 0, noReturn: 0, lowSignal: 0, saturated: 0, misfit: 0, bad: 0, window: 0 },
    integrity: {
      complete: true,
      lostReports: 0,
      corruptedReports: 0,
      duplicatedReports: 0,
      reorderedReports: 0,
      droppedFrames: 0,
    },
  };
}

describe("picture statistics", () => {
  test("figures of one frame by hand", () => {
    const statistics = new PictureStatistics();
    statistics.add(frameOf([1, 5]), truth);
    expect(statistics.summary()).toEqual({
      n: PIXELS,
      biasDn: 3,
      rmseDn: Math.sqrt(13),
      rmseE: Math.sqrt(13) * GAIN,
      signalRmsDn: 100,
      sigmaRmsDn: 2,
      rmseOverSigma: Math.sqrt(13 / 4),
      coverage95: 0.5,
      temporalRmsDn: undefined,
      temporalOverSigma: undefined,
    });
  });

  test("what stays from frame to frame is no temporal error", () => {
    const statistics = new PictureStatistics();
    for (const change of [-1, 0, 1]) statistics.add(frameOf([10 + change, -10 + change]), truth);
    const summary = statistics.summary();
    expect(summary.n).toBe(3 * PIXELS);
    expect(summary.temporalRmsDn).toBeCloseTo(1, 9);
    expect(summary.temporalOverSigma).toBeCloseTo(0.5, 9);
    expect(summary.rmseDn).toBeCloseTo(Math.sqrt(100 + 2 / 3), 9);
  });

  test("defects, saturated and lost pixels and those without sigma do not count; jumps do", () => {
    const frame = frameOf([1]);
    frame.flags.set([PIXEL_BAD, PIXEL_BAD | PIXEL_REPLACED, PIXEL_SATURATED, PIXEL_MISSING, PIXEL_MISFIT]);
    frame.sigmaDn[6] = Infinity;
    frame.sigmaDn[7] = 0;
    const statistics = new PictureStatistics();
    statistics.add(frame, truth);
    expect(statistics.summary().n).toBe(4);
  });

  test("a picture without intensity gives no figures; the truth of another frame is refused", () => {
    const statistics = new PictureStatistics();
    statistics.add({ ...frameOf([1]), intensityDn: new Float32Array(0) }, truth);
    expect(statistics.summary()).toMatchObject({ n: 0, rmseDn: undefined });
    expect(() => statistics.add({ ...frameOf([1]), frameNumber: 3 }, truth)).toThrow(
      "found frame 0, 5 x 2, expected frame 3, 5 x 2",
    );
  });
});
