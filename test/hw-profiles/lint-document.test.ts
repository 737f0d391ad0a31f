import { describe, expect, it } from "vitest";
import { lintDocument } from "../../hw-profiles/schema/lint-document.ts";
import { readPackageDocument } from "./profile-files.ts";

type Sensor = ReturnType<typeof readPackageDocument>;

function lintChanged(change: (sensor: Sensor) => void) {
  const sensor = readPackageDocument("sensors/inas-lidar-64x48.json");
  change(sensor);
  return lintDocument(sensor, "sensor", "s.json");
}

function set(section: string, field: string, part: object): (sensor: Sensor) => void {
  return (sensor) => Object.assign(sensor[section]?.[field] ?? {}, part);
}

describe("lintDocument", () => {
  it.each([
    [
      "a missing section",
      (s: Sensor) => void delete s["adc"],
      "adc",
      "nothing",
      "an object with bits, clock, pedestal, saturation",
    ],
    [
      "a missing field",
      (s: Sensor) => void delete s["adc"]?.["bits"],
      "adc.bits",
      "nothing",
      "an object with value, unit, source",
    ],
    ["a wrong unit", set("gates", "delays", { unit: "us" }), "gates.delays.unit", '"us"', '"ns"'],
    ["a missing unit", set("pixel", "swing", { unit: undefined }), "pixel.swing.unit", "nothing", '"V"'],
    [
      "a negative width",
      set("gates", "width", { value: -15 }),
      "gates.width.value",
      "-15",
      "a number from 0.1 to 100000 ns",
    ],
    [
      "text for a number",
      set("array", "pitch", { value: "20" }),
      "array.pitch.value",
      '"20"',
      "a number from 0.5 to 1000 um",
    ],
    [
      "a fraction of a pixel",
      set("array", "width", { value: 64.5 }),
      "array.width.value",
      "64.5",
      "an integer from 1 to 1280 px",
    ],
    ["NaN", set("optics", "k1", { value: Number.NaN }), "optics.k1.value", "NaN", "a number from -2 to 2"],
    [
      "a number for yes or no",
      set("roic", "pipelined", { value: 1 }),
      "roic.pipelined.value",
      "1",
      "true or false",
    ],
    [
      "an empty list",
      set("gates", "delays", { value: [] }),
      "gates.delays.value",
      "a list of 0",
      "a list with at least one entry",
    ],
    [
      "a value without a source",
      set("adc", "bits", { source: "" }),
      "adc.bits.source",
      '""',
      expect.stringContaining("assumed: <why>"),
    ],
    [
      "an unknown paper",
      set("adc", "bits", { source: "smith1999 Fig. 1" }),
      "adc.bits.source",
      '"smith1999 Fig. 1"',
      expect.stringContaining("choi2021"),
    ],
  ])("names path, found and expected for %s", (_, change, path, found, expected) => {
    expect(lintChanged(change)).toEqual([{ file: "s.json", path, found, expected }]);
  });

  it("offers the nearest key and the nearest word", () => {
    expect(lintChanged((s) => Object.assign(s["optics"] ?? {}, { fnumber: 1 }))).toMatchObject([
      { path: "optics.fnumber", suggestion: "fNumber" },
    ]);
    expect(lintChanged(set("gates", "gating", { value: "filmbias" }))).toMatchObject([
      { path: "gates.gating.value", suggestion: "film-bias" },
    ]);
  });

  it("accepts the package's detectors and emitters", () => {
    for (const name of ["hgte", "inas-me", "pbs-graphene", "pbs-reference", "pbs-swir"]) {
      expect(lintDocument(readPackageDocument(`detectors/${name}.json`), "detector", name)).toEqual([]);
    }
    for (const name of ["laser-940nm-39ns", "laser-940nm-39ns-single-shot"]) {
      expect(lintDocument(readPackageDocument(`emitters/${name}.json`), "emitter", name)).toEqual([]);
    }
  });
});
