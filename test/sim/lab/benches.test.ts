import { describe, expect, it } from "vitest";
import { counted, scattered } from "../../../sim/lab/counting.ts";
import { DeviceBench } from "../../../sim/lab/device-bench.ts";
import { LaserBench } from "../../../sim/lab/laser-bench.ts";
import { LedBench } from "../../../sim/lab/led-bench.ts";
import { MaterialBench } from "../../../sim/lab/material-bench.ts";
import { meterReading } from "../../../sim/lab/source-meter.ts";
import { laser, led } from "../emitter/sources.ts";
import { inasFilm, nanoplatelets, superlattice } from "../material/films.ts";
import { inas } from "./devices.ts";

function highest(x: readonly number[], y: Float64Array): number {
  return x[y.indexOf(Math.max(...y))]!;
}
const grid = (from: number, to: number, step: number) =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

describe("counts and scatter", () => {
  // At 31 the 5/36 that rounding and skew would add to the variance are 3 sigma of 1e6 counts, 6 of 4e6.
  it.each([
    [0.3, 1e6],
    [5, 1e6],
    [31, 4e6],
    [400, 1e6],
  ])("counts around %d: mean and variance of %d, 4 sigma", (mean, n) => {
    const counts = counted(new Float64Array(n).fill(mean), 12n);
    let sum = 0;
    let squares = 0;
    for (const count of counts) {
      sum += count;
      squares += (count - mean) * (count - mean);
    }
    const average = sum / n;
    const variance = squares / n;
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / n));
    // Fourth central moment of the Poisson law: mean + 3 mean^2.
    expect(Math.abs(variance - mean)).toBeLessThan(4 * Math.sqrt((mean + 2 * mean ** 2) / n));
  });

  it("scatter is relative and absolute, 1e6 samples, 4 sigma", () => {
    const values = scattered(new Float64Array(1e6).fill(2), { relative: 0.01, absolute: 0.01 }, 3n);
    const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - 2) ** 2, 0) / 1e6);
    expect(Math.abs(spread / 0.03 - 1)).toBeLessThan(4 / Math.sqrt(2e6));
  });
});

describe("source meter", () => {
  it("has 16 bits of the smallest decade that holds the current", () => {
    expect(meterReading(0)).toBe(0);
    for (const current of [1.234567e-9, -9.87654e-4, 3]) {
      const step = 10 ** Math.ceil(Math.log10(Math.abs(current))) / 32768;
      expect(Math.abs(meterReading(current) - current)).toBeLessThanOrEqual(0.5001 * step);
      expect(meterReading(current) / step).toBeCloseTo(Math.round(current / step), 6);
    }
  });
});

describe("films under spectrometers", () => {
  const energies = grid(1.1, 1.6, 0.001);

  it("show the Stokes shift as the distance of two peaks", () => {
    const bench = new MaterialBench(inasFilm);
    const absorption = highest(energies, bench.absorbance({ process: "ME", seed: 1 }, energies));
    const emission = highest(energies, bench.luminescence({ process: "ME", seed: 1 }, energies));
    expect(Math.abs(absorption - emission - 0.047)).toBeLessThan(0.006);
  });

  it("show conductivities with a scatter of 0.2 % of the Drude value, equal for equal seeds", () => {
    const bench = new MaterialBench(nanoplatelets);
    const hz = grid(0.2e12, 2e12, 0.1e12);
    const one = bench.conductivity({ process: "300", seed: 1 }, hz);
    expect(bench.conductivity({ process: "300", seed: 1 }, hz)).toEqual(one);
    expect(bench.conductivity({ process: "300", seed: 2 }, hz)).not.toEqual(one);
    expect(one.real.every((value) => value > 0)).toBe(true);
  });

  it("refuse what the document does not hold", () => {
    const { effectiveMass: _, ...massless } = nanoplatelets;
    expect(() => new MaterialBench(massless).conductivity({ process: "300", seed: 1 }, [1e12])).toThrow(
      /an effective mass in m_e/,
    );
    expect(() => new MaterialBench(nanoplatelets).conductivity({ process: "20", seed: 1 }, [1e12])).toThrow(
      /20 degC.*scattering time was measured/,
    );
    expect(() => new MaterialBench(inasFilm).conductivity({ seed: 1 }, [1e12])).toThrow(
      /ligand material has no scattering time/,
    );
    expect(() => new MaterialBench(superlattice).luminescence({ layers: 0.5, seed: 1 }, [2])).toThrow(
      /0.5 layers/,
    );
  });
});

describe("light sources", () => {
  it("show line, power, cosine, ageing and decay of the diode", () => {
    const bench = new LedBench(led);
    expect(
      Math.abs(highest(grid(480, 560, 0.5), bench.spectrum(grid(480, 560, 0.5), 1, 1)) - 517),
    ).toBeLessThan(2);
    expect(bench.output([2], 1)[0]! / (2e-3 * 0.2413 * (1239.841984 / 517))).toBeCloseTo(1, 2);
    const [normal, tilted, behind] = bench.angular([0, 60, 120], 1);
    expect(normal).toBeCloseTo(1, 2);
    expect(tilted).toBeCloseTo(0.5, 2);
    expect(behind).toBeCloseTo(0, 2);
    expect(bench.ageing(1e4, [54], 1)[0]! / 5000).toBeCloseTo(1, 2);
    const [start, later] = bench.decay([0, 25.75], 1);
    expect(later! / start!).toBeCloseTo(1 / Math.E, 2);
  });

  it("show a laser's threshold and line, and say what no document gives", () => {
    const bench = new LaserBench(laser);
    const [below, above] = bench.output([400e-6, 500e-6], 1);
    expect(above! / below!).toBeGreaterThan(50);
    const nm = grid(1640, 1660, 0.1);
    expect(Math.abs(highest(nm, bench.spectrum(nm, 2, 1)) - 1650)).toBeLessThan(0.5);
    expect(() => bench.decay()).toThrow(/gives no decay/);
  });
});

describe("settings", () => {
  const bench = new DeviceBench(inas);
  const record = { sampleRateHz: 1e5, samples: 10, seed: 1 };

  it.each([
    [() => bench.current({ temperatureK: 0 }), /temperature in K is 0/],
    [() => bench.current({ biasV: Number.NaN }), /bias in V is NaN/],
    [() => bench.current({ light: { wavelengthNm: 900, powerW: -1 } }), /light power is -1 W/],
    [() => bench.record({ ...record, samples: 0 }), /0 samples/],
    [() => bench.record({ ...record, sampleRateHz: 0 }), /sampling rate in Hz is 0/],
    [
      () => bench.transient({ ...record, pulseWidthS: 1e-6, repetitionHz: 1e6, averages: 1 }),
      /overlap; shorten or space/,
    ],
    [() => bench.modulated({ ...record, frequencyHz: 6e4, depth: 0.5 }), /at most half the sampling rate/],
    [() => bench.modulated({ ...record, frequencyHz: 1e4, depth: 2 }), /depth 2/],
  ])("refuses %s", (reading, message) => {
    expect(reading).toThrow(message);
  });

  it("gives equal readings for equal seeds, independent ones for another bias, seed or instrument", () => {
    const noise = (biasV: number, seed: number) => {
      const series = bench.record({ ...record, biasV, seed, samples: 4 });
      return series.map((x) => x - series[0]!);
    };
    expect(noise(0, 1)).toEqual(noise(0, 1));
    expect(noise(0, 1)).not.toEqual(noise(0, 2));
    expect(noise(0, 1)[1]! / noise(0, 1)[2]!).not.toBeCloseTo(noise(-1, 1)[1]! / noise(-1, 1)[2]!, 3);
  });
});
