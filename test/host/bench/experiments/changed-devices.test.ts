import { describe, expect, it } from "vitest";
import type { DeviceProfile } from "../../../../hw-profiles/device-profile.ts";
import { device, measured } from "../support/changed.ts";

const withDark = (change: Partial<DeviceProfile["dark"]>) =>
  device((profile) => ({ ...profile, dark: { ...profile.dark, ...change } }));

describe("a changed device moves what is measured on it", () => {
  it("ten times the series resistance: less forward current, less rectification", async () => {
    const rectification = (await measured("jv", "inas-me", withDark({ seriesOhmCm2: 14_320 })))(
      "rectification",
    );
    expect(rectification.ok).toBe(false);
    expect(rectification.value).toBeGreaterThan(7050 / 10);
    expect(rectification.value).toBeLessThan(7050 / 7);
  });

  it("ten times the shunt: its current at -1 V falls out of the ratio", async () => {
    const plain = await measured("jv", "inas-me", {});
    const leaky = await measured("jv", "inas-me", withDark({ shuntShare: 0.109 }));
    expect(leaky("rectification").ok).toBe(false);
    expect(leaky("rectification").value).toBeLessThan(plain("rectification").value / 4);
  });

  it("four times the dark current: twice the noise current, half of D*", async () => {
    const change = withDark({ densityAPerCm2: 4 * 5e-8 });
    const noise = await measured("noise", "inas-me", change);
    expect(noise("shotNoiseLimit").value / 2.26e-14).toBeCloseTo(1, 1);
    expect(noise("noiseCurrent1kHz").value / 15e-14).toBeCloseTo(1, 1);
    expect(noise("noiseOverShot").ok).toBe(true);
    expect((await measured("detectivity", "inas-me", change))("detectivity").value / 0.8e11).toBeCloseTo(
      1,
      1,
    );
  });

  it("four times the area: twice the noise current, the same D*", async () => {
    const change = device((profile) => ({ ...profile, areaCm2: 4 * profile.areaCm2 }));
    expect((await measured("noise", "inas-me", change))("noiseCurrent1kHz").value / 15e-14).toBeCloseTo(1, 1);
    expect((await measured("detectivity", "inas-me", change))("detectivity").ok).toBe(true);
  });

  it("a higher corner of the flicker: found where it is", async () => {
    const change = device((profile) => ({ ...profile, noise: { ...profile.noise, cornerHz: 20_000 } }));
    const corner = (await measured("noise", "inas-me", change))("noiseCorner");
    expect(corner.ok).toBe(false);
    expect(corner.value / 20_000).toBeCloseTo(1, 1);
  });

  it("another exciton peak and width: the spectrum shows both", async () => {
    const change = device((profile) => ({
      ...profile,
      spectrum: { ...profile.spectrum, peakNm: 1000, halfWidthEv: 0.09 },
    }));
    const read = await measured("eqe-spectrum", "inas-me", change);
    expect(read("eqePeakWavelength")).toMatchObject({ ok: false, value: expect.closeTo(1000, -1) });
    expect(read("absorptionHalfWidth")).toMatchObject({ ok: false, value: expect.closeTo(90, 0) });
  });

  it("light power to the 0.8: the exponent", async () => {
    const change = device((profile) => ({ ...profile, powerExponent: 0.8 }));
    const exponent = (await measured("eqe-bias", "inas-me", change))("powerExponent");
    expect(exponent).toMatchObject({ ok: false, value: expect.closeTo(0.8, 2) });
  });

  it("half the speed at one bias: half of the bandwidth there alone", async () => {
    const change = device((profile) =>
      profile.structure === "photodiode" && profile.speedPoints !== undefined
        ? {
            ...profile,
            speedPoints: profile.speedPoints.map((point) =>
              point.biasV === -5 ? { ...point, relativeTau: 2 * point.relativeTau } : point,
            ),
          }
        : profile,
    );
    const read = await measured("table4", "meng-ref99-photodiode", change);
    expect(read("bandwidth", "-5 V").value / 1.5e6).toBeCloseTo(1, 1);
    expect(read("bandwidth", "-0.5 V").ok).toBe(true);
  });

  it("half the mobility of a phototransistor: half the responsivity", async () => {
    const change = device((profile) =>
      profile.structure === "phototransistor"
        ? { ...profile, mobilityCm2PerVs: profile.mobilityCm2PerVs / 2 }
        : profile,
    );
    const responsivity = (await measured("table4", "meng-ref94-phototransistor", change))("responsivity");
    expect(responsivity).toMatchObject({ ok: false, value: expect.closeTo(0.79, 2) });
  });

  it("less gain at one gate voltage: its responsivity alone", async () => {
    const change = device((profile) =>
      profile.structure === "phototransistor"
        ? {
            ...profile,
            gatePoints: profile.gatePoints.map((point) =>
              point.gateV === -40 ? { ...point, relativeGain: point.relativeGain / 4 } : point,
            ),
          }
        : profile,
    );
    const read = await measured("table4", "meng-ref97-phototransistor", change);
    expect(read("responsivity", "850 nm, gate -40 V")).toMatchObject({
      ok: false,
      value: expect.closeTo(50, 0),
    });
    expect(read("responsivity", "850 nm, gate 60 V").ok).toBe(true);
  });
});
