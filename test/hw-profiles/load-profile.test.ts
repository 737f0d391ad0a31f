import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintProfile } from "../../hw-profiles/load/lint-profile.ts";
import { listProfiles, loadLidarProfile, loadProfile } from "../../hw-profiles/load/load-profile.ts";
import { ProfileError } from "../../hw-profiles/resolve/profile-error.ts";
import { readPackageDocument, temporaryFolder, writeChangedSensor } from "./profile-files.ts";

const folder = temporaryFolder();

function errorOf(nameOrPath: string): ProfileError {
  try {
    loadProfile(nameOrPath);
  } catch (error) {
    if (error instanceof ProfileError) return error;
    throw error;
  }
  throw new Error(`${nameOrPath} was loaded, expected a ProfileError`);
}

describe("loadProfile", () => {
  it("loads every listed profile, the default first", () => {
    const names = listProfiles().map((profile) => profile.name);
    expect(names).toEqual([
      "inas-lidar-320x240",
      "emberion-640x512",
      "hgte-1280x1024",
      "imec-3t-768x512",
      "inas-imager-320x240",
      "inas-imager-64x48",
      "inas-lidar-64x48",
      "inas-lidar-64x48-swept",
      "pbs-lidar-320x240",
      "st-swir-640x480",
    ]);
    for (const name of names) expect(loadProfile(name).name).toBe(name);
  });

  it("resolves the default to the numbers of the device", () => {
    const profile = loadLidarProfile("inas-lidar-320x240");
    expect(profile.gates.delaysNs).toEqual(Array.from({ length: 32 }, (_, k) => -12.5 + 6.25 * k));
    expect(new Set(profile.gates.widthsNs)).toEqual(new Set([15]));
    expect(profile.detector).toMatchObject({ name: "inas-me", fallTimeNs: 65, operatingBiasV: -1 });
    expect(profile.emitter).toMatchObject({
      pulseWidthNs: 39,
      wavelengthNm: 940,
      repetitionHz: 1e6,
      peakPowerW: 300,
    });
    expect(profile.pixel).toMatchObject({
      nodeCapacitanceFf: 18,
      swingV: 1.8,
      reset: "flushed",
      readNoiseE: 10,
    });
    expect(profile.adc).toMatchObject({ bits: 12, clockHz: 4e8, pedestalDn: 96 });
    expect(profile.readout).toMatchObject({
      t0MinNs: -2,
      t0MaxNs: 125,
      detectionSigma: 4.5,
      lowSignalSigma: 7,
    });
  });

  it("lets a swept-reset sample last to the end of the pulse period", () => {
    const { gates } = loadLidarProfile("inas-lidar-64x48-swept");
    expect(gates).toMatchObject({ gating: "swept-reset", pulsesPerGate: 1, extinction: 0 });
    expect(gates.delaysNs.map((delayNs, k) => delayNs + (gates.widthsNs[k] ?? 0))).toEqual(
      Array(32).fill(1000),
    );
  });

  it("finds detector and emitter beside a document outside of the package", () => {
    const detector = readPackageDocument("detectors/inas-me.json");
    writeFileSync(
      join(folder, "my-film.json"),
      JSON.stringify({ ...detector, name: "my-film", material: "InSb" }),
    );
    const file = writeChangedSensor(folder, (sensor) => Object.assign(sensor, { detector: "my-film" }));
    expect(loadProfile(file).detector.material).toBe("InSb");
  });
});

describe("loadProfile refuses", () => {
  it("an unknown name, and offers the nearest", () => {
    const error = errorOf("inas-lidar-320x204");
    expect(error.suggestion).toBe("inas-lidar-320x240");
    expect(error.message).toContain("did you mean inas-lidar-320x240?");
    expect(error.message).toContain("pbs-lidar-320x240");
    expect(errorOf("something else entirely").suggestion).toBeUndefined();
  });

  it("a file that does not exist, or is not JSON", () => {
    expect(errorOf(join(folder, "none.json")).found).toContain("ENOENT");
    const file = join(folder, "text.json");
    writeFileSync(file, "width: 320\n");
    expect(errorOf(file)).toMatchObject({ file, path: "", expected: "a JSON document" });
  });

  it("JSON that is no document", () => {
    for (const text of ["null", "[]", "3", '"sensor"', "{}"]) {
      const file = join(folder, "other.json");
      writeFileSync(file, text);
      expect(errorOf(file).issues.length, text).toBeGreaterThan(0);
    }
  });

  it("an unknown detector, and offers the nearest", () => {
    const file = writeChangedSensor(folder, (sensor) => Object.assign(sensor, { detector: "inas-mee" }));
    expect(errorOf(file)).toMatchObject({ file, path: "detector", suggestion: "inas-me" });
  });

  it("a detector document in place of a sensor", () => {
    const file = join(folder, "detector.json");
    writeFileSync(file, JSON.stringify(readPackageDocument("detectors/inas-me.json")));
    expect(errorOf(file).message).toContain('kind: found "detector", expected "sensor"');
    expect(lintProfile(file)).toEqual([]);
  });

  it("every wrong value at once, each with its path", () => {
    const file = writeChangedSensor(folder, (sensor) => {
      Object.assign(sensor["gates"]?.["width"] ?? {}, { value: -3 });
      Object.assign(sensor["adc"]?.["clock"] ?? {}, { unit: "MHz" });
    });
    expect(lintProfile(file).map((issue) => issue.path)).toEqual(["adc.clock.unit", "gates.width.value"]);
  });
});
