import { describe, expect, it } from "vitest";
import { fitIdeality, rectification } from "../../../../host/bench/analysis/diode.ts";
import {
  detectivity,
  fitResponsivity,
  quantumEfficiency,
} from "../../../../host/bench/analysis/responsivity.ts";
import { linearSpace, logSpace } from "../../../../host/bench/analysis/sampling.ts";
import { normals, repeat } from "../support/noise.ts";

describe("diode", () => {
  it("rectification is a ratio of magnitudes", () => {
    expect(rectification(7.05e-3, -1e-6)).toBeCloseTo(7050, 9);
  });

  it("the slope of a diode with 1 % noise gives its ideality", () => {
    const voltages = linearSpace(0.1, 0.4, 40);
    const { mean, spread } = repeat(30, (noise) => {
      const currents = voltages.map(
        (v) => 1e-9 * (Math.exp(v / (1.8 * 0.025852)) - 1) * (1 + 0.01 * noise()),
      );
      return fitIdeality(voltages, currents, { fromV: 0.15, toV: 0.4 }, 300).ideality;
    });
    expect(Math.abs(mean - 1.8)).toBeLessThan(0.01);
    expect(spread).toBeLessThan(0.01);
  });

  it("says so where no forward current is", () => {
    expect(() => fitIdeality([0.2, 0.3], [1e-9, -1], { fromV: 0, toV: 1 }, 300)).toThrow(
      /found 1 forward point/,
    );
  });
});

describe("responsivity", () => {
  it("finds R and k of a bent light response", () => {
    const powers = logSpace(1e-8, 1e-4, 9);
    const noise = normals(5);
    const currents = powers.map((p) => -0.135 * 1e-6 * (p / 1e-6) ** 0.92 * (1 + 0.002 * noise()));
    const fit = fitResponsivity(powers, currents, 1e-6);
    expect(Math.abs(fit.responsivityAPerW / 0.135 - 1)).toBeLessThan(0.003);
    expect(Math.abs(fit.exponent - 0.92)).toBeLessThan(4 * fit.exponentError + 1e-6);
    expect(fit.exponentError).toBeLessThan(0.001);
  });

  it("EQE 18 % at 930 nm is 0.135 A/W, and that with 7.5e-14 A/rtHz on 0.8 mm2 is 1.6e11 Jones", () => {
    expect(quantumEfficiency(0.135017, 930)).toBeCloseTo(0.18, 5);
    expect(detectivity(0.135, 8e-3, 7.547e-14) / 1.6e11).toBeCloseTo(1, 3);
  });
});
