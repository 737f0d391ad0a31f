import { describe, expect, it } from "vitest";
import { ProfileError } from "../../hw-profiles/resolve/profile-error.ts";
import { resolveSensor } from "../../hw-profiles/resolve/resolve-sensor.ts";
import { readPackageDocument } from "./profile-files.ts";

type Document = ReturnType<typeof readPackageDocument>;

function set(field: string, part: object): (section: Document) => void {
  return (section) => void Object.assign(section, { [field]: { ...section[field], ...part } });
}

/** Paths of the issues after one section of the sensor was changed. */
function issuesOf(name: string, section: string, change: (section: Document) => void) {
  const sensor = readPackageDocument(`sensors/${name}.json`);
  change(sensor[section] ?? sensor);
  try {
    resolveSensor({
      sensor,
      sensorFile: "s",
      detector: readPackageDocument("detectors/inas-me.json"),
      detectorFile: "d",
      emitter: readPackageDocument("emitters/laser-940nm-39ns.json"),
      emitterFile: "e",
    });
  } catch (error) {
    if (error instanceof ProfileError) return error.issues;
    throw error;
  }
  return [];
}

const width = { value: 15, unit: "ns", source: "assumed: test" };

describe("a profile that contradicts itself", () => {
  it.each([
    ["inas-lidar-64x48", "gates", set("count", { value: 31 }), "gates.delays.value"],
    ["inas-lidar-64x48", "gates", set("delays", { value: Array(32).fill(0) }), "gates.delays.value.1"],
    ["inas-lidar-64x48", "gates", set("width", { value: 15.1 }), "gates.width.value"],
    ["inas-lidar-64x48", "gates", set("width", { value: 950 }), "gates.delays.value"],
    ["inas-lidar-64x48", "gates", (gates: Document) => void delete gates["width"], "gates.width"],
    ["inas-lidar-64x48-swept", "gates", set("width", width), "gates.width"],
    ["inas-lidar-64x48-swept", "gates", set("pulsesPerGate", { value: 2 }), "gates.pulsesPerGate.value"],
    ["inas-lidar-64x48-swept", "gates", set("extinction", { value: 0.1 }), "gates.extinction.value"],
    ["inas-lidar-64x48", "adc", set("saturation", { value: 4096 }), "adc.saturation.value"],
    ["inas-lidar-64x48", "adc", set("pedestal", { value: 3680 }), "adc.pedestal.value"],
    ["inas-lidar-64x48", "adc", set("clock", { value: 400_000_001 }), "adc.clock.value"],
    ["inas-lidar-64x48", "optics", set("fx", { value: 275 }), "optics.fx.value"],
    ["inas-lidar-64x48", "optics", set("filterCentre", { value: 850 }), "optics.filterCentre.value"],
    ["inas-lidar-64x48", "readout", set("t0Min", { value: -13 }), "readout.t0Min.value"],
    ["inas-lidar-64x48", "readout", set("t0Max", { value: 197 }), "readout.t0Max.value"],
    ["inas-lidar-64x48", "readout", set("t0Max", { value: -2 }), "readout.t0Max.value"],
    ["inas-lidar-64x48", "readout", set("lowSignalSigma", { value: 4 }), "readout.lowSignalSigma.value"],
    ["inas-lidar-64x48", "readout", set("rangeScale", { value: 0.0002 }), "readout.rangeScale.value"],
    ["inas-lidar-64x48", "defects", set("hotFraction", { value: 0.5 }), "defects"],
  ])("%s %s is refused at its path (%#)", (name, section, change, path) => {
    const issues = issuesOf(name, section, change);
    expect(issues.map((issue) => issue.path)).toContain(path);
    for (const issue of issues) expect(issue.file).toBe("s");
  });

  it("is refused for EQE points that do not rise", () => {
    const detector = readPackageDocument("detectors/inas-me.json");
    const eqePoints = [...(detector["eqePoints"] as unknown as unknown[])].reverse();
    const documents = {
      sensor: readPackageDocument("sensors/inas-lidar-64x48.json"),
      sensorFile: "s",
      detector: { ...detector, eqePoints },
      detectorFile: "d",
      emitter: readPackageDocument("emitters/laser-940nm-39ns.json"),
      emitterFile: "e",
    };
    expect(() => resolveSensor(documents)).toThrow(
      "d: eqePoints.1.bias.value: found -1 V, expected more than 0 V",
    );
  });

  it("is accepted when nothing was changed", () => {
    expect(issuesOf("inas-lidar-64x48", "gates", () => undefined)).toEqual([]);
  });
});
