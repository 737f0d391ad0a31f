import { describe, expect, it } from "vitest";
import type { EffectName, ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { ChargeCollector, ImagingConditions } from "../../../sim/imaging/seams.ts";
import { Draws } from "../../../sim/random/draws.ts";
import { CollectorReference } from "../../reference/imaging/collect-reference.ts";
import { generateReference, oneMinusExpReference } from "../../reference/imaging/collect-shot-reference.ts";
import { collectorOf, conditionsWith, sized } from "./collect-fixture.ts";

const NAMES = [
  "shotNoise",
  "biasDependence",
  "darkCurrent",
  "crosstalk",
  "flicker",
  "lag",
  "softSaturation",
  "resetNoise",
  "darkPattern",
  "responsePattern",
  "defects",
] as const satisfies readonly EffectName[];

/** Bits, so that -0 and 0 or two NaN would differ. */
function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.slice().buffer);
}

function randomLight(draws: Draws, light: Float32Array): void {
  for (let at = 0; at < light.length; at++) {
    light[at] = draws.uniform(at, 90) < 0.1 ? 0 : 1000 * draws.lognormal(at, 4, 91);
  }
}

/** Times that grow by random steps, each row its own in half of the configurations; light for a part of them. */
function randomSchedule(draws: Draws, rows: number, reads: number, framePeriodS: number) {
  const own = draws.uniform(0, 50) < 0.5;
  const sampleS = new Float64Array(rows * reads);
  const lightS = new Float64Array(rows * reads);
  for (let row = 0; row < rows; row++) {
    for (let read = 0; read < reads; read++) {
      const at = row * reads + read;
      const step = 0.002 * draws.lognormal(own ? at : read, 1.5, 51);
      const open = draws.uniform(own ? at : read, 52) < 0.8 ? 1 : 0.01;
      sampleS[at] = (read > 0 ? sampleS[at - 1]! : 0) + step;
      lightS[at] = (read > 0 ? lightS[at - 1]! : 0) + open * step;
    }
  }
  return { reads, sampleS, lightS, framePeriodS };
}

function randomConfiguration(seed: number) {
  const draws = new Draws(seed, 200);
  const names = NAMES.filter((_, i) => draws.uniform(i) < 0.7);
  const traps = Array.from({ length: 1 + draws.integer(0, 3, 2) }, (_, k) => ({
    share: 0.05 * draws.uniform(k, 3),
    tauMs: 10 * draws.lognormal(k, 2, 4),
  }));
  const profile = sized(1 + draws.integer(0, 70, 5), 1 + draws.integer(0, 6, 6));
  const lagged: ImagingProfile = {
    ...profile,
    effects: { ...profile.effects, lag: { on: true, traps } },
    deviceSeed: seed,
    pixel: { ...profile.pixel, reset: seed % 2 === 0 ? "hard" : "flushed" },
    defects: { ...profile.defects, deadFraction: 0.05, hotFraction: 0.05 },
  };
  const conditions = conditionsWith(names, { lag: { on: true, traps } }, 280 + 40 * draws.uniform(0, 7));
  return { draws, profile: lagged, conditions, reads: 1 + draws.integer(0, 12, 8) };
}

function expose(collector: ChargeCollector, seed: number, frame: number, conditions: ImagingConditions) {
  const { draws, reads } = randomConfiguration(seed);
  randomLight(draws, collector.photonsPerS);
  collector.setLight(conditions);
  collector.collect(randomSchedule(draws, collector.band.rows, reads, frame > 0 ? 0.2 : 0), {
    seed: BigInt(seed) * 0x123456789abcdefn,
    frame,
  });
}

describe("charge kernel against the slow reference, bit for bit", () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))("configuration %d, three frames", (seed) => {
    const { profile, conditions, reads } = randomConfiguration(seed);
    const band = { firstRow: seed % 5, rows: profile.array.heightPx };
    const kernel = collectorOf(profile, band);
    const reference = new CollectorReference(profile, band, reads);
    for (const frame of [0, 1, 4]) {
      expose(kernel, seed, frame, conditions);
      expose(reference, seed, frame, conditions);
      const count = reads * profile.array.widthPx * band.rows;
      expect(bitsOf(kernel.charge.subarray(0, count))).toEqual(bitsOf(reference.charge.subarray(0, count)));
    }
  });
});

describe("1 - exp(-x) in f32", () => {
  it("is good to 3e-7 from -20 to 80, and 1 beyond", () => {
    let worst = 0;
    for (let i = 0; i < 200_000; i++) {
      const magnitude = Math.fround(80 * 1.0002 ** -i);
      for (const x of [magnitude, -magnitude / 4]) {
        const exact = -Math.expm1(-Math.fround(x));
        if (exact !== 0) worst = Math.max(worst, Math.abs(oneMinusExpReference(Math.fround(x)) / exact - 1));
      }
    }
    expect(worst).toBeLessThan(3e-7);
    expect(oneMinusExpReference(1e30)).toBe(1);
  });

  it("leaves an interval without light or time empty", () => {
    const on = { shotNoise: true, biasDependence: true };
    const none = new Float32Array(4);
    expect(generateReference({ light: 0, dark: 0 }, 0, none, 0xffffffff, on)).toBe(0);
    expect(generateReference({ light: 1e6, dark: 10 }, 5e4, none, 0xffffffff, on)).toBe(0);
  });
});
