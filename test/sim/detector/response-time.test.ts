import { describe, expect, it } from "vitest";
import { rcTimeS, responsePoles } from "../../../sim/detector/response-time.ts";
import { inas, photoconductor } from "../lab/devices.ts";

const LN_9 = Math.log(9);
const material = { ...inas, responseModel: "material" } as const;
const riseS = (profile: typeof inas, biasV: number, from = {}) =>
  responsePoles(profile, biasV, from)[0]!.riseTauS * LN_9;

describe("response time", () => {
  it("measured stays as it is", () => {
    expect(responsePoles(inas, 0, { mobilityCm2PerVs: 1 })).toBe(inas.response);
  });

  it("RC of the stack: 50 ohm, 0.8 mm2, 100 nm, eps 10", () => {
    expect(rcTimeS(inas, 8e-3)).toBeCloseTo((50 * 8.8541878128e-12 * 10 * 8e-7) / 100e-9, 15);
  });

  it("from the material: root of the squares of drift, 2.2 RC and diffusion", () => {
    const mobilityCm2PerVs = 1e-3;
    const drift = 1e-10 / (mobilityCm2PerVs * 1.3);
    const rc = 2.2 * rcTimeS(inas, inas.areaCm2);
    expect(riseS(material, -1, { mobilityCm2PerVs }) / Math.hypot(drift, rc)).toBeCloseTo(1, 9);
    const diffusion = (50e-7 * 50e-7) / (2 * mobilityCm2PerVs * 0.02585);
    const all = riseS(material, -1, { mobilityCm2PerVs, neutralNm: 50 });
    expect(all / Math.hypot(drift, rc, diffusion)).toBeCloseTo(1, 9);
  });

  it("drift limited: twice the mobility halves it; RC limited: the area decides", () => {
    const slow = riseS(material, -1, { mobilityCm2PerVs: 1e-6 });
    expect(riseS(material, -1, { mobilityCm2PerVs: 2e-6 }) / slow).toBeCloseTo(0.5, 4);
    const small = riseS(material, -1, { mobilityCm2PerVs: 10, areaCm2: 4e-3 });
    expect(riseS(material, -1, { mobilityCm2PerVs: 10 }) / small).toBeCloseTo(2, 4);
  });

  it("area-scaled: as measured at its own area, less RC on a smaller one", () => {
    // 2.2 RC of 0.8 mm2 on 100 nm is 78 ns: more than was measured, so all of the response is RC and follows the area.
    const scaled = { ...inas, responseModel: "area-scaled" } as const;
    expect(riseS(scaled, 0, { areaCm2: inas.areaCm2 }) / 65e-9).toBeCloseTo(1, 9);
    expect(riseS(scaled, 0, { areaCm2: inas.areaCm2 / 2 }) / 65e-9).toBeCloseTo(0.5, 9);
    const thick = { ...scaled, thicknessNm: 300 };
    expect(riseS(thick, 0, { areaCm2: inas.areaCm2 })).toBeCloseTo(65e-9, 15);
    const film = Math.sqrt(65e-9 ** 2 - (2.2 * rcTimeS(thick, inas.areaCm2)) ** 2);
    expect(riseS(thick, 0, { areaCm2: 2.5e-7 })).toBeCloseTo(film, 12);
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
    expect(() => responsePoles(material, 0)).toThrow(/no mobility.*effective mass/);
  });
});
