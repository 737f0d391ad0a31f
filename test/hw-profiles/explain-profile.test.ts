import { describe, expect, it } from "vitest";
import { explainProfile } from "../../hw-profiles/load/explain-profile.ts";
import { listProfiles, loadLidarProfile, loadProfile } from "../../hw-profiles/load/load-profile.ts";
import { ambientElectronsPerSecond, signalElectronsPerPulse } from "../../sim/light/link-budget.ts";
import { darkTemperatureFactor, referenceDarkRateEPerS } from "../../sim/pixel/dark-current.ts";
import { fullWellE, gainEPerDn, resetNoiseE } from "../../sim/pixel/noise-budget.ts";
import { frameTiming } from "../../sim/roic/frame-timing.ts";

const listed = listProfiles();
const names = listed.filter(({ mode }) => mode === "lidar").map(({ name }) => name);

function derivedOf(name: string): Map<string, number> {
  return new Map(explainProfile(name).derived.map((entry) => [entry.name, entry.value]));
}

describe("explainProfile", () => {
  it("lists every value with a source, and every step of what follows", () => {
    for (const { name } of listed) {
      const { values, derived } = explainProfile(name);
      expect(values.length).toBeGreaterThan(70);
      for (const value of values) expect(value.source.length, value.path).toBeGreaterThan(8);
      expect(new Set(values.map((value) => value.path)).size).toBe(values.length);
      for (const entry of derived) expect(entry.steps.length, entry.name).toBeGreaterThan(1);
    }
  });

  it("begins with the chain from the material, each step with formula, numbers and sources", () => {
    const { derived, documents } = explainProfile("inas-lidar-320x240");
    expect(derived.slice(0, 9).map(({ name }) => name)).toEqual([
      "bandEdge",
      "bandEdgeWavelength",
      "mobility",
      "transitTime",
      "filmCapacitance",
      "rcTime",
      "riseTimeFromMaterial",
      "bandwidthFromMaterial",
      "fallTime",
    ]);
    expect(documents.material).toContain("inas.json");
    const stepsOf = (name: string) => derived.find((value) => value.name === name)?.steps.join("\n");
    expect(stepsOf("bandEdge")).toContain("material.edge: choi2021 p. 2");
    expect(stepsOf("mobility")).toContain("material.ligands.2.mobility: derived: 65 ns");
    expect(stepsOf("transitTime")).toContain("L = 280 nm");
    expect(stepsOf("fallTime")).toContain("detector.fallTime: choi2021 Fig. 4f");
    for (const { name } of listed) expect(explainProfile(name).derived[0]?.name, name).toBe("bandEdge");
  });

  it("has the response of the papers", () => {
    expect(derivedOf("inas-lidar-320x240").get("responseTau")).toBeCloseTo(29.6, 1);
    expect(derivedOf("pbs-lidar-320x240").get("responseTau")).toBeCloseTo(113.8, 1);
  });

  // The simulator works the same quantities out on its own.
  it.each(listed.map(({ name }) => name))(
    "agrees with the simulated board on charge and noise: %s",
    (name) => {
      const profile = loadProfile(name);
      const derived = derivedOf(name);
      const temperatureK = profile.environment.temperatureC + 273.15;
      const darkRate = referenceDarkRateEPerS(profile) * darkTemperatureFactor(profile, temperatureK);
      expect(derived.get("fullWell")).toBeCloseTo(fullWellE(profile), 6);
      expect(derived.get("gain")).toBeCloseTo(gainEPerDn(profile), 9);
      expect(derived.get("resetNoise")).toBeCloseTo(resetNoiseE(profile, temperatureK), 9);
      expect((derived.get("darkRate") ?? 0) / darkRate).toBeCloseTo(1, 9);
    },
  );

  it.each(names)("agrees with the simulated board on light: %s", (name) => {
    const profile = loadLidarProfile(name);
    const derived = derivedOf(name);
    expect((derived.get("signalPerPulse") ?? 0) / ((signalElectronsPerPulse(profile) * 0.5) / 9)).toBeCloseTo(
      1,
      9,
    );
    expect(
      (derived.get("ambientRateFullSun") ?? 0) / (ambientElectronsPerSecond(profile, 1) * 0.5),
    ).toBeCloseTo(1, 9);
  });

  it.each(names)("agrees with the simulated board on timing: %s", (name) => {
    const profile = loadLidarProfile(name);
    const derived = derivedOf(name);
    const timing = frameTiming(profile, profile.gates.pulsesPerGate);
    expect(derived.get("pulsePeriod")).toBe(timing.pulsePeriodCycles);
    expect(derived.get("rowTime")).toBe(timing.groupCycles);
    expect(derived.get("gateTime")).toBe(timing.gateCycles);
    expect(derived.get("planeReadTime")).toBe(timing.planeReadCycles);
    expect(derived.get("frameTime")).toBe(timing.frameCycles);
  });

  it("reaches the frame rate that the default sensor must have", () => {
    expect(derivedOf("inas-lidar-320x240").get("frameRate")).toBeGreaterThanOrEqual(25);
  });
});
