import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explainProfile } from "../../hw-profiles/load/explain-profile.ts";
import { lintProfile } from "../../hw-profiles/load/lint-profile.ts";
import { loadDevice, loadLightSource, loadMaterial, loadSpectrum } from "../../hw-profiles/load/load-part.ts";
import { loadLidarProfile, loadProfile } from "../../hw-profiles/load/load-profile.ts";
import type { ProfileIssue } from "../../hw-profiles/resolve/profile-error.ts";
import { readPackageDocument, temporaryFolder, writeChangedSensor } from "./profile-files.ts";

const folder = temporaryFolder();
type Json = ReturnType<typeof readPackageDocument>;

/** A document of the package under another name after `change`; returns its path. */
function changed(path: string, change: (document: Json) => void): string {
  const document = readPackageDocument(`${path}.json`);
  const [kinds = "", name = ""] = path.split("/");
  Object.assign(document, { name: `my-${name}` });
  change(document);
  mkdirSync(join(folder, kinds), { recursive: true });
  const file = join(folder, kinds, `my-${name}.json`);
  writeFileSync(file, JSON.stringify(document));
  return file;
}

/** The LiDAR of the tests with these parts, and what is wrong with it. */
function lintSensor(parts: Readonly<Record<string, string>>): readonly ProfileIssue[] {
  return lintProfile(sensorWith(parts));
}

function sensorWith(parts: Readonly<Record<string, string>>): string {
  mkdirSync(join(folder, "sensors"), { recursive: true });
  return writeChangedSensor(join(folder, "sensors"), (sensor) => Object.assign(sensor, parts));
}

function device(document: Json): Json {
  const { device: found } = document;
  if (found === undefined) throw new Error("the document has no device section");
  return found;
}

describe("a sensor refuses", () => {
  it("an emitter that its detector cannot see, with the detector's range", () => {
    const emitter = "my-laser-940nm-39ns";
    changed("emitters/laser-940nm-39ns", (document) =>
      Object.assign(document["wavelength"] ?? {}, { value: 1550 }),
    );
    const file = writeChangedSensor(join(folder, "emitters"), (sensor) => {
      Object.assign(sensor, { emitter });
      Object.assign(sensor["optics"]?.["filterCentre"] ?? {}, { value: 1550 });
    });
    expect(lintProfile(file)).toEqual([
      {
        file,
        path: "detector",
        found: "inas-me for my-laser-940nm-39ns (1550 nm)",
        expected: "light that inas-me sees: 380 to 1058 nm, peak at 935 nm",
      },
    ]);
  });

  it("a photoconductor, a diode with gain, and a slow film", () => {
    expect(lintSensor({ detector: "meng-ref92-photoconductor" })).toMatchObject([
      { path: "structure", found: '"photoconductor"', expected: expect.stringContaining('"photodiode"') },
    ]);
    expect(lintSensor({ detector: "meng-ref102-photodiode" }).map(({ path }) => path)).toEqual([
      "detector",
      "eqePoints.0.eqe.value",
    ]);
    expect(lintSensor({ detector: "meng-ref105-photodiode" })).toMatchObject([
      { path: "detector", found: expect.stringContaining("47600 ns") },
    ]);
    expect(lintSensor({ detector: "meng-ref101-photodiode" })).toEqual([]);
  });

  it("a light source without pulses", () => {
    for (const [emitter, type] of [
      ["perovskite-led", "led"],
      ["meng-ref77-laser", "pumped-laser"],
    ]) {
      expect(lintSensor({ emitter: emitter ?? "" })).toMatchObject([{ path: "type", found: `"${type}"` }]);
    }
  });
});

describe("a response that follows from the material", () => {
  const useMaterial = (document: Json) =>
    Object.assign(device(document)["responseModel"] ?? {}, { value: "material" });

  it("takes the place of the measured one", () => {
    changed("detectors/inas-me", useMaterial);
    const profile = loadLidarProfile(sensorWith({ detector: "my-inas-me" }));
    // 280 nm, 0.0445 cm2/(V s), 0.3 + 1 V: 7.84e-10 / 0.05785 = 13.55 ns; RC of a pixel is nothing.
    expect(profile.detector.fallTimeNs).toBeCloseTo(13.55, 1);
    expect(loadLidarProfile("inas-lidar-64x48").detector.fallTimeNs).toBe(65);
    const { derived } = explainProfile(sensorWith({ detector: "my-inas-me" }));
    const names = derived.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(["bandEdge", "bandEdgeWavelength", "mobility"]);
    expect(derived.find(({ name }) => name === "fallTime")?.value).toBe(profile.detector.fallTimeNs);
  });

  it("moves with the process: a better anneal is faster", () => {
    const at = (process: string) => {
      changed("detectors/inas-me", (document) => {
        useMaterial(document);
        Object.assign(device(document), { material: "cdse-npl", process });
        Object.assign(device(document)["load"] ?? {}, { value: 0 });
      });
      return loadProfile(sensorWith({ detector: "my-inas-me" })).detector.fallTimeNs;
    };
    const [slow, fast] = [at("250"), at("350")];
    // Without a load the drift limits: the times go as 1 / mu, mu as tau (1 + c).
    expect(slow / fast).toBeCloseTo((69 * 0.33) / (43 * 0.05), 1);
  });

  it("is refused without an effective mass, outside of the anneals, and for an unknown row", () => {
    changed("materials/cdse-npl", (document) => void delete document["effectiveMass"]);
    const lintWith = (material: string, process?: string) => {
      changed("detectors/inas-me", (document) => {
        useMaterial(document);
        Object.assign(device(document), { material, process });
      });
      return lintSensor({ detector: "my-inas-me" });
    };
    expect(lintWith("my-cdse-npl", "300")).toMatchObject([{ path: "effectiveMass", found: "nothing" }]);
    expect(lintWith("cdse-npl", "400")).toMatchObject([
      { path: "anneal", found: "400 degC", expected: expect.stringContaining("250 to 350 degC") },
    ]);
    expect(lintWith("inas", "EM")[0]).toMatchObject({ path: "process", found: '"EM"' });
    expect(lintWith("cdse-npl")[0]?.expected).toContain("temperature of the anneal");
    expect(lintWith("cdse-nlp", "300")[0]).toMatchObject({ suggestion: "cdse-npl" });
  });

  it("does not matter where the measured one is used: a material without an effective mass is legal", () => {
    const file = changed("materials/cdse-npl", (document) => void delete document["effectiveMass"]);
    expect(loadMaterial(file).effectiveMass).toBeUndefined();
    changed("detectors/inas-me", (document) =>
      Object.assign(device(document), { material: "my-cdse-npl", process: "300" }),
    );
    expect(loadProfile(sensorWith({ detector: "my-inas-me" })).detector.fallTimeNs).toBe(65);
  });
});

describe("parts refuse", () => {
  it("a laser that is pumped below its threshold, or in another unit", () => {
    const low = changed("emitters/meng-ref77-laser", (document) =>
      Object.assign(document["operatingPump"] ?? {}, { value: 0.0009 }),
    );
    expect(() => loadLightSource(low)).toThrow(
      "operatingPump.value: found 0.0009 J/cm2, expected more than the threshold (0.001 J/cm2)",
    );
    const other = changed("emitters/meng-ref77-laser", (document) =>
      Object.assign(document["operatingPump"] ?? {}, { unit: "W/cm2" }),
    );
    expect(lintProfile(other)).toMatchObject([{ path: "operatingPump.unit", found: '"W/cm2"' }]);
  });

  it("two values for one thing", () => {
    const file = changed("detectors/inas-me", (document) =>
      Object.assign(device(document)["dark"]?.["ideality"] ?? {}, { value: 1.5 }),
    );
    expect(lintProfile(file)).toMatchObject([{ path: "device.dark.ideality.value", found: "1.5" }]);
  });

  it("an unknown structure, type or family, and offer the nearest", () => {
    const structure = changed("detectors/inas-me", (document) =>
      Object.assign(document, { structure: "photodoide" }),
    );
    expect(lintProfile(structure)).toMatchObject([{ path: "structure", suggestion: "photodiode" }]);
    const type = changed("emitters/perovskite-led", (document) => Object.assign(document, { type: "lde" }));
    expect(lintProfile(type)).toMatchObject([{ path: "type", suggestion: "led" }]);
    const family = changed("materials/pbs", (document) => Object.assign(document, { family: "ligands" }));
    expect(lintProfile(family)).toMatchObject([{ path: "family", suggestion: "ligand" }]);
  });

  it("a film without a device section on the bench, but not in sensors", () => {
    const file = changed("detectors/inas-me", (document) => void delete document["device"]);
    expect(() => loadDevice(file)).toThrow("device: found nothing, expected an object with area");
    expect(lintProfile(file)).toEqual([]);
    expect(lintSensor({ detector: "my-inas-me" })).toEqual([]);
  });

  it("a published figure without a paper, a channel without bias, a spectrum out of order", () => {
    const figure = changed("materials/inas", (document) => {
      const [first] = document["published"] as unknown as { source: string }[];
      if (first !== undefined) first.source = "assumed: no";
    });
    expect(lintProfile(figure)).toMatchObject([{ path: "published.0.source" }]);
    const channel = changed("detectors/meng-ref92-photoconductor", (document) =>
      Object.assign(device(document)["dark"]?.["referenceBias"] ?? {}, { value: 0 }),
    );
    expect(lintProfile(channel)).toMatchObject([{ path: "device.dark.referenceBias.value" }]);
    const spectrum = changed("spectra/filter-silicon", (document) => {
      (document["wavelengths"]?.["value"] as unknown as number[])[1] = 200;
    });
    expect(() => loadSpectrum(spectrum)).toThrow(
      "wavelengths.value.1: found 200 nm, expected more than 280 nm",
    );
    const anneal = changed("materials/cdse-npl", (document) => {
      const [, second] = document["anneals"] as unknown as { anneal: { value: number } }[];
      if (second !== undefined) second.anneal.value = 10;
    });
    expect(lintProfile(anneal)).toMatchObject([{ path: "anneals.1.anneal.value", found: "10 degC" }]);
  });
});
