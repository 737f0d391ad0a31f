// The total noise of the chain, reset noise in true CDS, nonlinearity of the ramp, and independence. n = samples.
import { describe, expect, it } from "vitest";
import type { EffectName } from "../../../hw-profiles/sensor-profile.ts";
import { LevelModel } from "../../../sim/imaging/level-model.ts";
import { rtsPixels } from "../../../sim/pixel/imaging-patterns.ts";
import { gainEPerDn, resetNoiseE } from "../../../sim/pixel/noise-budget.ts";
import { Draws } from "../../../sim/random/draws.ts";
import { conditionsOf } from "./convert-fixture.ts";
import { correlationOf, momentsOf, noiseProfile, runNoise, SIGMAS } from "./convert-statistics.ts";

const SIDE = 1024;
const n = SIDE * SIDE;

function planeOf(electrons: Float64Array, read: number): Float64Array {
  return electrons.subarray(read * n, (read + 1) * n);
}

function differenceOf(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - b[at]!);
}

describe("noise budget", () => {
  // Variance of n = 2^20 near-normal samples: standard deviation sqrt(2 / n) = 0.14 %.
  it("single read and true CDS close within 0.5 %", () => {
    const effects: EffectName[] = ["readNoise", "followerFlicker", "rts", "rampNoise", "nodeCapacitance"];
    const profile = noiseProfile(SIDE, SIDE, effects, {
      rts: { amplitudeE: 20, pixelShare: 0.1 },
      rampNoise: { rmsDn: 20 },
    });
    const analogGain = 30;
    const gain = gainEPerDn(profile) / analogGain;
    const model = new LevelModel(profile, conditionsOf(profile.effects, analogGain));
    const sampleS = [1e-4, 5e-4];
    const { electrons } = runNoise(profile, { sampleS, analogGain });
    const pixels = rtsPixels(profile, profile.effects, { firstRow: 0, rows: SIDE });
    const shareKept = (pixel: (typeof pixels)[number]) => {
      return Math.exp(-(pixel.risePerS + pixel.fallPerS) * (sampleS[1]! - sampleS[0]!));
    };
    const rts = pixels.reduce((sum, pixel) => sum + model.rtsVarianceDn2(pixel), 0) / n;
    const rtsDifference =
      pixels.reduce((sum, pixel) => sum + 2 * model.rtsVarianceDn2(pixel) * (1 - shareKept(pixel)), 0) / n;

    const single = momentsOf(planeOf(electrons, 0)).variance / gain ** 2;
    expect(Math.abs(single / (model.readVarianceDn2() + rts + 1 / 12) - 1)).toBeLessThan(0.005);

    const cds = differenceOf(planeOf(electrons, 1), planeOf(electrons, 0));
    const readsDn2 = 2 * (model.readVarianceDn2() - model.readCovarianceDn2(sampleS[1]! - sampleS[0]!));
    const found = momentsOf(cds).variance / gain ** 2;
    expect(Math.abs(found / (readsDn2 + rtsDifference + 2 / 12) - 1)).toBeLessThan(0.005);
  });
});

describe("reset noise, n = 2^20", () => {
  const profile = noiseProfile(SIDE, SIDE, ["readNoise"]);
  const { readNoiseE } = profile.pixel;
  const resetE = resetNoiseE(profile, 300);
  const draws = new Draws(77, 103);
  const firstResetE = Float32Array.from({ length: n }, (_, at) => resetE * draws.normal(at));
  const laterResetE = Float32Array.from({ length: n }, (_, at) => resetE * draws.normal(at, 1));
  const run = (reset: readonly Float32Array[]) => {
    const charge = new Float32Array(reset.length * n);
    reset.forEach((plane, read) => {
      charge.set(plane, read * n);
    });
    return runNoise(profile, { sampleS: reset.map((_, read) => 1e-3 * (read + 1)), analogGain: 60, charge });
  };

  it("cancels in true CDS: sqrt(2) times the read noise is left", () => {
    const { electrons, stepE } = run([firstResetE, firstResetE]);
    const one = momentsOf(planeOf(electrons, 0));
    expect(Math.abs(one.variance - resetE ** 2 - readNoiseE ** 2 - stepE ** 2 / 12)).toBeLessThan(
      SIGMAS * one.varianceError,
    );
    const cds = momentsOf(differenceOf(planeOf(electrons, 1), planeOf(electrons, 0)));
    expect(Math.abs(cds.variance - 2 * readNoiseE ** 2 - stepE ** 2 / 6)).toBeLessThan(
      SIGMAS * cds.varianceError,
    );
  });

  it("does not cancel against a later reset: sqrt(2) times kTC comes on top", () => {
    const { electrons, stepE } = run([laterResetE, firstResetE]);
    const wrong = momentsOf(differenceOf(planeOf(electrons, 1), planeOf(electrons, 0)));
    const expected = 2 * (resetE ** 2 + readNoiseE ** 2) + stepE ** 2 / 6;
    expect(Math.abs(wrong.variance - expected)).toBeLessThan(SIGMAS * wrong.varianceError);
  });
});

describe("mean codes, n = 2^20", () => {
  it.each([-0.05, 0.1, 0.35, 0.77])("at %d of the full well are those of the level model", (fill) => {
    const profile = {
      ...noiseProfile(SIDE, SIDE, [
        "readNoise",
        "inl",
        "columnGain",
        "nodeCapacitance",
        "followerNonlinearity",
      ]),
      adc: { bits: 12, clockHz: 2e8, pedestalDn: 300, saturationDn: 4000 },
    };
    const analogGain = 1.1;
    const model = new LevelModel(profile, conditionsOf(profile.effects, analogGain));
    const chargeE = fill * 99_863;
    const charge = new Float32Array(n).fill(chargeE);
    const { electrons, stepE } = runNoise(profile, { sampleS: [1], analogGain, charge });
    const codes = electrons.map((value) => value / stepE + 300);
    const levelDn = 300 + model.signalDn(Math.fround(chargeE));
    const rest = momentsOf(codes.map((code, at) => code - model.meanCode(levelDn, at % SIDE)));
    expect(Math.abs(rest.mean)).toBeLessThan(SIGMAS * rest.meanError + 5e-4);
    expect(model.slopeDnPerE(chargeE) * stepE).toBeLessThan(1.01);
  });
});

describe("independence: |r| < 4 / sqrt(n)", () => {
  const profile = noiseProfile(SIDE, SIDE, ["readNoise", "rts"], { rts: { pixelShare: 1, amplitudeE: 20 } });
  const base = runNoise(profile, { sampleS: [1, 2], analogGain: 60, frame: 10, seed: 77n }).electrons.slice();

  it("of two pixels and two reads", () => {
    for (const shift of [1, 2, 3, 4, 8, 16, 32, SIDE, 3 * SIDE + 1]) {
      const count = n - shift;
      const r = correlationOf(base.subarray(0, count), base.subarray(shift, n));
      expect(Math.abs(r)).toBeLessThan(SIGMAS / Math.sqrt(count));
    }
    expect(Math.abs(correlationOf(planeOf(base, 0), planeOf(base, 1)))).toBeLessThan(SIGMAS / Math.sqrt(n));
  });

  it.each([
    { frame: 11, seed: 77n },
    { frame: 0x8000000a, seed: 77n },
    { frame: 10, seed: 78n },
    { frame: 10, seed: 77n + (1n << 32n) },
  ])("of two frames and two seeds: frame $frame, seed $seed", ({ frame, seed }) => {
    const other = runNoise(profile, { sampleS: [1, 2], analogGain: 60, frame, seed }).electrons;
    for (const read of [0, 1]) {
      const r = correlationOf(planeOf(base, 0), planeOf(other, read));
      expect(Math.abs(r)).toBeLessThan(SIGMAS / Math.sqrt(n));
    }
  });

  it("the same key gives the same bits", () => {
    const again = runNoise(profile, { sampleS: [1, 2], analogGain: 60, frame: 10, seed: 77n }).electrons;
    expect(again.every((value, at) => value === base[at])).toBe(true);
  });
});
