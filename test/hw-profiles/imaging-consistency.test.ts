import { describe, expect, it } from "vitest";
import { ProfileError, type ProfileIssue } from "../../hw-profiles/resolve/profile-error.ts";
import { resolveSensor } from "../../hw-profiles/resolve/resolve-sensor.ts";
import { readPackageDocument } from "./profile-files.ts";

type Document = ReturnType<typeof readPackageDocument>;

function issuesOf(
  change: (sensor: Document) => void,
  changeDetector: (detector: Document) => void = () => undefined,
): readonly ProfileIssue[] {
  const sensor = readPackageDocument("sensors/inas-imager-64x48.json");
  const detector = readPackageDocument("detectors/inas-me.json");
  change(sensor);
  changeDetector(detector);
  try {
    resolveSensor({ sensor, sensorFile: "s", detector, detectorFile: "d" });
  } catch (error) {
    if (error instanceof ProfileError) return error.issues;
    throw error;
  }
  return [];
}

/** Change the value at a dotted path. */
function set(path: string, value: unknown): (sensor: Document) => void {
  return (sensor) => {
    const keys = path.split(".");
    const parent = keys.slice(0, -1).reduce<Document>((at, key) => at[key] ?? at, sensor);
    Object.assign(parent[keys.at(-1) ?? ""] ?? {}, { value });
  };
}

function both(...changes: readonly ((sensor: Document) => void)[]): (sensor: Document) => void {
  return (sensor) => {
    for (const change of changes) change(sensor);
  };
}

const ramp = both(set("exposure.readMode", "ramp"), set("exposure.reads", 8));

describe("an imaging profile that contradicts itself", () => {
  it.each([
    ["saturation beyond the codes", set("adc.saturation", 4096), "adc.saturation.value", "a code below 4096"],
    ["a lens of another focal length", set("optics.fx", 60), "optics.fx.value", "within 5 %"],
    [
      "a filter that is off",
      set("optics.filterCentre", 1450),
      "optics.filterCentre.value",
      "inas-me (940 nm)",
    ],
    ["a swing beyond 0 V", set("pixel.swing", 1.2), "pixel.swing.value", "at most 1 V"],
    ["a fine scale", set("readout.intensityScale", 0.05), "readout.intensityScale.value", "0.05556 DN"],
    ["too many traps", set("effects.lag.traps.0.share", 0.5), "effects.lag.traps", "at most 0.5"],
    ["rates upside down", set("effects.rts.max", 5), "effects.rts.max.value", "effects.rts.min (10 Hz)"],
    [
      "a band upside down",
      set("effects.followerFlicker.max", 1),
      "effects.followerFlicker.max.value",
      "1 Hz",
    ],
    ["one point of INL", set("effects.inl.points", [0]), "effects.inl.points.value", "at least 2"],
    [
      "a ramp that falls",
      set("effects.inl.points", [0, 600, -600, 0, 0]),
      "effects.inl.points.value.2",
      "1024 DN",
    ],
    ["three reads of cds", set("exposure.reads", 3), "exposure.reads.value", "2 with cds"],
    ["two reads of a ramp", set("exposure.readMode", "ramp"), "exposure.reads.value", "3 to 64 reads"],
    ["more reads than planes", both(ramp, set("roic.maxReads", 4)), "exposure.reads.value", "3 to 4 reads"],
    [
      "gain beyond the chip's",
      set("exposure.analogGain", 16),
      "exposure.analogGain.value",
      "roic.maxAnalogGain (8)",
    ],
    [
      "global without a gate",
      both(set("exposure.shutter", "global"), set("roic.filmGate", false)),
      "exposure.shutter.value",
      "rolling or global-reset",
    ],
    [
      "a ramp of all rows",
      both(ramp, set("exposure.shutter", "global")),
      "exposure.shutter.value",
      "rolling, as",
    ],
    [
      "too short an exposure",
      set("exposure.exposureTime", 5),
      "exposure.exposureTime.value",
      "at least 21.880 us",
    ],
    ["frames too fast", set("exposure.frameRate", 900), "exposure.frameRate.value", "at most 816.14 Hz"],
    ["defects all over", set("defects.hotFraction", 0.5), "defects", "at most half"],
  ])("%s is refused at its path, with the limit", (_, change, path, expected) => {
    const issues = issuesOf(change);
    expect(issues.map((issue) => issue.path)).toEqual([path]);
    expect(issues[0]?.expected).toContain(expected);
    expect(issues[0]?.file).toBe("s");
  });

  it("is refused with a detector that says nothing about its film", () => {
    const [issue] = issuesOf(
      () => undefined,
      (detector) => void delete detector["film"],
    );
    expect(issue).toMatchObject({ file: "d", path: "film", found: "nothing" });
  });

  it.each([
    ["global", both(set("exposure.shutter", "global"))],
    ["global-reset", both(set("exposure.shutter", "global-reset"))],
    ["a ramp", both(ramp, set("exposure.exposureTime", 6000))],
    ["one read", both(set("exposure.readMode", "single"), set("exposure.reads", 1))],
    ["nothing changed", () => undefined],
  ])("is accepted with %s", (_, change) => {
    expect(issuesOf(change)).toEqual([]);
  });

  // 7 intervals of at least 12 slots of 400 + 4176 cycles: 960.96 us.
  it("has ramps that leave time for all groups between two reads", () => {
    const [issue] = issuesOf(both(ramp, set("exposure.exposureTime", 400)));
    expect(issue).toMatchObject({ path: "exposure.exposureTime.value" });
    expect(issue?.expected).toContain("at least 960.96 us");
  });
});

describe("the shape of an imaging document", () => {
  it("is held against its own mode", () => {
    const issues = issuesOf((sensor) => Object.assign(sensor, { gates: {} }));
    expect(issues).toMatchObject([{ path: "gates", found: "an unknown key" }]);
    expect(issuesOf((sensor) => void delete sensor["exposure"])).toMatchObject([
      { path: "exposure", expected: expect.stringContaining("readMode") },
    ]);
  });

  it("names the nearest mode, key and word", () => {
    expect(issuesOf((sensor) => Object.assign(sensor, { mode: "imagin" }))).toEqual([
      { file: "s", path: "mode", found: '"imagin"', expected: '"lidar" or "imaging"', suggestion: "imaging" },
    ]);
    expect(issuesOf((sensor) => Object.assign(sensor["effects"] ?? {}, { flickr: {} }))).toMatchObject([
      { path: "effects.flickr", suggestion: "flicker" },
    ]);
    expect(issuesOf(set("exposure.shutter", "roling"))).toMatchObject([
      { path: "exposure.shutter.value", suggestion: "rolling" },
    ]);
    const issues = issuesOf((sensor) =>
      Object.assign(sensor["effects"]?.["flicker"]?.["corner"] ?? {}, { unit: "kHz" }),
    );
    expect(issues).toMatchObject([{ path: "effects.flicker.corner.unit", found: '"kHz"', expected: '"Hz"' }]);
  });
});
