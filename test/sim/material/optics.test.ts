import { describe, expect, it } from "vitest";
import { filmLines } from "../../../sim/material/optics.ts";
import { broadeningEv, edgeAtTemperatureEv } from "../../../sim/material/temperature.ts";
import { inasFilm, nanoplatelets, superlattice } from "./films.ts";

const K_EV = 8.617333262e-5;
const { temperature } = superlattice;

describe("lines of films", () => {
  it("emission lies below absorption by the ligand's Stokes shift", () => {
    const { absorptionEv, emissionEv } = filmLines(inasFilm, { process: "ME" });
    expect(absorptionEv - emissionEv).toBeCloseTo(0.047, 12);
  });

  it("an anneal moves them to its gap", () => {
    expect(filmLines(nanoplatelets, { process: "350" }).absorptionEv).toBe(1.7);
    expect(filmLines(nanoplatelets, { process: "20" }).absorptionEv).toBe(2.42);
  });

  it("layers and warmth move both lines of a superlattice", () => {
    const one = filmLines(superlattice, { process: "C3DT" });
    const eight = filmLines(superlattice, { process: "C3DT", layers: 8, temperatureK: 100 });
    const warming = edgeAtTemperatureEv(temperature, 100) - edgeAtTemperatureEv(temperature, 300);
    expect(one.absorptionEv).toBe(2.477);
    expect(eight.absorptionEv - one.absorptionEv).toBeCloseTo(-0.044 + warming, 12);
    expect(eight.emissionEv - one.emissionEv).toBeCloseTo(-0.044 + warming, 12);
  });
});

describe("temperature", () => {
  it("E(T) and Gamma(T) by hand", () => {
    for (const kelvin of [5, 77, 300]) {
      const bose = 1 / Math.expm1(0.02 / (K_EV * kelvin));
      expect(edgeAtTemperatureEv(temperature, kelvin)).toBeCloseTo(
        2.39 + 2.5e-4 * kelvin - 0.01 * (2 * bose + 1),
        9,
      );
      expect(broadeningEv(temperature, kelvin)).toBeCloseTo(0.03 + 0.022 * bose, 9);
    }
  });

  it("is frozen out in the cold, linear when warm", () => {
    expect(broadeningEv(temperature, 1)).toBe(0.03);
    const slope = edgeAtTemperatureEv(temperature, 2001) - edgeAtTemperatureEv(temperature, 2000);
    expect(slope).toBeCloseTo(2.5e-4 - (0.01 * 2 * K_EV) / 0.02, 6);
  });
});
