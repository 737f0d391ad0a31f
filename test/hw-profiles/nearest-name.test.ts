import fc from "fast-check";
import { expect, it } from "vitest";
import { nearestName } from "../../hw-profiles/resolve/nearest-name.ts";

const names = ["inas-lidar-320x240", "pbs-lidar-320x240", "inas-me"];

it("finds the name behind a dropped, doubled, swapped or capital letter", () => {
  expect(nearestName("inas-lidar-320x24", names)).toBe("inas-lidar-320x240");
  expect(nearestName("pbss-lidar-320x240", names)).toBe("pbs-lidar-320x240");
  expect(nearestName("INAS-ME", names)).toBe("inas-me");
  expect(nearestName("inas-em", names)).toBe("inas-me");
});

it("offers nothing for something else", () => {
  expect(nearestName("thermal-camera-with-wheels", names)).toBeUndefined();
  expect(nearestName("x", [])).toBeUndefined();
});

it("returns a candidate or nothing for any text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) =>
      [undefined, ...names].includes(nearestName(text, names)),
    ),
    { seed: 20_261_121, numRuns: 1000 },
  );
});
