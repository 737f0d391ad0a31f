// Ramps through the built module against the bound of generalised least squares. Seeded; standard errors are of n trials.
import { describe, expect, it } from "vitest";
import { type RampTrial, runRamps } from "./support/ramp-trials.ts";

const READ_NOISE_E = 20;
const CASES = [8, 32].flatMap((reads) => [0.5, 5, 50, 500, 5000].map((rateE) => [reads, rateE] as const));

function trial(reads: number, rateE: number, rows: number): RampTrial {
  return { reads, rateE, readNoiseE: READ_NOISE_E, rows, seed: 1000 * reads + rateE };
}

describe("slope of a ramp, 102 400 ramps each: rms to 0.22 %, bias to 0.003 sigma", () => {
  it.each(CASES)("%i reads, %d e- a read", (reads, rateE) => {
    const result = runRamps(trial(reads, rateE, 80));
    expect(result.trials).toBe(102_400);
    expect(result.rms).toBeLessThanOrEqual(1.01);
    expect(result.rms).toBeGreaterThan(0.99);
    expect(Math.abs(result.bias)).toBeLessThan(0.015);
    expect(Math.abs(result.sigma / result.rms - 1)).toBeLessThan(0.05);
    expect(result.flagged).toBeLessThan(0.001);
  });
});

describe("jumps, 20 480 ramps each: shares to 0.2 %", () => {
  const jumps = (reads: number, rateE: number, jumpSigma: number, jumpChi2: number): number =>
    runRamps({ ...trial(reads, rateE, 16), jumpSigma, change: { jumpChi2 } }).flagged;

  it.each(CASES)(
    "%i reads, %d e- a read: with a threshold of 4.5 sigma, 0.99 of 7 sigma and 0.93 of 6 sigma",
    (reads, rateE) => {
      expect(jumps(reads, rateE, 7, 20.25)).toBeGreaterThan(0.99);
      // A jump of 6 sigma passes 4.5 sigma with probability Phi(1.5) = 0.933, whatever the method.
      expect(Math.abs(jumps(reads, rateE, 6, 20.25) - 0.933)).toBeLessThan(0.01);
    },
  );

  it.each(CASES)("%i reads, %d e- a read: with a threshold of 3.5 sigma, 0.99 of 6 sigma", (reads, rateE) => {
    expect(jumps(reads, rateE, 6, 12.25)).toBeGreaterThan(0.99);
  });

  it("leaving a jump out restores the signal", () => {
    const jump = { ...trial(8, 50, 16), jumpSigma: 12 };
    expect(runRamps({ ...jump, change: { corrections: 0 } }).bias).toBeGreaterThan(8);
    const corrected = runRamps(jump);
    expect(corrected.flagged).toBe(1);
    expect(Math.abs(corrected.bias)).toBeLessThan(0.05);
    expect(Math.abs(corrected.sigma / corrected.rms - 1)).toBeLessThan(0.05);
  });
});
