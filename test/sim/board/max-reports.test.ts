import { expect, test } from "vitest";
import { largestLosslessBytes } from "../../../host/packet/lossless-stream.ts";
import { DATA_PAYLOAD_MAX } from "../../../hw-profiles/interface/reports.ts";
import { reportsOf } from "../../../sim/board/max-reports.ts";

const FLAGS_AND_SIGMA = 3;

test.each([
  [1, 1, 1],
  [1, 1024, 64],
  [15, 7, 64],
  [320, 240, 32],
  [1280, 1024, 2],
])("room for %i x %i pixels of %i planes that do not compress", (width, height, gates) => {
  const pixels = width * height;
  const raw = Math.ceil(largestLosslessBytes({ width, height, gates }) / DATA_PAYLOAD_MAX);
  const lines = Math.ceil((FLAGS_AND_SIGMA * pixels) / DATA_PAYLOAD_MAX);
  const leaderProbeTrailer = 3;
  const bytesPerPixel = 2 * gates + FLAGS_AND_SIGMA;
  expect(reportsOf(pixels, bytesPerPixel, gates * height)).toBeGreaterThanOrEqual(
    raw + lines + leaderProbeTrailer,
  );
});
