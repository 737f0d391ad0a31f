import { describe, expect, it } from "vitest";
import {
  carrierDensity,
  drudeSmith,
  fitDrudeSmith,
  shortRangeMobility,
} from "../../../../host/bench/analysis/drude-smith.ts";
import { linearSpace } from "../../../../host/bench/analysis/sampling.ts";
import { fitBroadening, fitEdge, occupation } from "../../../../host/bench/analysis/temperature.ts";
import { normals, repeat } from "../support/noise.ts";

const terahertz = linearSpace(0.2e12, 40e12, 200);

describe("Drude-Smith", () => {
  it.each([
    [43, -0.95, 4.17e21],
    [69, -0.67, 1.21e22],
  ])("tau %i fs, c %f from real and imaginary part, without bias", (tauFs, c, density) => {
    const drude = (density * 1.602176634e-19 ** 2 * tauFs * 1e-15) / (0.14 * 9.1093837015e-31);
    const fits = Array.from({ length: 20 }, (_, i) => {
      const noise = normals(i + 1);
      const clean = terahertz.map((f) => drudeSmith(drude, tauFs * 1e-15, c, 2 * Math.PI * f));
      const scatter = 0.01 * Math.max(...clean.map((s) => Math.abs(s.real)));
      return fitDrudeSmith(terahertz, {
        real: clean.map((s) => s.real + scatter * noise()),
        imaginary: clean.map((s) => s.imaginary + scatter * noise()),
      });
    });
    const mean = (read: (fit: (typeof fits)[0]) => number) =>
      fits.reduce((sum, fit) => sum + read(fit), 0) / fits.length;
    expect(Math.abs(mean((fit) => fit.scatteringTimeS * 1e15) / tauFs - 1)).toBeLessThan(0.01);
    expect(Math.abs(mean((fit) => fit.persistence) - c)).toBeLessThan(0.01);
    const found = mean((fit) => carrierDensity(fit.drudeConductivity, fit.scatteringTimeS, 0.14));
    expect(Math.abs(found / density - 1)).toBeLessThan(0.02);
  });

  it("c = 0 is Drude, c = -1 does not conduct at rest", () => {
    expect(drudeSmith(100, 5e-14, 0, 1 / 5e-14)).toEqual({ real: 50, imaginary: 50 });
    expect(drudeSmith(100, 5e-14, -1, 0).real).toBe(0);
    expect(shortRangeMobility(69e-15, -0.67, 0.13)).toBeCloseTo(308, 0);
  });
});

describe("temperature", () => {
  const temperatures = linearSpace(10, 300, 30);

  it("E(T) gives its four parameters back", () => {
    const { mean } = repeat(10, (noise) => {
      const energies = temperatures.map(
        (t) => 2.35 + 3e-4 * t - 0.02 * (2 * occupation(0.03, t) + 1) + 2e-5 * noise(),
      );
      return fitEdge(temperatures, energies).phononEv;
    });
    expect(Math.abs(mean / 0.03 - 1)).toBeLessThan(0.03);
  });

  it("Gamma(T) gives width and coupling back at the phonon that is held", () => {
    const noise = normals(4);
    const widths = temperatures.map((t) => 0.03 + 0.06 * occupation(0.02, t) + 1e-4 * noise());
    const fit = fitBroadening(temperatures, widths, 0.02);
    expect(Math.abs(fit.broadening0Ev - 0.03)).toBeLessThan(4 * fit.standardErrors[0]!);
    expect(Math.abs(fit.couplingLoEv - 0.06)).toBeLessThan(4 * fit.standardErrors[1]!);
    expect(fitBroadening(temperatures, widths, 0.06).residualRms).toBeGreaterThan(2 * fit.residualRms);
  });
});
