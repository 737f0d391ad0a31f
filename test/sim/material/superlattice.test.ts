import { describe, expect, it } from "vitest";
import { layerGapNm } from "../../../hw-profiles/derive/separation.ts";
import type { LinkerStep, SuperlatticeMaterial } from "../../../hw-profiles/device-profile.ts";
import { layerShiftMev, relativeCoupling } from "../../../sim/material/superlattice.ts";
import { superlattice } from "./films.ts";

const [c3, c6, c10] = superlattice.linkers as readonly [LinkerStep, LinkerStep, LinkerStep];

/** Lowest eigenvalue of the chain's tridiagonal matrix with -1 beside the diagonal, by power iteration on 2 - H. */
function lowestOfChain(layers: number): number {
  let vector = Array.from({ length: layers }, () => 1);
  let value = 0;
  for (let step = 0; step < 5000; step++) {
    const next = vector.map((v, i) => 2 * v + (vector[i - 1] ?? 0) + (vector[i + 1] ?? 0));
    value = Math.hypot(...next);
    vector = next.map((v) => v / value);
  }
  return 2 - value;
}

describe("shift of a superlattice", () => {
  it("is the lowest level of a chain of coupled layers", () => {
    const beta = layerShiftMev(superlattice, c3, 8) / lowestOfChain(8);
    for (const layers of [1, 2, 3, 6, 20]) {
      expect(layerShiftMev(superlattice, c3, layers)).toBeCloseTo(beta * lowestOfChain(layers), 6);
    }
  });

  it("has the measured shift of the scale at eight layers", () => {
    expect(layerShiftMev(superlattice, c3, 8)).toBeCloseTo(-44, 9);
  });

  it("of the longer linker comes from the width of its barrier alone", () => {
    const shift = layerShiftMev(superlattice, c10, 8);
    expect(Math.abs(shift / -14.2 - 1)).toBeLessThan(0.03);
    const unmeasured = { ...c10, saturatedShiftMev: -1 };
    const film = { ...superlattice, linkers: [c3, c6, unmeasured] };
    expect(layerShiftMev(film, unmeasured, 8)).toBe(shift);
  });

  it("chain linker to shift: a higher or wider barrier decouples as exp(-2 x sqrt(2 m V) / hbar)", () => {
    const per = (film: SuperlatticeMaterial) => Math.log(relativeCoupling(film, c10));
    expect(per({ ...superlattice, barrierEv: 4 * superlattice.barrierEv }) / per(superlattice)).toBeCloseTo(
      2,
      9,
    );
    // hbar^2 / 2 m_e = 0.0380998 eV nm2.
    const decay = Math.sqrt((0.13 * superlattice.barrierEv) / 0.0380998);
    expect(per(superlattice) / (-2 * 0.4 * decay)).toBeCloseTo(1, 5);
  });

  it("takes gaps that were not measured from the line through those that were", () => {
    expect(layerGapNm(superlattice, c3)).toBeCloseTo(0.9, 12);
    expect(layerGapNm(superlattice, c6)).toBeCloseTo(0.9 + (0.4 * 0.39) / 0.91, 12);
    const unmeasured = superlattice.linkers.map(({ linker, spacerNm }) => ({ linker, spacerNm }));
    expect(layerGapNm({ ...superlattice, linkers: unmeasured }, unmeasured[2]!)).toBe(1.46);
  });

  it("refuses without a mass or a scale", () => {
    const { effectiveMass: _, ...massless } = superlattice;
    expect(() => layerShiftMev(massless, c10, 8)).toThrow(/no effective mass/);
    const bare = superlattice.linkers.map(({ linker, spacerNm }) => ({ linker, spacerNm }));
    expect(() => layerShiftMev({ ...superlattice, linkers: bare }, bare[0]!, 8)).toThrow(
      /no linker has a measured shift/,
    );
  });
});
