import { expect, test } from "vitest";
import { MixedStatistics } from "../../../host/analysis/mixed-statistics.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import type { MixedPixels } from "../../../host/mixed/mixed-image.ts";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import type { FrameTruth } from "../../../host/transport/transport.ts";
import { frameReports } from "../support/synthetic-frames.ts";

const SEVERAL = 0x40;
const floats = (...values: number[]): Float32Array => Float32Array.from(values);

test("labels, depths and false labels are counted over pixels with a range and a truth", () => {
  const any = new FrameAssembler();
  const base = frameReports(7, 0).flatMap((report) => any.push(report))[0] as DepthFrame;
  //                      resolved, wrong far, unknown near, missed, good, false label, no range, nothing hit
  const flags = Uint8Array.of(SEVERAL, SEVERAL, SEVERAL, 0, 0, SEVERAL, 1, SEVERAL);
  const frame: DepthFrame = { ...base, flags };
  const found: MixedPixels = {
    width: 8,
    height: 1,
    flags,
    probability: new Float32Array(8),
    nearM: floats(2.02, 2, 0, 0, 0, 2, 0, 2),
    nearSigmaM: floats(0.01, 0.01, Infinity, 0, 0, 0.01, 0, 0.01),
    farM: floats(2.98, 3.04, 3, 0, 0, 3, 0, 3),
    farSigmaM: floats(0.01, 0.01, 0.01, 0, 0, 0.01, 0, 0.01),
    nearFraction: new Float32Array(8),
    mixedPixels: 5,
  };
  const truth: FrameTruth = {
    frameNumber: 0,
    width: 8,
    height: 1,
    gates: 1,
    rangeM: floats(3, 2, 2, 2, 2, 2, 2, 0),
    secondRangeM: floats(2, 3, 3, 3, 0, 0, 3, 0),
    secondFraction: floats(0.4, 0.4, 0.4, 0.4, 0, 0, 0.4, 0),
    electrons: floats(),
    signalE: new Float32Array(8),
    ambientE: new Float32Array(8),
    darkE: new Float32Array(8),
  };
  const statistics = new MixedStatistics();
  statistics.add(frame, found, truth);
  expect(statistics.summary()).toEqual({ mixed: 4, labelled: 3, resolved: 1, good: 2, falselyLabelled: 1 });
  statistics.add(frame, found, truth);
  expect(statistics.summary().mixed).toBe(8);
});
