import { describe, expect, it } from "vitest";
import { couplingRatio, decayPerNm, layerShare } from "../../hw-profiles/derive/coupling.ts";
import { annealedMobilityCm2PerVs, filmEdgeEv, filmMobilityCm2PerVs } from "../../hw-profiles/derive/film.ts";
import { diodeResponse } from "../../hw-profiles/derive/film-response.ts";
import { photodiodeRiseTimeS, poleBandwidthHz } from "../../hw-profiles/derive/response-time.ts";
import { relativeResponse, visibleRangeNm } from "../../hw-profiles/derive/spectral-range.ts";
import { drudeSmithMobilityCm2PerVs, transitTimeS } from "../../hw-profiles/derive/transport.ts";
import type { AnnealedMaterial, MaterialProfile } from "../../hw-profiles/device-profile.ts";
import { loadMaterial } from "../../hw-profiles/load/load-part.ts";
import { ProfileError } from "../../hw-profiles/resolve/profile-error.ts";

function annealed(): AnnealedMaterial {
  const material = loadMaterial("cdse-npl");
  if (material.family !== "annealed") throw new Error("cdse-npl is not annealed");
  return material;
}

function errorOf(work: () => unknown): ProfileError {
  try {
    work();
  } catch (error) {
    if (error instanceof ProfileError) return error;
    throw error;
  }
  throw new Error("nothing was thrown, expected a ProfileError");
}

describe("annealed mobility", () => {
  it("is (e tau / m*)(1 + c), by hand", () => {
    // 1.602177e-19 x 69e-15 / (0.13 x 9.109384e-31) = 0.0933539 m2/(V s); x 1e4 x 0.33 = 308.07 cm2/(V s)
    expect(drudeSmithMobilityCm2PerVs(69, -0.67, 0.13)).toBeCloseTo(308.07, 1);
    expect(annealedMobilityCm2PerVs(annealed(), 350).value).toBeCloseTo(308.07, 1);
  });

  // Typed from chen2023 Table 2 once more: here every number must stand at its own temperature.
  it.each([
    [250, 43, -0.95, 4.17e21],
    [300, 44, -0.87, 8.35e21],
    [325, 47, -0.89, 8.54e21],
    [335, 49, -0.83, 9.08e21],
    [350, 69, -0.67, 12.1e21],
  ])("has the row of %s degC", (annealC, tauFs, c, density) => {
    const row = annealed().anneals.find((step) => step.annealC === annealC);
    expect(row?.scatteringTimeFs?.value).toBe(tauFs);
    expect(row?.persistence?.value).toBe(c);
    expect(row?.carrierDensityPerM3).toBe(density);
    const drude = drudeSmithMobilityCm2PerVs(tauFs, 0, annealed().effectiveMass ?? 0);
    expect(annealedMobilityCm2PerVs(annealed(), annealC).value / drude).toBeCloseTo(1 + c, 12);
  });

  it("lies between its rows, and rises with the last anneal", () => {
    const [low, mid, high] = [335, 342, 350].map(
      (annealC) => annealedMobilityCm2PerVs(annealed(), annealC).value,
    );
    expect(low).toBeLessThan(mid ?? 0);
    expect(mid).toBeLessThan(high ?? 0);
    expect(annealedMobilityCm2PerVs(annealed(), 342).steps.join()).toContain(
      "interpolated from the rows of 335 and 350",
    );
    expect(annealedMobilityCm2PerVs(annealed(), 342).notes).toEqual([]);
  });

  it("is refused outside of the measured range, with the range", () => {
    for (const annealC of [20, 249, 351, 1000, -3]) {
      const error = errorOf(() => annealedMobilityCm2PerVs(annealed(), annealC));
      expect(error).toMatchObject({ file: "cdse-npl", path: "anneal", found: `${annealC} degC` });
      expect(error.expected).toContain("250 to 350 degC");
      expect(error.expected).toContain("only on request");
    }
  });

  it("is extrapolated only when asked, and says so", () => {
    const { value, notes, steps } = annealedMobilityCm2PerVs(annealed(), 360, { extrapolate: true });
    // tau = 69 + 20 x 10/15 fs, c = -0.67 + 0.16 x 10/15
    expect(value).toBeCloseTo(drudeSmithMobilityCm2PerVs(69 + 200 / 15, -0.67 + 1.6 / 15, 0.13), 9);
    expect(notes.join()).toContain("outside of the measured anneals");
    expect(steps.join()).toContain("extrapolated");
    // c never leaves -1..0, so that no mobility is negative.
    expect(annealedMobilityCm2PerVs(annealed(), 100, { extrapolate: true }).value).toBe(0);
  });

  it("needs an effective mass, which a material need not have", () => {
    const { effectiveMass: _, ...rest } = annealed();
    const error = errorOf(() => annealedMobilityCm2PerVs(rest, 300));
    expect(error).toMatchObject({ file: "cdse-npl", path: "effectiveMass", found: "nothing" });
    expect(error.expected).toContain("declare one with its source");
    expect(filmEdgeEv(rest, "350").value).toBe(1.7);
  });
});

describe("mobility of other films", () => {
  it("is that of the ligand's row", () => {
    const inas = loadMaterial("inas");
    expect(filmMobilityCm2PerVs(inas, "ME").value).toBeGreaterThan(filmMobilityCm2PerVs(inas, "OA").value);
    expect(errorOf(() => filmMobilityCm2PerVs(inas, "MEE"))).toMatchObject({
      path: "process",
      suggestion: "ME",
    });
  });

  it("follows the tunnelling through the linker", () => {
    const lattice: MaterialProfile = loadMaterial("cspbbr3-superlattice");
    const ratio = filmMobilityCm2PerVs(lattice, "C10DT").value / filmMobilityCm2PerVs(lattice, "C3DT").value;
    // The barrier was derived from the two measured shifts.
    expect(ratio).toBeCloseTo(14.2 / 44, 3);
    const steps = ["C3DT", "C4DT", "C6DT", "C8DT", "C10DT"].map(
      (name) => filmMobilityCm2PerVs(lattice, name).value,
    );
    expect(steps).toEqual([...steps].sort((a, b) => b - a));
  });

  it("asks for the temperature of an anneal", () => {
    for (const process of [undefined, "", "hot"]) {
      expect(errorOf(() => filmMobilityCm2PerVs(annealed(), process)).path).toBe("process");
    }
  });
});

describe("equations of the chain", () => {
  it("give transit, response and bandwidth by hand", () => {
    // (100 nm)^2 / (0.01 cm2/(V s) x 0.5 V) = 1e-10 cm2 / 5e-3 cm2/s
    expect(transitTimeS(1e-5, 0.01, 0.5)).toBeCloseTo(2e-8, 15);
    expect(photodiodeRiseTimeS({ driftS: 3e-9, rcS: 4e-9 / 2.2, diffusionS: 12e-9 })).toBeCloseTo(13e-9, 18);
    expect(poleBandwidthHz(1e-9)).toBeCloseTo(1.591549e8, -2);
  });

  it("give back the fall times of choi2021 from the mobilities that were derived from them", () => {
    const stack = { thicknessNm: 280, builtInV: 0.3, biasV: 0, areaCm2: 0.008, loadOhm: 50 };
    const inas = filmMobilityCm2PerVs(loadMaterial("inas"), "ME").value;
    const pbs = filmMobilityCm2PerVs(loadMaterial("pbs"), "reference").value;
    const timeNs = (mobilityCm2PerVs: number, relativePermittivity: number) =>
      diodeResponse({ ...stack, mobilityCm2PerVs, relativePermittivity }).riseTimeS * 1e9;
    expect(Math.abs(timeNs(inas, 10) - 65)).toBeLessThan(0.2);
    expect(Math.abs(timeNs(pbs, 15) - 250)).toBeLessThan(0.5);
  });

  it("give coupling and layers", () => {
    // sqrt(2 x 9.109384e-31 x 1.602177e-19) / 1.054572e-34 = 5.1232 / nm at 1 m_e, 1 eV
    expect(decayPerNm(1, 1)).toBeCloseTo(5.1232, 4);
    expect(couplingRatio(1, 1, 0.1, 1)).toBe(1);
    expect(couplingRatio(1.1, 1, 1, 1)).toBeCloseTo(Math.exp(-1.02463), 4);
    expect([1, 2, 8].map(layerShare)).toEqual([0, Math.cos(Math.PI / 3), Math.cos(Math.PI / 9)]);
  });

  it("give what a detector sees", () => {
    const spectrum = { peakNm: 935, halfWidthEv: 0.06, plateau: 0.5, minNm: 380 };
    expect(relativeResponse(spectrum, 935)).toBe(1);
    // 1239.84 / 935 - 0.06 = 1.26603 eV = 979.31 nm
    expect(relativeResponse(spectrum, 979.31)).toBeCloseTo(0.5, 3);
    expect(relativeResponse(spectrum, 500)).toBe(0.5);
    expect(relativeResponse(spectrum, 379)).toBe(0);
    const [from, to] = visibleRangeNm(spectrum);
    expect(from).toBe(380);
    expect(relativeResponse(spectrum, to)).toBeCloseTo(0.01, 9);
  });
});
