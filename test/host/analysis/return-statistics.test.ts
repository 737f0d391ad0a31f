import { expect, test } from "vitest";
import { ReturnStatistics } from "../../../host/analysis/return-statistics.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import type { FrameTruth } from "../../../host/transport/transport.ts";
import { PIXEL_NO_RETURN, PIXEL_SATURATED } from "../../../hw-profiles/interface/pixel-flags.ts";
import { frameReports } from "../support/synthetic-frames.ts";

const floats = (...values: number[]): Float32Array => Float32Array.from(values);

test("second returns are counted, and compared with the surface that the first one is not", () => {
  const any = new FrameAssembler();
  const base = frameReports(7, 0).flatMap((report) => any.push(report))[0] as DepthFrame;
  // far second, near second, missed, single, single with a false second, saturated, no range, nothing hit
  const frame: DepthFrame = {
    ...base,
    flags: Uint8Array.of(0, 0, 0, 0, 0, PIXEL_SATURATED, PIXEL_NO_RETURN, 0),
    rangeM: floats(2, 5, 2, 2, 2, 2, 0, 2),
    furtherReturns: [
      {
        rangeM: floats(5.1, 1.9, 0, 0, 4, 9, 0, 3),
        sigmaM: floats(0.1, 0.1, 0, 0, 0.1, 0.1, 0, 0.1),
        amplitudeE: floats(10, 10, 0, 0, 10, 10, 0, 10),
      },
      {
        rangeM: floats(0, 7, 0, 0, 0, 0, 0, 0),
        sigmaM: floats(0, 1, 0, 0, 0, 0, 0, 0),
        amplitudeE: floats(0, 5, 0, 0, 0, 0, 0, 0),
      },
    ],
  };
  const truth: FrameTruth = {
    frameNumber: 0,
    width: 8,
    height: 1,
    gates: 1,
    rangeM: floats(2, 2, 2, 2, 2, 2, 2, 0),
    secondRangeM: floats(5, 5, 5, 0, 0, 5, 5, 0),
    secondFraction: floats(0.4, 0.4, 0.4, 0, 0, 0.4, 0.4, 0),
    electrons: floats(),
    signalE: new Float32Array(8),
    ambientE: new Float32Array(8),
    darkE: new Float32Array(8),
  };
  const statistics = new ReturnStatistics();
  expect(statistics.summary().secondBiasMm).toBeUndefined();
  statistics.add(frame, truth);
  const { secondBiasMm, secondCoverage95, secondRmseMm, secondZStd, ...counts } = statistics.summary();
  expect(counts).toEqual({
    severalSurfaces: 4,
    severalFound: 3,
    oneSurface: 2,
    falselyFound: 1,
    thirdReturns: 1,
  });
  // Errors of + 100 and - 100 mm, one sigma each.
  expect(secondBiasMm).toBeCloseTo(0, 3);
  expect(secondRmseMm).toBeCloseTo(100, 3);
  expect(secondZStd).toBeCloseTo(1, 5);
  expect(secondCoverage95).toBe(1);
});
