import { describe, expect, test } from "vitest";
import { formatSuns, parseSuns } from "../../../host/design/ambient.ts";
import { lengthText } from "../../../host/design/length-text.ts";
import { combineSettings, labelsOf } from "../../../host/design/overrides/settings.ts";
import { parseRanges, parseReflectances } from "../../../host/design/range-list.ts";

describe("light", () => {
  test.each([
    ["0", 0],
    ["1", 1],
    ["0.5sun", 0.5],
    ["100klx", 1],
    ["10 klx", 0.1],
    ["500lx", 0.005],
    ["1e2klx", 1],
  ])("%s", (text, suns) => expect(parseSuns(text)).toBeCloseTo(suns, 12));

  test.each(["", "bright", "-1", "3foo", "2000klx", "klx"])('"%s" is refused', (text) => {
    expect(() => parseSuns(text)).toThrow(/^ambient: found .*expected sunlight such as/);
  });

  test("is told in klx", () => expect([0, 0.005, 1].map(formatSuns)).toEqual(["0", "500 lx", "100 klx"]));
});

describe("ranges", () => {
  test("spread at equal ratios, ends exact", () => {
    const ranges = parseRanges("0.5:32:7");
    expect(ranges).toEqual([0.5, 1, 2, 4, 8, 16, 32]);
    expect(parseRanges("0.5:30")).toHaveLength(10);
  });
  test("as a list", () => expect(parseRanges("1,2.5,5")).toEqual([1, 2.5, 5]));
  test.each(["", "5:1", "1:2:1", "0.01:3", "1:2:3:4", "1,x"])('"%s" is refused', (text) => {
    expect(() => parseRanges(text)).toThrow(/^range: found .*expected FROM:TO/);
  });
  test("reflectances lie above 0 and up to 1", () => {
    expect(parseReflectances("0.05,1")).toEqual([0.05, 1]);
    expect(() => parseReflectances("0")).toThrow(/^reflectance: found "0"/);
  });
});

describe("settings", () => {
  test("several values make every combination, the last key fastest", () => {
    const designs = combineSettings(["detector=a,b", "bias=-1", "layers=1,2"]);
    expect(labelsOf(designs, "x")).toEqual([
      "detector=a layers=1",
      "detector=a layers=2",
      "detector=b layers=1",
      "detector=b layers=2",
    ]);
    expect(designs[0]).toContainEqual({ key: "bias", text: "-1" });
  });
  test("none at all is the sensor as it is", () => {
    expect(labelsOf(combineSettings([]), "inas")).toEqual(["inas"]);
    expect(labelsOf(combineSettings(["bias=-1"]), "inas")).toEqual(["bias=-1"]);
  });
  test.each([
    [["bias"], /found "bias", expected KEY=VALUE/],
    [["=1"], /expected KEY=VALUE/],
    [["a=1,"], /expected KEY=VALUE/],
    [["a=1", "a=2"], /found a twice/],
    [["a=1,2,3,4,5,6,7,8,9", "b=1,2,3,4,5,6,7,8"], /found 72 combinations/],
  ] as const)("%j is refused", (texts, message) => {
    expect(() => combineSettings(texts)).toThrow(message);
  });
});

test("lengths have three digits", () => {
  expect([0.0081234, 0.2124, 1.2345, 12.53, 0.99999, undefined, Infinity].map(lengthText)).toEqual([
    "8.12 mm",
    "212 mm",
    "1.23 m",
    "12.5 m",
    "1 m",
    "-",
    "-",
  ]);
});
