import { describe, expect, test } from "vitest";
import { GateModel } from "../../../host/analysis/gate-model.ts";
import { PulseResponse, type PulseShape } from "../../../host/analysis/pulse-response.ts";
import { RangeBound } from "../../../host/analysis/range-bound.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";

const LIGHT_M_PER_NS = 0.299792458;
const base = loadLidarProfile("inas-lidar-320x240");

/** The waveform by brute force: rectangle convolved with the poles, pulse after pulse, midpoint rule. */
function bruteCharge(shape: PulseShape, from: number, to: number, pulses: number): number {
  const step = 0.02;
  let sum = 0;
  for (let pulse = 0; pulse < pulses; pulse++)
    for (let emitted = step / 2; emitted < shape.pulseWidthNs; emitted += step) {
      const left = (t: number, tau: number) => (t <= 0 ? 1 : Math.exp(-t / tau));
      const a = from - emitted + pulse * shape.periodNs;
      const b = to - emitted + pulse * shape.periodNs;
      const fast = left(a, shape.tauNs) - left(b, shape.tauNs);
      const slow = left(a, shape.slowTauNs) - left(b, shape.slowTauNs);
      sum += ((1 - shape.slowFraction) * fast + shape.slowFraction * slow) * (step / shape.pulseWidthNs);
    }
  return sum;
}

describe("pulse response against brute force", () => {
  const shape: PulseShape = {
    pulseWidthNs: 39,
    periodNs: 300,
    tauNs: 29.6,
    slowFraction: 0.1,
    slowTauNs: 120,
    repeats: true,
  };
  test.each([
    [-40, -25],
    [-10, 5],
    [10, 25],
    [30, 45],
    [60, 75],
    [200, 215],
  ])("gate from %d to %d ns, with the tails of earlier pulses", (from, to) => {
    const response = new PulseResponse(shape);
    const charge = -response.evaluate(from).charge + response.evaluate(to).charge;
    // Before its arrival the present pulse gives nothing; the one before it arrived a period earlier.
    const expected = bruteCharge(shape, from, to, 40);
    expect(charge).toBeCloseTo(expected, 6);
  });

  test("the current is the slope of the charge, single or repeated", () => {
    for (const repeats of [true, false]) {
      const response = new PulseResponse({ ...shape, repeats });
      for (const y of [-20, 3, 20, 38, 41, 100, 290]) {
        const slope = (-response.evaluate(y - 1e-4).charge + response.evaluate(y + 1e-4).charge) / 2e-4;
        expect(response.evaluate(y).current).toBeCloseTo(slope, 8);
      }
    }
  });
});

describe("the table of physics.md 7: w = 15 ns, K = 32 over 0..200 ns, rms over t0 = 10..110 ns", () => {
  const idealGates = {
    gateDelaysNs: Array.from({ length: 32 }, (_, k) => (k * 185) / 31),
    gateWidthsNs: new Array<number>(32).fill(15),
  };
  const ideal = (fallTimeNs: number): LidarProfile => ({
    ...base,
    detector: { ...base.detector, fallTimeNs, slowTailFraction: 0 },
    gates: { ...base.gates, gating: "film-bias", extinction: 0 },
    emitter: { ...base.emitter, pulseWidthNs: 39, repetitionHz: 1e6 },
  });
  const inas = ideal(29.6 * Math.log(9));
  const pbs = ideal(113.8 * Math.log(9));

  function rmsBoundMm(profile: LidarProfile, electrons: number, ambientRatio: number, readE: number): number {
    const bound = new RangeBound(new GateModel(profile, idealGates), readE ** 2);
    let sum = 0;
    let count = 0;
    for (let t0Ns = 10; t0Ns <= 110; t0Ns += 2, count++)
      sum += bound.sigmaM({ t0Ns, signalE: electrons, backgroundE: (ambientRatio * electrons) / 32 }) ** 2;
    return 1000 * Math.sqrt(sum / count);
  }

  test.each([
    ["InAs, no ambient, 20 e- read", inas, 0, 20, [349, 49, 10.8, 3.1]],
    ["InAs, no ambient, 100 e- read", inas, 0, 100, [1636, 168, 20.2, 3.8]],
    ["InAs, ambient = N, 20 e- read", inas, 1, 20, [361, 57.5, 15.0, 4.6]],
    ["PbS, ambient = N, 20 e- read", pbs, 1, 20, [744, 111, 28, 8.6]],
  ] as const)("%s", (_, profile, ambient, readE, expected) => {
    const found = [1e3, 1e4, 1e5, 1e6].map((n) => rmsBoundMm(profile, n, ambient, readE));
    found.forEach((mm, i) => {
      expect(mm / expected[i]!).toBeGreaterThan(0.96);
      expect(mm / expected[i]!).toBeLessThan(1.04);
    });
  });
});

test("swept reset: the information matrix agrees with finite differences of the model", () => {
  const swept: LidarProfile = {
    ...base,
    gates: { ...base.gates, gating: "swept-reset", extinction: 0.3, pulsesPerGate: 1 },
  };
  const times = { gateDelaysNs: base.gates.delaysNs, gateWidthsNs: base.gates.widthsNs };
  const model = new GateModel(swept, times);
  const K = model.gates;
  const at = (t0: number) => {
    const shares = new Float64Array(K);
    model.evaluate(t0, shares, new Float64Array(K));
    return shares;
  };
  const t0 = 40;
  const shares = at(t0);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const [signalE, backgroundE, noise] = [5e4, 700, 900];
  const amplitude = signalE / total;
  const slopes = at(t0 + 1e-4).map((share, k) => (amplitude * (share - at(t0 - 1e-4)[k]!)) / 2e-4);
  const rows = [shares, new Float64Array(K).fill(1), slopes];
  const fim = rows.map((a) =>
    rows.map((b) =>
      a.reduce((sum, value, k) => sum + (value * b[k]!) / (amplitude * shares[k]! + backgroundE + noise), 0),
    ),
  );
  const det2 = fim[0]![0]! * fim[1]![1]! - fim[0]![1]! * fim[1]![0]!;
  const det3 =
    fim[0]![0]! * (fim[1]![1]! * fim[2]![2]! - fim[1]![2]! * fim[2]![1]!) -
    fim[0]![1]! * (fim[1]![0]! * fim[2]![2]! - fim[1]![2]! * fim[2]![0]!) +
    fim[0]![2]! * (fim[1]![0]! * fim[2]![1]! - fim[1]![1]! * fim[2]![0]!);
  const expected = (LIGHT_M_PER_NS / 2) * Math.sqrt(det2 / det3);
  expect(new RangeBound(model, noise).sigmaM({ t0Ns: t0, signalE, backgroundE }) / expected).toBeCloseTo(
    1,
    5,
  );
});
