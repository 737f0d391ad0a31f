import { describe, expect, it } from "vitest";
import type { EffectsProfile, ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { lagDecay, lagStep } from "../../../sim/detector/lag.ts";
import type { BandCollector } from "../../../sim/imaging/collector.ts";
import { CollectorReference } from "../../reference/imaging/collect-reference.ts";
import { collectorOf, conditionsWith, covariance, moments, scheduleOf, sized } from "./collect-fixture.ts";

const TRAPS = [
  { share: 0.05, tauMs: 3 },
  { share: 0.1, tauMs: 40 },
];
const lag: EffectsProfile["lag"] = { on: true, traps: TRAPS };
const profile: ImagingProfile = sized(32, 4);
const READS = [0.001, 0.004, 0.01];

/** n_k and Q after `timeS`, by Runge-Kutta in small steps. */
function integrate(occupied: readonly number[], node: number, rateEPerS: number, timeS: number): number[] {
  const slope = (state: readonly number[]) => {
    const flows = TRAPS.map(({ share, tauMs }, k) => (share * state[2]! - state[k]!) / (tauMs / 1000));
    return [...flows, rateEPerS - flows[0]! - flows[1]!];
  };
  let state = [...occupied, node];
  const steps = 4000;
  const h = timeS / steps;
  const moved = (by: readonly number[], share: number) => state.map((value, i) => value + share * by[i]!);
  for (let i = 0; i < steps; i++) {
    const k1 = slope(state);
    const k2 = slope(moved(k1, h / 2));
    const k3 = slope(moved(k2, h / 2));
    const k4 = slope(moved(k3, h));
    state = state.map((value, j) => value + (h / 6) * (k1[j]! + 2 * k2[j]! + 2 * k3[j]! + k4[j]!));
  }
  return state;
}

describe("one interval of the traps", () => {
  it("is the solution of their differential equations", () => {
    const step = lagStep(TRAPS, 0.007);
    const [occupied, node, rate] = [[300, 500], 20_000, 3e6];
    const exact = integrate(occupied, node, rate, 0.007);
    for (const k of [0, 1]) {
      const row = step.slice(4 * k, 4 * k + 4);
      const found = row[0]! * node + row[1]! * rate * 0.007 + row[2]! * 300 + row[3]! * 500;
      expect(found).toBeCloseTo(exact[k]!, 6);
    }
  });

  it("ends in equilibrium and starts with nothing", () => {
    const total = 1.15;
    expect(lagStep(TRAPS, 1e4)[0]).toBeCloseTo(0.05 / total, 6);
    expect(lagStep(TRAPS, 0)).toEqual([0, 0, 1, 0, 0, 0, 0, 1]);
    expect(lagDecay(TRAPS, 0.04)[1]).toBeCloseTo(Math.exp(-1), 12);
    expect(lagDecay(TRAPS, -1e-9)).toEqual([1, 1]);
  });
});

const conditions = conditionsWith(["lag"], { lag });
const lagged: ImagingProfile = { ...profile, effects: { ...profile.effects, lag } };

/** One frame of the collector; its charge, one plane after the other. */
function frame(collector: BandCollector, number: number, light: number, periodS = 0.05): Float32Array {
  collector.photonsPerS.fill(light);
  collector.setLight(conditions);
  const key = { seed: 1n, frame: number };
  collector.collect(scheduleOf(4, READS, number > 0 ? periodS : 0), key);
  return collector.charge.slice(0, READS.length * 128);
}

describe("lag over frames", () => {
  const LIGHT = 5e6;
  const rate = LIGHT * 0.44 * 0.9;
  const bright = [[0, 0, 0]];
  READS.forEach((end, i) => {
    const [first, second, node] = bright[i]!;
    bright.push(integrate([first!, second!], node!, rate, end - (READS[i - 1] ?? 0)));
  });

  it("takes charge from the first frame, which starts empty", () => {
    const found = frame(collectorOf(lagged), 0, LIGHT);
    READS.forEach((_, read) => {
      expect(found[read * 128]! / bright[read + 1]![2]!).toBeCloseTo(1, 5);
    });
  });

  it("gives it back to a dark frame, less what the reset took between", () => {
    const collector = collectorOf(lagged);
    frame(collector, 0, LIGHT);
    const found = frame(collector, 1, 0);
    const start = TRAPS.map(({ tauMs }, k) => bright[3]![k]! * Math.exp(-40 / tauMs));
    const expected = integrate(start, 0, 0, READS[2]!)[2]!;
    expect(expected).toBeGreaterThan(10);
    expect(found[2 * 128]! / expected).toBeCloseTo(1, 4);
  });

  it("keeps the sum of node and traps", () => {
    const reference = new CollectorReference(lagged, collectorOf(lagged).band, 3);
    const collector = collectorOf(lagged);
    reference.photonsPerS.fill(LIGHT);
    reference.setLight(conditions);
    reference.collect(scheduleOf(4, READS), { seed: 1n, frame: 0 });
    const charge = frame(collector, 0, LIGHT);
    const trapped = reference.traps[0]! + reference.traps[128]!;
    expect(trapped).toBeGreaterThan(500);
    expect(Math.abs(charge[256]! + trapped - rate * READS[2]!)).toBeLessThan(0.01);
  });

  it("gaps of dropped frames count as time at reset", () => {
    const dropped = collectorOf(lagged);
    frame(dropped, 0, LIGHT);
    const slow = collectorOf(lagged);
    frame(slow, 0, LIGHT);
    expect(frame(dropped, 3, 0, 0.05)).toEqual(frame(slow, 1, 0, 3 * 0.05));
  });

  it("exposes the same frame again from the same start, also in other light", () => {
    const straight = collectorOf(lagged);
    const expected = [LIGHT, 0, LIGHT / 2].map((light, number) => frame(straight, number, light));
    const ahead = collectorOf(lagged);
    expect(frame(ahead, 0, LIGHT)).toEqual(expected[0]);
    frame(ahead, 1, 3 * LIGHT);
    frame(ahead, 1, 2 * LIGHT);
    expect(frame(ahead, 1, 0)).toEqual(expected[1]);
    frame(ahead, 2, LIGHT);
    expect(frame(ahead, 2, LIGHT / 2)).toEqual(expected[2]);
  });

  it("starts empty when told that it is the first frame, after lag was off, or when the past is gone", () => {
    const first = frame(collectorOf(lagged), 0, LIGHT);
    const collector = collectorOf(lagged);
    frame(collector, 5, 4 * LIGHT);
    expect(frame(collector, 6, LIGHT, 0)).toEqual(first);
    collector.setLight(conditionsWith([], { lag }));
    expect(frame(collector, 7, LIGHT)).toEqual(first);
    frame(collector, 8, LIGHT);
    expect(frame(collector, 2, LIGHT)).toEqual(first);
  });
});

describe("noise with lag", () => {
  const SIZE = 1024;
  const n = SIZE * SIZE;
  const large = { ...sized(SIZE, SIZE), effects: lagged.effects };

  it("shot noise goes the way of the mean: variances and covariance of two reads, at 4 sigma", () => {
    const collector = collectorOf({ ...large, roic: { ...large.roic, maxReads: 2 } });
    collector.photonsPerS.fill(5e6);
    collector.setLight(conditionsWith(["lag", "shotNoise"], { lag }));
    collector.collect(scheduleOf(SIZE, [0.004, 0.01]), { seed: 6n, frame: 0 });
    const [first, second] = [collector.charge.slice(0, n), collector.charge.slice(n, 2 * n)];
    const generated = [5e6 * 0.396 * 0.004, 5e6 * 0.396 * 0.006];
    // What an electron generated in an interval leaves on the node at its end, and at the end of the next one.
    const ownStart = integrate([0, 0], 0, 1 / 0.004, 0.004);
    const own = [ownStart[2]!, integrate([0, 0], 0, 1 / 0.006, 0.006)[2]!];
    const later = integrate(ownStart.slice(0, 2), ownStart[2]!, 0, 0.006)[2]!;
    const variances = [
      generated[0]! * own[0]! ** 2,
      generated[0]! * later ** 2 + generated[1]! * own[1]! ** 2,
    ];
    const between = generated[0]! * own[0]! * later;
    [first, second].forEach((charge, read) => {
      const { variance } = moments(charge);
      expect(Math.abs(variance - variances[read]!)).toBeLessThan(4 * variances[read]! * Math.sqrt(2 / n));
    });
    const bound = 4 * Math.sqrt((variances[0]! * variances[1]! + between ** 2) / n);
    expect(Math.abs(covariance(first, second) - between)).toBeLessThan(bound);
  });
});
