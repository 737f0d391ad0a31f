import { describe, expect, test } from "vitest";
import { bandPass } from "../../../host/applications/heart-rate/band-pass.ts";
import { findBeats } from "../../../host/applications/heart-rate/beats.ts";
import { detrend } from "../../../host/applications/heart-rate/detrend.ts";
import { heartRate } from "../../../host/applications/heart-rate/heart-rate.ts";
import { highestPeak, spectrum } from "../../../host/applications/heart-rate/spectrum.ts";
import { RATE_HZ, record, tone } from "./pulse-signal.ts";

const sine = (hz: number, seconds: number): Float64Array =>
  Float64Array.from({ length: seconds * RATE_HZ }, (_, i) => Math.sin((2 * Math.PI * hz * i) / RATE_HZ));

describe("steps of the analysis", () => {
  test("detrend takes a parabola away, whatever it is, and little of a pulse", () => {
    const parabola = Float64Array.from({ length: 600 }, (_, i) => 3 - 0.2 * i + 0.001 * i * i);
    expect(Math.max(...detrend(parabola).map(Math.abs))).toBeLessThan(1e-9);
    const left = detrend(sine(1, 20));
    const changed = sine(1, 20).map((value, i) => Math.abs(value - left[i]!));
    expect(Math.max(...changed)).toBeLessThan(0.06);
  });

  test("the band-pass has half of the power at its corners, twice over, and moves nothing in time", () => {
    for (const [hz, gain] of [
      [0.6, 0.5],
      [4, 0.5],
      [1.5, 0.97],
      [0.15, 0.004],
      [12, 0.006],
    ] as const) {
      const middle = bandPass(sine(hz, 60), RATE_HZ, 0.6, 4).subarray(600, 1200);
      const inPhase = middle.reduce((sum, value, i) => sum + value * sine(hz, 60)[600 + i]!, 0) / 300;
      // 5 %: the other corner's share, and the low-pass's squeeze towards half the sample rate.
      expect(inPhase).toBeLessThan(gain * 1.05);
      if (gain > 0.1) expect(inPhase).toBeGreaterThan(gain * 0.95);
    }
  });

  test("the interpolated peak is where the tone is, between the points of the spectrum", () => {
    for (const hz of [0.811, 1.2345, 2.71, 3.3]) {
      const range = { fromHz: 0.6, toHz: 4, stepHz: 1 / 160 };
      const peak = highestPeak(spectrum(sine(hz, 20), RATE_HZ, range));
      expect(Math.abs(peak!.hz - hz)).toBeLessThan(2e-4);
    }
    expect(highestPeak({ firstHz: 0, stepHz: 1, power: Float64Array.of(5, 4, 3, 2) })).toBeUndefined();
  });

  test("beats are the highest peaks; a dicrotic one counts for none", () => {
    const pulse = Float64Array.from({ length: 600 }, (_, i) => {
      const phase = (i / RATE_HZ) % 1;
      return Math.exp(-(((phase - 0.2) / 0.07) ** 2)) + 0.5 * Math.exp(-(((phase - 0.55) / 0.1) ** 2)) - 0.2;
    });
    const { rateBpm, timesS } = findBeats(pulse, RATE_HZ, 1.02);
    expect(timesS).toHaveLength(20);
    expect(rateBpm).toBeCloseTo(60, 1);
    expect(timesS[3]).toBeCloseTo(3.2, 2);
  });
});

describe("the heart rate of a record", () => {
  test.each([45, 90, 180])("%i bpm beside a breath five times as strong", (rateBpm) => {
    const pulse = tone(rateBpm, 10);
    const breath = (timeS: number) => 50 * Math.sin(2 * Math.PI * 0.23 * timeS);
    const found = heartRate(
      record(20, 0.5, 1, (timeS) => pulse(timeS) + breath(timeS)),
      RATE_HZ,
    );
    expect(found.quality).toBe("good");
    expect(Math.abs(found.rateBpm! - rateBpm)).toBeLessThan(0.3);
    expect(Math.abs(found.beats.rateBpm! - rateBpm)).toBeLessThan(1);
  });

  test("noise alone is taken for a pulse less often than once in 200 records", () => {
    // The threshold is 1 in 1000; 400 records give 0.4 on average, more than 2 once in 130 times.
    const hits = Array.from({ length: 400 }, (_, seed) =>
      heartRate(
        record(20, 1, seed, () => 0),
        RATE_HZ,
      ),
    ).filter(({ quality }) => quality !== "none");
    expect(hits.length).toBeLessThanOrEqual(2);
  });

  test("a pulse under the noise of a frame is found, and called no more than it is", () => {
    // Amplitude 1 in noise of 1.5 over 600 frames: 133 times the noise of an independent frequency.
    const found = heartRate(record(20, 1.5, 3, tone(80, 2)), RATE_HZ);
    expect(Math.abs(found.rateBpm! - 80)).toBeLessThan(1);
    const noisy = heartRate(record(20, 4, 3, tone(80, 2)), RATE_HZ);
    expect(["poor", "none", "fair"]).toContain(noisy.quality);
    expect(noisy.snrDb).toBeLessThan(found.snrDb);
  });

  test("the standard error is that of the intervals", () => {
    // Intervals of 1 s and 0.9 s in turn: standard deviation 0.05 s of 0.95 s.
    const beatTimes = Array.from({ length: 21 }, (_, k) => 0.3 + 0.95 * k + (k % 2 === 0 ? 0 : 0.05));
    const light = record(20, 0, 0, (timeS) =>
      beatTimes.reduce((sum, at) => sum - 10 * Math.exp(-(((timeS - at) / 0.1) ** 2)), 0),
    );
    const { standardErrorBpm } = heartRate(light, RATE_HZ);
    const expected = ((60 / 0.95) * 0.05) / 0.95 / Math.sqrt(19);
    expect(standardErrorBpm! / expected).toBeGreaterThan(0.8);
    expect(standardErrorBpm! / expected).toBeLessThan(1.2);
  });
});
