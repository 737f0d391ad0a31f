import { describe, expect, it } from "vitest";
import { filmMobilityCm2PerVs } from "../../../hw-profiles/derive/film.ts";
import { drudeSmithConductivity } from "../../../sim/material/drude-smith.ts";
import { nanoplatelets } from "./films.ts";

const carriers = { densityPerM3: 8.35e21, scatteringTimeFs: 44, persistence: -0.87, effectiveMass: 0.13 };
const E_C = 1.602176634e-19;
const MASS_KG = 0.13 * 9.1093837015e-31;

describe("Drude-Smith conductivity", () => {
  it("at zero frequency is n e mu with the short-range mobility", () => {
    const mobility = ((E_C * 44e-15) / MASS_KG) * (1 - 0.87);
    const { real, imaginary } = drudeSmithConductivity(carriers, 0);
    expect(real / (8.35e21 * E_C * mobility)).toBeCloseTo(1, 9);
    expect(imaginary).toBe(0);
    expect(filmMobilityCm2PerVs(nanoplatelets, "300").value / (mobility * 1e4)).toBeCloseTo(1, 9);
  });

  it("without backscattering is Drude's: half at w tau = 1, the imaginary part as large", () => {
    const hz = 1 / (2 * Math.PI * 44e-15);
    const zero = drudeSmithConductivity({ ...carriers, persistence: 0 }, 0).real;
    const { real, imaginary } = drudeSmithConductivity({ ...carriers, persistence: 0 }, hz);
    expect(real / zero).toBeCloseTo(0.5, 12);
    expect(imaginary / zero).toBeCloseTo(0.5, 12);
  });

  it("with strong backscattering rises with frequency and has a negative imaginary part", () => {
    const strong = { ...carriers, persistence: -0.95 };
    expect(drudeSmithConductivity(strong, 1e12).real).toBeGreaterThan(drudeSmithConductivity(strong, 0).real);
    expect(drudeSmithConductivity(strong, 1e12).imaginary).toBeLessThan(0);
  });

  it("at w tau = 1: sigma0 [(1 + i)/2 + c i/2]", () => {
    const hz = 1 / (2 * Math.PI * 44e-15);
    const zero = drudeSmithConductivity({ ...carriers, persistence: 0 }, 0).real;
    const { real, imaginary } = drudeSmithConductivity(carriers, hz);
    expect(real / zero).toBeCloseTo(0.5, 12);
    expect(imaginary / zero).toBeCloseTo((1 - 0.87) / 2, 12);
  });
});
