import { describe, expect, test } from "vitest";
import type { DepthClass } from "../../../host/adaptive/depth-classes.ts";
import { TermMaker } from "../../../host/adaptive/gate-terms.ts";
import { type PlanRequest, planGates, ratePlan } from "../../../host/adaptive/plan-gates.ts";
import { GateModel } from "../../../host/analysis/gate-model.ts";
import { sampleNoiseVarianceE2 } from "../../../host/analysis/noise-model.ts";
import { RangeBound } from "../../../host/analysis/range-bound.ts";
import { collectionTimes, frameTimes } from "../../../host/design/frame-times.ts";
import { darkRateEPerS } from "../../../host/design/light-budget.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

const profile = loadLidarProfile("inas-lidar-64x48");
const { environment, gates } = profile;
const uniform = { delaysNs: gates.delaysNs, widthNs: 15 };
const light = { pulsesPerGate: 500, widthNs: 15 };
const NS_PER_M = 2 / 0.299792458;

function request(classes: readonly DepthClass[], changes: Partial<PlanRequest> = {}): PlanRequest {
  return {
    classes,
    terms: new TermMaker(profile, environment.temperatureC, light),
    uniform,
    pulsesPerGate: 500,
    scanShare: 0.25,
    widthsNs: [15],
    ...changes,
  };
}

function at(rangeM: number, amplitudeE: number, pixels = 1000, ambientE = 500): DepthClass {
  return { pixels, t0Ns: rangeM * NS_PER_M, amplitudeE, ambientE };
}

/** The bound of the analysis, which the planner's own sums must agree with. */
function boundM(
  { ambientE, amplitudeE, t0Ns }: DepthClass,
  delaysNs: readonly number[],
  widthNs: number,
): number {
  const model = new GateModel(profile, { gateDelaysNs: delaysNs, gateWidthsNs: delaysNs.map(() => widthNs) });
  const shares = new Float64Array(model.gates);
  model.evaluate(t0Ns, shares, new Float64Array(model.gates));
  const times = frameTimes(profile);
  const middle = (times.rowGroups - 1) / 2;
  const wide = { ...profile, gates: { ...gates, widthsNs: [widthNs] } };
  const ambient =
    collectionTimes(wide, times, middle).ambientS / collectionTimes(profile, times, middle).ambientS;
  return new RangeBound(model, sampleNoiseVarianceE2(profile, environment.temperatureC)).sigmaM({
    t0Ns,
    signalE: amplitudeE * shares.reduce((sum, share) => sum + share, 0),
    backgroundE: ambientE * ambient + darkRateEPerS(profile) * collectionTimes(profile, times, middle).darkS,
  });
}

describe("one wall", () => {
  test.each([
    [2, 1e5],
    [3, 5e4],
    [5, 2e4],
    [9, 6e3],
    [15, 4e3],
  ])(
    "at %s m, %s e-: at least 1.6 x with three quarters of the gates, as the range bound has it",
    (rangeM, amplitudeE) => {
      const wall = at(rangeM, amplitudeE);
      const plan = planGates(request([wall]));
      const gain = boundM(wall, uniform.delaysNs, 15) / boundM(wall, plan.delaysNs, plan.widthNs);
      expect(gain).toBeGreaterThan(1.6);
      expect(plan.gain).toBeCloseTo(gain, 2);
      expect(plan.medianSigmaM / boundM(wall, plan.delaysNs, plan.widthNs)).toBeCloseTo(1, 2);
      expect(plan.scanGates).toBe(8);
      expect(plan.delaysNs).toHaveLength(32);
    },
  );

  test("most gates stand at the rise and at the fall of the pulse", () => {
    const plan = planGates(request([at(5, 2e4)]));
    const arrival = 5 * NS_PER_M;
    const near = (fromNs: number, toNs: number) =>
      plan.delaysNs.filter((delayNs) => delayNs - arrival > fromNs && delayNs - arrival < toNs).length;
    expect(near(-6, 6)).toBeGreaterThanOrEqual(10);
    expect(near(30, 55)).toBeGreaterThanOrEqual(5);
  });

  test("wider gates where they may be had, with the bound's gain", () => {
    const wall = at(9, 6e3);
    const plan = planGates(request([wall], { widthsNs: [15, 24, 39] }));
    expect(plan.widthNs).toBe(39);
    const gain = boundM(wall, uniform.delaysNs, 15) / boundM(wall, plan.delaysNs, 39);
    expect(plan.gain).toBeCloseTo(gain, 2);
    expect(gain).toBeGreaterThan(2.5);
  });

  test("no wider gates where they would saturate", () => {
    expect(planGates(request([at(0.8, 5e5)], { widthsNs: [15, 24, 39] })).widthNs).toBe(15);
  });
});

test("a quarter of the gates scans evenly, whatever is seen", () => {
  const plan = planGates(request([at(5, 2e4)]));
  const scan = Array.from({ length: 8 }, (_, i) => gates.delaysNs[4 * i + 2]!);
  for (const delayNs of scan) expect(plan.delaysNs).toContain(delayNs);
});

test("uniform gates where nothing is seen, or nothing that they could tell the range of", () => {
  for (const classes of [[], [at(18, 20)]]) {
    const plan = planGates(request(classes));
    expect(plan.delaysNs).toEqual(uniform.delaysNs);
    expect(plan.scanGates).toBe(32);
    expect(plan.gain).toBe(1);
    expect(plan.reason).toMatch(/^uniform: /);
  }
});

test("uniform gates where the scan is all there may be", () => {
  const plan = planGates(request([at(5, 2e4)], { scanShare: 1 }));
  expect(plan.delaysNs).toEqual(uniform.delaysNs);
});

/** Numbers 0..1 of a linear congruence: any mixture will do. */
function mixture(seed: number): DepthClass[] {
  let state = seed;
  const next = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  return Array.from({ length: 2 + Math.floor(30 * next()) }, () =>
    at(1 + 16 * next(), 10 ** (3 + 2.2 * next()), 1 + Math.floor(1000 * next() ** 3), 4000 * next()),
  );
}

test("200 mixtures: never worse than uniform gates on average, no class worse than 1.05 x", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const asked = request(mixture(seed));
    const plan = planGates(asked);
    const level = ratePlan(asked, uniform, 32);
    expect(plan.gain).toBeGreaterThanOrEqual(1);
    expect(plan.rmsSigmaM).toBeLessThanOrEqual(level.rmsSigmaM * (1 + 1e-9));
    expect(plan.leastGain).toBeGreaterThanOrEqual(1 / 1.05);
  }
});

test("the same classes in another order give the same gates", () => {
  const classes = mixture(5);
  const delays = (order: readonly DepthClass[]) => planGates(request(order)).delaysNs;
  expect(delays([...classes].reverse())).toEqual(delays(classes));
});
