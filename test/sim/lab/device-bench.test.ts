import { describe, expect, it } from "vitest";
import { DeviceBench } from "../../../sim/lab/device-bench.ts";
import { inas, pbs, photoconductor, phototransistor } from "./devices.ts";

const light = { wavelengthNm: 930, powerW: 1e-5 };

/** 90-10 % of the fall after the highest point, between samples by a straight line. */
function fallTimeS(wave: Float64Array, sampleRateHz: number): number {
  const size = wave.map(Math.abs);
  const base = Math.min(...size);
  const top = Math.max(...size);
  const start = size.indexOf(top);
  const crossing = (share: number) => {
    const level = base + share * (top - base);
    let i = start;
    while (size[i + 1]! > level) i++;
    return i + (size[i]! - level) / (size[i]! - size[i + 1]!);
  };
  return (crossing(0.1) - crossing(0.9)) / sampleRateHz;
}

const pulses = {
  biasV: 0,
  light,
  sampleRateHz: 2e9,
  samples: 2000,
  pulseWidthS: 39e-9,
  repetitionHz: 1e6,
  averages: 1e7,
  seed: 1,
};

describe("DeviceBench", () => {
  it.each([
    [inas, 65e-9, 2e-9],
    [pbs, 250e-9, 8e-9],
  ])("shows the fall time of $name in the waveform", (profile, expected, within) => {
    const fall = fallTimeS(new DeviceBench(profile).transient(pulses), pulses.sampleRateHz);
    expect(Math.abs(fall - expected)).toBeLessThan(within);
  });

  it("chain response -> fall time: twice the time constant, twice the fall", () => {
    const slow = inas.response.map((pole) => ({ ...pole, fallTauS: 2 * pole.fallTauS }));
    const fall = fallTimeS(
      new DeviceBench({ ...inas, response: slow }).transient(pulses),
      pulses.sampleRateHz,
    );
    expect(Math.abs(fall - 130e-9)).toBeLessThan(4e-9);
  });

  it("a slow pole leaves a tail that wraps into the next period", () => {
    const response = [
      ...inas.response.map((pole) => ({ ...pole, share: 0.9 })),
      { share: 0.1, riseTauS: 3e-7, fallTauS: 3e-7 },
    ];
    const wave = new DeviceBench({ ...inas, response }).transient({ ...pulses, averages: 1e13 });
    const charge = 0.1 * (1 - Math.exp(-39e-9 / 3e-7)) * Math.exp((39e-9 - 1e-6) / 3e-7);
    const level = wave.at(-1)! / new DeviceBench(inas).current({ biasV: 0, light });
    expect(level / (charge / (1 - Math.exp(-1e-6 / 3e-7)))).toBeCloseTo(1, 2);
  });

  it("rectifies: 7050 at 1 V", () => {
    const bench = new DeviceBench(inas);
    const ratio = bench.current({ biasV: 1 }) / -bench.current({ biasV: -1 });
    expect(ratio).toBeGreaterThan(6000);
    expect(ratio).toBeLessThan(8000);
  });

  it("gives EQE against bias from currents in light and in the dark", () => {
    const bench = new DeviceBench(inas);
    for (const [biasV, eqe] of [
      [0, 0.18],
      [-1, 0.36],
    ] as const) {
      const photo = bench.current({ biasV }) - bench.current({ biasV, light });
      expect((photo / light.powerW) * (1239.842 / 930)).toBeCloseTo(eqe, 4);
    }
  });

  it("works for every structure", () => {
    for (const profile of [photoconductor, phototransistor]) {
      const bench = new DeviceBench(profile);
      expect(bench.current({ light })).toBeGreaterThan(bench.current({}));
    }
  });
});
