import { describe, expect, it } from "vitest";
import { currentGain, electronsPerPhoton, photocurrentA } from "../../../sim/detector/photocurrent.ts";
import { inas, photoconductor, phototransistor } from "../lab/devices.ts";

const light = { wavelengthNm: 930, powerW: 1e-6 };

describe("photocurrent", () => {
  it("of a diode: EQE q / h nu, backwards, between bias points on a line", () => {
    for (const [biasV, eqe] of [
      [0, 0.18],
      [-0.5, 0.27],
      [-1, 0.36],
    ] as const) {
      expect(photocurrentA(inas, { biasV }, light) / (-eqe * 1e-6)).toBeCloseTo(930 / 1239.841984, 9);
    }
  });

  it("by wavelength: half of the peak a half width below it, nothing past the window", () => {
    const redNm = 1239.841984 / (1239.841984 / 930 - 0.06);
    const eqeAt = (wavelengthNm: number) =>
      photocurrentA(inas, { biasV: 0 }, { wavelengthNm, powerW: 1e-6 }) / wavelengthNm;
    expect(eqeAt(redNm) / eqeAt(930)).toBeCloseTo(0.5, 6);
    expect(eqeAt(300)).toBe(-0);
  });

  it("follows P^k and holds at the reference power", () => {
    const at = { biasV: 5 };
    const one = photocurrentA(phototransistor, at, { ...light, powerW: 1e-6 });
    const ten = photocurrentA(phototransistor, at, { ...light, powerW: 1e-5 });
    expect(ten / one).toBeCloseTo(10 ** 0.7, 9);
    expect(one).toBeCloseTo((electronsPerPhoton(phototransistor, 5) * 1e-6 * 930) / 1239.841984, 6);
    expect(photocurrentA(phototransistor, at, { ...light, powerW: 0 })).toBe(0);
  });

  it("gain of a photoconductor is lifetime over transit, with the built-in voltage", () => {
    // L = 5 um, mobility 0.1: t = 25e-8 / (0.1 x 60.5) s.
    const transitS = 25e-8 / (0.1 * 60.5);
    expect(electronsPerPhoton(photoconductor, 60)).toBeCloseTo((0.5 * 1e-6) / transitS, 9);
    expect(currentGain(photoconductor, 60)).toBeCloseTo(1e-6 / transitS, 9);
    const double = { ...photoconductor, mobilityCm2PerVs: 0.2 };
    expect(electronsPerPhoton(double, 60)).toBeCloseTo((2 * 0.5 * 1e-6) / transitS, 9);
  });

  it("gate of a phototransistor: the first point holds, others in log gain, ends held", () => {
    const base = electronsPerPhoton(phototransistor, 5);
    expect(electronsPerPhoton(phototransistor, 5, -15)).toBe(base);
    expect(electronsPerPhoton(phototransistor, 5, -7.5) / base).toBeCloseTo(0.1, 9);
    expect(electronsPerPhoton(phototransistor, 5, 20) / base).toBeCloseTo(0.01, 9);
  });
});
