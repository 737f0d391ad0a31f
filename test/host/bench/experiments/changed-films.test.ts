import { describe, expect, it } from "vitest";
import type { AnnealStep, LedProfile, SuperlatticeMaterial } from "../../../../hw-profiles/device-profile.ts";
import { material, measured, source } from "../support/changed.ts";

const annealed = (annealC: number, change: Partial<AnnealStep>) =>
  material((profile) =>
    profile.family === "annealed"
      ? {
          ...profile,
          anneals: profile.anneals.map((step) => (step.annealC === annealC ? { ...step, ...change } : step)),
        }
      : profile,
  );
const superlattice = (change: (film: SuperlatticeMaterial) => SuperlatticeMaterial) =>
  material((profile) => (profile.family === "superlattice" ? change(profile) : profile));
const led = (change: Partial<LedProfile>) =>
  source((profile) => (profile.type === "led" ? { ...profile, ...change } : profile));

describe("a changed film moves its spectra", () => {
  it("persistence and carriers of an anneal, in that anneal alone", async () => {
    const change = annealed(350, {
      persistence: { value: -0.5, uncertainty: 0 },
      carrierDensityPerM3: 2.42e22,
    });
    const read = await measured("drude-smith", "cdse-npl", change);
    expect(read("persistence", "350")).toMatchObject({ ok: false, value: expect.closeTo(-0.5, 2) });
    expect(read("carrierDensity", "350").value / 2.42e22).toBeCloseTo(1, 1);
    expect(read("persistence", "335").ok).toBe(true);
  });

  it("gap after the hottest anneal", async () => {
    const gap = (await measured("anneal", "cdse-npl", annealed(350, { gapEv: 1.85 })))("gap");
    expect(gap).toMatchObject({ ok: false, value: expect.closeTo(1.85, 2) });
  });

  it("Stokes shift of a ligand, of that one alone", async () => {
    const change = material((profile) =>
      profile.family === "ligand"
        ? {
            ...profile,
            ligands: profile.ligands.map((row) =>
              row.ligand === "ME" ? { ...row, stokesShiftMev: 90 } : row,
            ),
          }
        : profile,
    );
    const read = await measured("ligands", "inas", change);
    expect(read("stokesShift", "ME")).toMatchObject({ ok: false, value: expect.closeTo(90, 0) });
    expect(read("stokesShift", "OA").ok).toBe(true);
  });

  it("twice the shift of the reference linker: twice that of every linker", async () => {
    const change = superlattice((film) => ({
      ...film,
      linkers: film.linkers.map((row) => ({
        ...row,
        ...(row.saturatedShiftMev === undefined ? {} : { saturatedShiftMev: 2 * row.saturatedShiftMev }),
      })),
    }));
    const read = await measured("superlattice", "cspbbr3-superlattice", change);
    expect(read("saturatedShift", "C3DT")).toMatchObject({ ok: false, value: expect.closeTo(-88, -1) });
    expect(read("saturatedShift", "C10DT").value / -28.4).toBeCloseTo(1, 1);
  });

  it("the parameters of E(T) and of the width", async () => {
    const change = superlattice((film) => ({
      ...film,
      temperature: { ...film.temperature, electronPhononEv: -0.05, couplingLoEv: 0.08 },
    }));
    const read = await measured("temperature", "cspbbr3-superlattice", change);
    expect(read("electronPhonon")).toMatchObject({ ok: false, value: expect.closeTo(-0.05, 2) });
    expect(read("couplingLo")).toMatchObject({ ok: false, value: expect.closeTo(0.08, 2) });
    expect(read("broadening0").ok).toBe(true);
  });
});

describe("a changed LED moves its light", () => {
  it("line, efficiency and lifetime", async () => {
    const read = await measured(
      "led",
      "perovskite-led",
      led({ wavelengthNm: 540, fwhmNm: 24, eqe: 0.12, lifetimeNs: 12 }),
    );
    expect(read("electroluminescencePeak")).toMatchObject({ ok: false, value: expect.closeTo(540, 0) });
    expect(read("electroluminescenceWidth")).toMatchObject({ ok: false, value: expect.closeTo(24, 0) });
    expect(read("eqe")).toMatchObject({ ok: false, value: expect.closeTo(0.12, 2) });
    expect(read("lifetime")).toMatchObject({ ok: false, value: expect.closeTo(12, 0) });
  });
});
