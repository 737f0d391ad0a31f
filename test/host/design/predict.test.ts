import { describe, expect, test } from "vitest";
import { GateModel } from "../../../host/analysis/gate-model.ts";
import { sampleNoiseVarianceE2 } from "../../../host/analysis/noise-model.ts";
import { RangeBound } from "../../../host/analysis/range-bound.ts";
import { GateInformation } from "../../../host/design/gate-information.ts";
import { gateRipple } from "../../../host/design/gate-ripple.ts";
import { rangeLimits } from "../../../host/design/limits.ts";
import { Predictor } from "../../../host/design/predict.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";

const base = loadLidarProfile("inas-lidar-320x240");
const plain = { rangeM: 4, reflectance: 0.5, ambientSun: 0.1 };

describe("one point", () => {
  test("has the bound of the truth statistics, which is worked out in another way", () => {
    // One row group: no difference between rows.
    const profile: LidarProfile = { ...base, roic: { ...base.roic, adcBanks: 240 } };
    const found = new Predictor(profile).predict(plain);
    const times = { gateDelaysNs: profile.gates.delaysNs, gateWidthsNs: profile.gates.widthsNs };
    const noise = sampleNoiseVarianceE2(profile, profile.environment.temperatureC);
    const expected = new RangeBound(new GateModel(profile, times), noise).sigmaM({
      t0Ns: (2 * plain.rangeM) / 0.299792458,
      signalE: found.collectedE,
      backgroundE: found.ambientE + found.darkE,
    });
    expect(found.boundM / expected).toBeCloseTo(1, 6);
    expect(found.regime).toBe("attainable");
    expect(found.sigmaM / found.boundM).toBeCloseTo(1, 3);
  });

  test("signal follows 1 / R^2 and the reflectance, sunlight the reflectance alone", () => {
    const predictor = new Predictor(base);
    const near = predictor.predict(plain);
    const far = predictor.predict({ ...plain, rangeM: 8, reflectance: 0.25 });
    expect(far.amplitudeE / near.amplitudeE).toBeCloseTo(1 / 8, 10);
    expect(far.ambientE / near.ambientE).toBeCloseTo(1 / 2, 10);
    expect(far.darkE).toBeCloseTo(near.darkE, 8);
  });

  test("a slower film, more read noise and more sun each cost sigma", () => {
    const sigmaOf = (profile: LidarProfile, ambientSun = 0.1) =>
      new Predictor(profile).predict({ ...plain, ambientSun }).sigmaM;
    const usual = sigmaOf(base);
    expect(sigmaOf({ ...base, detector: { ...base.detector, fallTimeNs: 130 } })).toBeGreaterThan(
      1.2 * usual,
    );
    expect(sigmaOf({ ...base, pixel: { ...base.pixel, readNoiseE: 100 } })).toBeGreaterThan(1.2 * usual);
    expect(sigmaOf(base, 1)).toBeGreaterThan(1.2 * usual);
  });
});

describe("what decides", () => {
  const predictor = new Predictor(base);
  const regimeAt = (rangeM: number, reflectance: number) =>
    predictor.predict({ rangeM, reflectance, ambientSun: 0 }).regime;

  test.each([
    [2, 0.5, "attainable"],
    [0.5, 0.9, "clipped"],
    [0.1, 1, "blind"],
    [10, 0.05, "threshold"],
    [18.6, 0.9, "edge"],
    [19, 0.9, "outside"],
  ] as const)("at %d m, reflectance %d: %s", (rangeM, reflectance, regime) => {
    expect(regimeAt(rangeM, reflectance)).toBe(regime);
  });

  test("a pixel whose gates all saturate is blind", () => {
    const bright: LidarProfile = { ...base, emitter: { ...base.emitter, peakPowerW: 1e6 } };
    const found = new Predictor(bright).predict({ rangeM: 0.3, reflectance: 0.9, ambientSun: 0 });
    expect(found).toMatchObject({ regime: "blind", saturatedShare: expect.closeTo(1, 6) });
  });

  test("nothing is detected outside of the window", () => {
    expect(predictor.predict({ rangeM: 25, reflectance: 0.9, ambientSun: 0 }).detectedShare).toBe(0);
  });
});

describe("limits", () => {
  const limitsOf = (profile: LidarProfile, sigmaLimitM = 0.1) =>
    rangeLimits(profile, new Predictor(profile), { reflectance: 0.5, ambientSun: 0 }, sigmaLimitM);

  test("at each limit its own condition holds just so", () => {
    const limits = limitsOf(base);
    const at = (rangeM: number) => new Predictor(base).predict({ rangeM, reflectance: 0.5, ambientSun: 0 });
    expect(at(limits.sigmaM!).sigmaM).toBeCloseTo(0.1, 6);
    expect(at(limits.unsaturatedM!).saturatedShare).toBeCloseTo(0.01, 4);
    expect(limits).toMatchObject({ limitedBy: "sigma", maximumM: limits.sigmaM });
    expect(limits.windowM).toBeCloseTo(0.149896229 * 125, 8);
    expect(limits.ambiguityM).toBeCloseTo(149.896, 3);
  });

  test("a loose limit leaves the window to decide, a blind sensor has no range at all", () => {
    expect(limitsOf(base, 10)).toMatchObject({ limitedBy: "window" });
    const dark: LidarProfile = { ...base, emitter: { ...base.emitter, peakPowerW: 1e-6 } };
    expect(limitsOf(dark).maximumM).toBeUndefined();
  });
});

describe("the bound's ripple over the gates", () => {
  const model = new GateModel(base, {
    gateDelaysNs: base.gates.delaysNs,
    gateWidthsNs: base.gates.widthsNs,
  });
  const charge = { amplitudeE: 3000, backgroundE: 1500, noiseVarianceE2: 300 };
  const usable = new Float64Array(model.gates).fill(1);

  test("is seen by estimates that spread: their mean variance, by a fine sum", () => {
    const boundAt = (t0Ns: number) => new GateInformation(model, t0Ns).bound(charge, usable).timeNs;
    const [t0Ns, sigmaNs] = [47, 3];
    let [squares, weights] = [0, 0];
    for (let z = -2.75; z < 2.75; z += 0.01) {
      const weight = Math.exp((-z * z) / 2);
      squares += weight * boundAt(t0Ns + z * sigmaNs) ** 2;
      weights += weight;
    }
    const expected = Math.sqrt(squares / weights) / boundAt(t0Ns);
    // Steps of half a sigma out to 2.5: good to a thousandth.
    expect(Math.abs(gateRipple(model, t0Ns, sigmaNs, charge, usable) - expected)).toBeLessThan(1e-3);
    expect(Math.abs(expected - 1)).toBeGreaterThan(2e-3);
  });

  test("is not seen by sharp ones", () => {
    expect(gateRipple(model, 47, 0.01, charge, usable)).toBe(1);
  });
});
