import { describe, expect, it } from "vitest";
import type { PowerCellProfile } from "../../../hw-profiles/device-profile.ts";
import { irradianceWPerCm2, maximumPower } from "../../../sim/power/cell.ts";

const sun = {
  name: "am15",
  title: "Triangle",
  wavelengthsNm: [300, 800, 2000],
  values: [0, 1.2, 0],
  unit: "W/m2/nm",
  relativeError: 0,
  published: [],
} as const;

const cell: PowerCellProfile = {
  name: "pbs",
  title: "PbS cell",
  type: "single-junction",
  efficiency: { am15: 0.073, behindSilicon: 0.008, laser1550: 0.1 },
  published: [],
};

describe("power cell", () => {
  it("gives its share of the whole sun, filtered or not", () => {
    expect(irradianceWPerCm2(sun)).toBeCloseTo(0.102, 12);
    expect(maximumPower(cell, "am15", sun).electricalWPerCm2).toBeCloseTo(0.073 * 0.102, 12);
    expect(maximumPower(cell, "behindSilicon", sun).incidentWPerCm2).toBeCloseTo(0.102, 12);
  });

  it("gives its share of a beam of 0.1 W/cm2", () => {
    expect(maximumPower(cell, "laser1550", sun).electricalWPerCm2).toBeCloseTo(0.01, 12);
  });

  it("refuses a lamp it was not measured under", () => {
    expect(() => maximumPower(cell, "behindPerovskite", sun)).toThrow(
      /"behindPerovskite".*am15, behindSilicon, laser1550/,
    );
  });
});
