import { describe, expect, test } from "vitest";
import { detectionOf, thresholdAmplitudeE } from "../../../host/design/detection.ts";
import { normalShareBelow } from "../../../host/design/normal.ts";

/** Mulberry32 and Box-Muller, seed fixed. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

test.each([
  [0, 0.5],
  [1, 0.8413447460685429],
  [-1.959963984540054, 0.025],
  [4.5, 0.9999966023268753],
])("normal share below %d", (z, share) => {
  expect(normalShareBelow(z)).toBeCloseTo(share, 6);
});

describe("share of pixels and spread against a draw of (a, p)", () => {
  const N = 400_000;
  test.each([
    [3, 4.5],
    [4.5, 4.5],
    [6, 4.5],
    [10, 4.5],
  ])("snr %d, threshold %d", (snr, threshold) => {
    const normal = normals(7);
    let passed = 0;
    let squares = 0;
    for (let i = 0; i < N; i++) {
      const a = snr + normal();
      const p = normal();
      if (a <= 0 || Math.hypot(a, p) < threshold) continue;
      passed++;
      squares += (snr * Math.min(2.5, Math.abs(p / a))) ** 2;
    }
    const { overBound, share } = detectionOf(snr, threshold);
    // 5 sigma of a count of N; the spread has the relative error 1 / sqrt(2 passed), five of them.
    expect(Math.abs(share - passed / N)).toBeLessThan(5 * Math.sqrt(0.25 / N));
    expect(Math.abs(overBound / Math.sqrt(squares / passed) - 1)).toBeLessThan(5 / Math.sqrt(2 * passed));
  });
});

test("a strong signal is always detected and reaches the bound", () => {
  const { overBound, share } = detectionOf(1000, 4.5);
  expect(share).toBeCloseTo(1, 6);
  expect(overBound).toBeCloseTo(1, 4);
});

test("nothing can be told without information", () => {
  expect(detectionOf(0, Infinity)).toEqual({ share: 0, overBound: Infinity });
  expect(detectionOf(Number.NaN, 4.5).share).toBe(0);
});

test("the threshold is where an amplitude is so many times its own sigma", () => {
  const sigmaAt = (amplitudeE: number) => Math.sqrt(400 + 2 * amplitudeE);
  const thresholdE = thresholdAmplitudeE(sigmaAt, 4.5);
  expect(thresholdE / (4.5 * sigmaAt(thresholdE))).toBeCloseTo(1, 6);
  expect(thresholdAmplitudeE((amplitudeE) => amplitudeE, 4.5)).toBe(Infinity);
});
