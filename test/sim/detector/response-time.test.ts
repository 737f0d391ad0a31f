import { describe, expect, it } from "vitest";
import { areaScaledTimeS, filmCapacitanceF } from "../../../hw-profiles/derive/response-time.ts";
import { responsePoles } from "../../../sim/detector/response-time.ts";
import { inas, photoconductor } from "../lab/devices.ts";

const LN_9 = Math.log(9);
const material = { ...inas, responseModel: "material" } as const;
const riseS = (profile: typeof inas, biasV: number, mobility?: number) =>
  responsePoles(profile, biasV, mobility)[0]!.riseTauS * LN_9;
/** 50 ohm x eps0 10 x 0.8 mm2 / 100 nm. */
const rcS = 50 * ((8.8541878128e-12 * 10 * 8e-7) / 100e-9);

describe("response time", () => {
  it("measured stays as it is, whatever the material", () => {
    expect(responsePoles(inas, 0, 1)).toBe(inas.response);
  });

  it("from the material: root of the squares of drift and 2.2 RC", () => {
    const drift = 1e-10 / (1e-3 * 1.3);
    expect(riseS(material, -1, 1e-3) / Math.hypot(drift, 2.2 * rcS)).toBeCloseTo(1, 9);
    const builtIn = { ...material, builtInV: 0.5 };
    expect(riseS(builtIn, -1, 1e-3) / Math.hypot((drift * 1.3) / 1.5, 2.2 * rcS)).toBeCloseTo(1, 9);
  });

  it("drift limited: twice the mobility halves it; RC limited: half of the area does", () => {
    expect(riseS(material, -1, 2e-6) / riseS(material, -1, 1e-6)).toBeCloseTo(0.5, 3);
    const small = { ...material, areaCm2: inas.areaCm2 / 2 };
    expect(riseS(small, -1, 10) / riseS(material, -1, 10)).toBeCloseTo(0.5, 4);
  });

  it("follows the bias where the document says how", () => {
    const speedPoints = [
      { biasV: -2, relativeTau: 0.5 },
      { biasV: 0, relativeTau: 1 },
    ];
    const profile = { ...inas, speedPoints };
    for (const [biasV, expected] of [
      [-5, 0.5],
      [-2, 0.5],
      [-1, 0.75],
      [0, 1],
      [1, 1],
    ] as const) {
      expect(riseS(profile, biasV) / 65e-9).toBeCloseTo(expected, 9);
    }
  });

  it("a channel relaxes with its carriers' lifetime", () => {
    const conductor = { ...photoconductor, responseModel: "material" } as const;
    expect(responsePoles(conductor, 60)).toEqual([{ share: 1, riseTauS: 1e-6, fallTauS: 1e-6 }]);
  });

  it("refuses a response from a material without mobility", () => {
    expect(() => responsePoles(material, 0)).toThrow(/inas.*no mobility was given/);
  });
});

describe("area-scaled response", () => {
  it("is as measured on the measured area, whatever the plates", () => {
    for (const thicknessNm of [100, 300]) {
      expect(areaScaledTimeS(65e-9, { ...inas, thicknessNm }, inas.areaCm2) / 65e-9).toBeCloseTo(1, 12);
    }
  });

  it("loses its RC part on a small pixel", () => {
    const thick = { ...inas, thicknessNm: 300 };
    const plates = 2.2 * 50 * filmCapacitanceF(inas.areaCm2, 300, 10);
    const film = Math.sqrt(65e-9 ** 2 - plates ** 2);
    expect(areaScaledTimeS(65e-9, thick, 2.5e-7) / film).toBeCloseTo(1, 6);
    expect(areaScaledTimeS(65e-9, thick, 2 * inas.areaCm2) / Math.hypot(film, 2 * plates)).toBeCloseTo(1, 12);
  });

  it("is all RC where the plates alone would be slower", () => {
    expect(areaScaledTimeS(65e-9, inas, inas.areaCm2 / 2) / 65e-9).toBeCloseTo(0.5, 12);
  });
});
