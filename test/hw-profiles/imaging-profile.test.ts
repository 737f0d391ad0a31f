import { describe, expect, it } from "vitest";
import { explainProfile } from "../../hw-profiles/load/explain-profile.ts";
import { lintProfile } from "../../hw-profiles/load/lint-profile.ts";
import { listProfiles, loadImagingProfile, loadLidarProfile } from "../../hw-profiles/load/load-profile.ts";
import { ProfileError } from "../../hw-profiles/resolve/profile-error.ts";

const names = listProfiles()
  .filter(({ mode }) => mode === "imaging")
  .map(({ name }) => name);

function derivedOf(name: string): (quantity: string) => number {
  const values = new Map(explainProfile(name).derived.map((entry) => [entry.name, entry.value]));
  return (quantity) => values.get(quantity) ?? Number.NaN;
}

describe("imaging profiles", () => {
  it("are the six of the package, all of them sound", () => {
    expect(names).toEqual([
      "emberion-640x512",
      "hgte-1280x1024",
      "imec-3t-768x512",
      "inas-imager-320x240",
      "inas-imager-64x48",
      "st-swir-640x480",
    ]);
    for (const name of names) expect(lintProfile(name), name).toEqual([]);
  });

  it.each([
    ["imec-3t-768x512", 768, 512, 5, 1450, 0.4],
    ["hgte-1280x1024", 1280, 1024, 15, 1700, 0.14],
    ["emberion-640x512", 640, 512, 20, 1550, 0.2],
    ["st-swir-640x480", 640, 480, 1.62, 1400, 0.6],
    ["inas-imager-320x240", 320, 240, 20, 940, 0.36],
  ])(
    "%s has the array, pitch and EQE of its paper",
    (name, widthPx, heightPx, pitchUm, wavelengthNm, eqe) => {
      const profile = loadImagingProfile(name);
      expect(profile.array).toMatchObject({ widthPx, heightPx, pitchUm });
      expect(profile.film.wavelengthNm).toBe(wavelengthNm);
      expect(derivedOf(name)("quantumEfficiency")).toBeCloseTo(eqe, 12);
    },
  );

  it.each(names)("%s has every effect on, and every value in its place", (name) => {
    const { effects, exposure, environment, readout, roic } = loadImagingProfile(name);
    expect(Object.keys(effects).length).toBe(20);
    for (const [effect, { on }] of Object.entries(effects)) expect(on, effect).toBe(true);
    expect(exposure).toMatchObject({ readMode: "cds", reads: 2, shutter: "rolling", analogGain: 1 });
    const numbers = [...Object.values(roic), ...Object.values(readout), environment.temperatureC];
    for (const value of numbers) expect(value).toBeDefined();
    expect(effects.lag.traps.length).toBe(2);
    expect(effects.inl.pointsDn.length).toBe(9);
  });

  it("resolves one of them to its numbers", () => {
    const profile = loadImagingProfile("inas-imager-64x48");
    expect(profile.roic).toEqual({
      adcBanks: 4,
      settleNs: 200,
      resetNs: 1000,
      transferOverheadCycles: 16,
      transferPixelsPerCycle: 1,
      pipelined: true,
      filmGate: true,
      extinction: 0.002,
      maxReads: 64,
      maxAnalogGain: 8,
    });
    expect(profile.film).toEqual({ wavelengthNm: 940, ideality: 2, shuntShare: 0.3 });
    expect(profile.effects.flicker).toEqual({ on: true, cornerHz: 10_000, minHz: 1 });
    expect(profile.effects.rts).toEqual({
      on: true,
      pixelShare: 0.02,
      amplitudeE: 60,
      minHz: 10,
      maxHz: 1e5,
    });
    expect(profile.effects.nodeCapacitance).toEqual({
      on: true,
      junctionShare: 0.08,
      builtInV: 0.6,
      grading: 0.4,
    });
    expect(profile.exposure.exposureTimeUs).toBe(1200);
    expect(profile.readout).toEqual({
      intensityScaleDn: 0.0625,
      intensityOffsetLsb: 1024,
      sigmaScaleDn: 0.015625,
      jumpChi2: 20.25,
      calibrationFrames: 256,
    });
  });
});

describe("what follows for an imaging sensor", () => {
  it("is worked out by hand for imec-3t-768x512", () => {
    const value = derivedOf("imec-3t-768x512");
    // 4 fF x 1 V / q, over 4096 - 96 codes
    expect(value("fullWell")).toBeCloseTo(24_966, 0);
    expect(value("gain")).toBeCloseTo(6.2415, 4);
    expect(value("systemGain")).toBeCloseTo(1 / 6.2415, 5);
    // (5 um)^2 x 1450 nm / (h c) = 25e-12 / 1.36996e-19
    expect(value("photonRate") / 1.82487e8).toBeCloseTo(1, 5);
    expect(value("irradiancePerRadiance")).toBeCloseTo((Math.PI * 0.8) / 17, 12);
    expect(value("saturationPhotons")).toBeCloseTo((3584 * value("gain")) / 0.36, 6);
    // row slot 400 + 2 x (80 + 4096) = 8752 cycles; 3 ms are 137.1 of them; the frame needs 138
    expect(value("lineTime")).toBeCloseTo(21.88, 9);
    expect(value("exposureTime")).toBeCloseTo(137 * 21.88, 6);
    expect(value("maxFrameRate")).toBeCloseTo(4e8 / (138 * 8752), 9);
    expect(value("frameRate")).toBeCloseTo(4e8 / (762 * 8752), 9);
    expect(value("darkSignal")).toBeCloseTo((value("darkRate") * 137 * 8752) / 4e8, 6);
    expect(value("cdsNoise")).toBeCloseTo(Math.sqrt(2 * (36 + value("gain") ** 2 / 12)), 9);
  });

  it.each(names)("%s: its default exposure is not filled by dark current", (name) => {
    const value = derivedOf(name);
    expect(value("darkSignal")).toBeLessThan(0.1 * value("fullWell"));
    expect(value("frameRate")).toBeGreaterThan(29);
    expect(value("frameRate")).toBeLessThanOrEqual(value("maxFrameRate"));
  });
});

describe("a profile of the other mode", () => {
  it("is refused by name", () => {
    expect(() => loadLidarProfile("inas-imager-64x48")).toThrow(ProfileError);
    expect(() => loadLidarProfile("inas-imager-64x48")).toThrow('expected a sensor of mode "lidar"');
    expect(() => loadImagingProfile("inas-lidar-64x48")).toThrow('expected a sensor of mode "imaging"');
  });
});
