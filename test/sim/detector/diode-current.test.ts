import { describe, expect, it } from "vitest";
import { darkCurrentA, darkNoiseCurrentA } from "../../../sim/detector/dark-current.ts";
import { diodeDarkDensity } from "../../../sim/detector/diode-current.ts";
import { inas, photoconductor } from "../lab/devices.ts";

const K_EV = 8.617333262e-5;
const at = (biasV: number, change: Partial<typeof inas.dark> = {}, temperatureK = 300) =>
  diodeDarkDensity({ ...inas, dark: { ...inas.dark, ...change } }, biasV, temperatureK);

describe("dark current of a diode", () => {
  it("is zero at 0 V and has the reference density where one is given", () => {
    expect(at(0)).toBe(0);
    for (const shuntShare of [0, 0.4, 1]) {
      const referenced = at(-0.5, { referenceBiasV: -0.5, densityAPerCm2: 25e-9, shuntShare });
      expect(referenced / -25e-9).toBeCloseTo(1, 8);
    }
  });

  it("is the ideal diode without shunt and series resistance", () => {
    const ideal = { referenceBiasV: -1, shuntShare: 0, seriesOhmCm2: 0, ideality: 1.5 };
    const saturation = 5e-8 / (1 - Math.exp(-1 / (1.5 * K_EV * 300)));
    for (const biasV of [-2, -0.05, 0.1, 0.4]) {
      const expected = saturation * (Math.exp(biasV / (1.5 * K_EV * 300)) - 1);
      expect(at(biasV, ideal) / expected).toBeCloseTo(1, 9);
    }
  });

  it("solves the series resistance: junction and resistor share the bias", () => {
    const change = { referenceBiasV: -1, shuntShare: 0, seriesOhmCm2: 35 };
    for (const biasV of [0.05, 0.3, 1, 5]) {
      const density = at(biasV, change);
      const junctionV = biasV - density * 35;
      expect(at(junctionV, { ...change, seriesOhmCm2: 0 }) / density).toBeCloseTo(1, 8);
    }
  });

  it("a shunt rectifies not at all, a diode with a series resistance by its forward current", () => {
    expect(at(1, { shuntShare: 1 }) / -at(-1, { shuntShare: 1 })).toBeCloseTo(1, 12);
    const leaky = at(1, { shuntShare: 0.9 }) / -at(-1, { shuntShare: 0.9 });
    const tight = at(1, { shuntShare: 0.1 }) / -at(-1, { shuntShare: 0.1 });
    expect(tight).toBeGreaterThan(5 * leaky);
  });

  it("leakage grows faster than the bias, more so in a thin film", () => {
    const growth = (thicknessNm: number) => {
      const film = { ...inas, thicknessNm, dark: { ...inas.dark, shuntShare: 1 } };
      return diodeDarkDensity(film, -2, 300) / diodeDarkDensity(film, -1, 300);
    };
    expect(growth(100)).toBeGreaterThan(growth(300));
    expect(growth(300)).toBeGreaterThan(2);
    // b sqrt(F) / 2kT by hand: 24 meV per sqrt(MV/m), from 10 to 20 MV/m.
    const slopeEv = Math.sqrt(1.602176634e-19 / (Math.PI * 8.8541878128e-12 * 10));
    const exponent = (slopeEv * (Math.sqrt(2e7) - Math.sqrt(1e7))) / (2 * K_EV * 300);
    expect(growth(100)).toBeCloseTo(2 * Math.exp(exponent), 6);
  });

  it("follows the activation energy under reverse bias", () => {
    const ratio = at(-1, {}, 320) / at(-1, {}, 300);
    expect(ratio).toBeCloseTo(Math.exp((-0.35 / K_EV) * (1 / 320 - 1 / 300)), 4);
  });
});

describe("noise of the dark current", () => {
  it("at a reference of 0 V is that of the given current", () => {
    for (const shuntShare of [0, 0.3, 1]) {
      const profile = { ...inas, dark: { ...inas.dark, shuntShare } };
      expect(darkNoiseCurrentA(profile, 0, 300)).toBeCloseTo(5e-8 * 8e-3, 20);
    }
  });

  it("of a leakage goes from thermal noise to shot noise", () => {
    const shunt = { ...inas, thicknessNm: 1e5, dark: { ...inas.dark, shuntShare: 1, referenceBiasV: -1 } };
    const thermal = ((2 * K_EV * 300) / 1) * 4e-10;
    expect(darkNoiseCurrentA(shunt, 1e-6, 300) / thermal).toBeCloseTo(1, 1);
    expect(darkNoiseCurrentA(shunt, -1, 300) / 4e-10).toBeCloseTo(1, 9);
    const between = darkCurrentA(shunt, 0.03, 300) / Math.tanh(0.03 / (2 * K_EV * 300));
    expect(darkNoiseCurrentA(shunt, 0.03, 300) / between).toBeCloseTo(1, 9);
  });

  it("of an ohmic channel likewise", () => {
    const current = darkCurrentA(photoconductor, 60, 300);
    expect(current).toBeCloseTo(1e-5 * 8e-3, 15);
    expect(darkNoiseCurrentA(photoconductor, 60, 300)).toBeCloseTo(current, 15);
    expect(darkNoiseCurrentA(photoconductor, 0, 300)).toBeCloseTo((current / 60) * 2 * K_EV * 300, 15);
  });

  it("refuses a channel whose dark current is given at 0 V", () => {
    const wrong = { ...photoconductor, dark: { ...photoconductor.dark, referenceBiasV: 0 } };
    expect(() => darkCurrentA(wrong, 1, 300)).toThrow(/conductor.*0 V.*give the bias/);
  });
});
