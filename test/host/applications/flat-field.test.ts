import { describe, expect, test } from "vitest";
import { filmLoss } from "../../../host/applications/flat-field/film-losses.ts";
import { evaluate } from "../../../host/applications/flat-field/flat-field.ts";
import type { LampSample } from "../../../host/applications/flat-field/lamp-session.ts";
import { fitLevel, nullExposure } from "../../../host/applications/flat-field/level-fit.ts";
import { lightLeft } from "../../../hw-profiles/derive/led-ageing.ts";
import type { LedProfile } from "../../../hw-profiles/device-profile.ts";
import { loadLightSource } from "../../../hw-profiles/load/load-part.ts";
import { loadImagingProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { Draws } from "../../../sim/random/draws.ts";

const STREAM = 1001;
const led = loadLightSource("perovskite-led") as LedProfile;
const MINUTES_PER_NS = 1e-8;
const TARGET_DN = 1472;
const START_NS = 1.5e6;

/** Codes of a chip whose response is bent: 6 % less at twice the light. */
const codeOf = (lightNs: number): number => 1000 * (lightNs / START_NS) ** 0.9;

/** A session of frames with noise, under a lamp of any half-life, steered by the law of 54 min. */
function session(
  points: number,
  frames: number,
  halfLife: number,
  noise: number,
  seed: number,
): LampSample[][] {
  const draws = new Draws(seed, STREAM);
  let index = 0;
  return Array.from({ length: points }, (_, k) =>
    Array.from({ length: frames }, (_, i) => {
      const timeNs = ((60 * k) / (points - 1) + i * 0.05) / MINUTES_PER_NS;
      const steer = lightLeft(led, 10_000, (60 * k) / (points - 1));
      const isHigh = i >= frames / 4 && i < (3 * frames) / 4;
      const exposureNs = (START_NS / steer) * (isHigh ? 1.02 : 0.98) * 1.5;
      const dn = codeOf(exposureNs * 2 ** (-(timeNs * MINUTES_PER_NS) / halfLife));
      const noisy = (component: number) => dn * (1 + noise * draws.normal(index, component));
      const sample = { timeNs, exposureNs, fieldDn: noisy(0), referenceDn: 0.97 * noisy(1) };
      index++;
      return sample;
    }),
  );
}

const options = {
  led,
  luminanceCdPerM2: 10_000,
  clock: { minutesPerNs: MINUTES_PER_NS, waitUntil: () => Promise.resolve() },
  lossOf: () => 0,
  setting: { exposureNs: START_NS, frameRateMhz: 1, targetDn: TARGET_DN },
};

describe("the lamp's level", () => {
  test("does not depend on the response curve", () => {
    const { measuredHalfLifeMin, points } = evaluate(session(13, 8, 54, 0, 1), options);
    expect(measuredHalfLifeMin).toBeCloseTo(54, 6);
    for (const { law, level } of points) expect(level / law).toBeCloseTo(1, 8);
  });

  test("is measured, not taken from the law that steers the exposure", () => {
    const { measuredHalfLifeMin } = evaluate(session(13, 8, 40, 1e-6, 1), options);
    // Codes are 20 % from the target then, which a line in logarithms still reaches: this response is a power.
    expect(measuredHalfLifeMin).toBeCloseTo(40, 2);
  });

  test("has the errors that it says: 40 sessions", () => {
    const rms = Array.from(
      { length: 40 },
      (_, seed) => evaluate(session(21, 8, 54, 1e-3, seed), options).lawRmsSigma,
    );
    const square = rms.reduce((sum, value) => sum + value * value, 0) / rms.length;
    // Mean of 40 chi-squares over their 20 degrees of freedom: 1 +- 0.05; 4 sigma.
    expect(Math.abs(square - 1)).toBeLessThan(0.2);
  });

  test("is corrected by the reference down to the noise: 40 sessions", () => {
    const ratios = Array.from({ length: 40 }, (_, seed) => {
      const { residual, statisticalFloor } = evaluate(session(21, 8, 54, 1e-3, seed), options);
      return (residual / statisticalFloor) ** 2;
    });
    const mean = ratios.reduce((sum, value) => sum + value, 0) / ratios.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.2);
    // sqrt(2) of 0.1 % over sqrt(8) frames.
    const { statisticalFloor } = evaluate(session(21, 8, 54, 1e-3, 1), options);
    expect(statisticalFloor / ((Math.SQRT2 * 1e-3) / Math.sqrt(8))).toBeCloseTo(1, 0);
  });

  test("comes with less certainty when the codes miss the target", () => {
    const fit = fitLevel(session(2, 8, 54, 0, 1)[0]!);
    const [at, beside] = [
      nullExposure(fit, Math.exp(fit.level), 1e-3),
      nullExposure(fit, 1.1 * Math.exp(fit.level), 1e-3),
    ];
    expect(at.sigma).toBeCloseTo(1e-3 / 0.9 / Math.sqrt(8), 6);
    expect(beside.sigma).toBeGreaterThan(4 * at.sigma);
  });
});

/** dn/dt = (q - n) / tau by small steps over many frames, q rising to 1 in the exposure and 0 in the rest of a frame. */
function integratedLoss(tauS: number, exposureS: number, periodS: number): number {
  const step = 2e-6;
  let n = 0;
  let before = 0;
  let after = 0;
  for (let frame = 0; frame < 60; frame++) {
    before = n;
    for (let t = step / 2; t < periodS; t += step) {
      if (t < exposureS) after = n + ((t / exposureS - n) * step) / tauS;
      n += ((t < exposureS ? t / exposureS : 0) - n) * (step / tauS);
    }
  }
  return after - before;
}

describe("the film's losses", () => {
  const profile = loadImagingProfile("inas-imager-64x48");
  const conditions = { exposureS: 3e-3, periodS: 5e-3 };
  const withTraps = (traps: ImagingProfile["effects"]["lag"]["traps"]): ImagingProfile => ({
    ...profile,
    effects: { ...profile.effects, lag: { on: true, traps } },
  });

  test.each([
    [0.5, 6e-3],
    [4, 6e-3],
    [30, 5e-3],
    [4, 3e-3],
  ])("of a trap of %f ms are those of its equation in equal frames of %f s", (tauMs, periodS) => {
    const film = withTraps([{ share: 1e-3, tauMs }]);
    const loss = filmLoss(film, { ...conditions, periodS }) / 1e-3;
    expect(Math.abs(loss - integratedLoss(tauMs / 1000, conditions.exposureS, periodS))).toBeLessThan(2e-3);
  });

  test("of a fast trap are its whole share", () => {
    const film = withTraps([{ share: 0.01, tauMs: 1e-4 }]);
    expect(filmLoss(film, conditions) / 0.01).toBeCloseTo(1, 3);
  });

  test("are none without traps", () => {
    const { lag } = profile.effects;
    const film = { ...profile, effects: { ...profile.effects, lag: { ...lag, on: false } } };
    expect(filmLoss(film, conditions)).toBe(0);
  });
});
