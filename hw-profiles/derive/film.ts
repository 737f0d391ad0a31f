/** From a material and its process to mobility and band edge: the first steps of the chain material -> detector -> sensor. */
import type { AnnealedMaterial, MaterialProfile } from "../device-profile.ts";
import { nearestName } from "../resolve/nearest-name.ts";
import { ProfileError } from "../resolve/profile-error.ts";
import { type AnnealOptions, annealedValue } from "./anneal.ts";
import { couplingRatio } from "./coupling.ts";
import { layerGapNm } from "./separation.ts";
import { drudeSmithMobilityCm2PerVs } from "./transport.ts";

/** A value of the chain with how it follows. */
export interface FilmValue {
  readonly value: number;
  /** Formula, then the formula with numbers and sources. */
  readonly steps: readonly string[];
  /** What was extrapolated, for every output. */
  readonly notes: readonly string[];
}

function digits(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** Names of the rows of a material's table. */
export function processNames(material: MaterialProfile): readonly string[] {
  switch (material.family) {
    case "ligand":
      return material.ligands.map((step) => step.ligand);
    case "annealed":
      return material.anneals.map((step) => `${step.annealC}`);
    case "superlattice":
      return material.linkers.map((step) => step.linker);
  }
}

/** A row of a material's table; the first where none is named. @throws ProfileError for an unknown one. */
export function rowOf<Row>(
  material: MaterialProfile,
  rows: readonly Row[],
  process: string | undefined,
): Row {
  const names = processNames(material);
  const row = rows[process === undefined ? 0 : names.indexOf(process)];
  if (row !== undefined) return row;
  const suggestion = nearestName(process ?? "", names);
  const found = JSON.stringify(process);
  const hint = suggestion === undefined ? {} : { suggestion };
  throw new ProfileError([
    { file: material.name, path: "process", found, expected: `one of ${names.join(", ")}`, ...hint },
  ]);
}

/** Temperature of an anneal from its name. @throws ProfileError where it is no number. */
export function annealOf(material: AnnealedMaterial, process: string | undefined): number {
  const annealC = process === undefined || process.trim() === "" ? Number.NaN : Number(process);
  if (Number.isFinite(annealC)) return annealC;
  const expected = `the temperature of the anneal in degC, such as ${processNames(material).at(-1)}`;
  throw new ProfileError([
    { file: material.name, path: "process", found: JSON.stringify(process) ?? "nothing", expected },
  ]);
}

/** Effective mass in electron masses. @throws ProfileError for a material that declares none. */
export function effectiveMassOf(material: MaterialProfile): number {
  if (material.effectiveMass !== undefined) return material.effectiveMass;
  const expected = "an effective mass in m_e, from which the mobility follows; declare one with its source";
  throw new ProfileError([{ file: material.name, path: "effectiveMass", found: "nothing", expected }]);
}

/**
 * Mobility of an annealed film, cm2/(V s): (e tau / m*)(1 + c) [chen2023].
 * @throws ProfileError without an effective mass, and outside of the measured anneals unless `extrapolate`.
 */
export function annealedMobilityCm2PerVs(
  material: AnnealedMaterial,
  annealC: number,
  options: AnnealOptions = {},
): FilmValue {
  const mass = effectiveMassOf(material);
  const time = annealedValue(
    material,
    annealC,
    "scattering time",
    (step) => step.scatteringTimeFs?.value,
    options,
  );
  const raw = annealedValue(
    material,
    annealC,
    "persistence of velocity",
    (step) => step.persistence?.value,
    options,
  );
  // A line beyond the series may leave the range of c.
  const c = Math.min(0, Math.max(-1, raw.value));
  const value = drudeSmithMobilityCm2PerVs(Math.max(0, time.value), c, mass);
  const rows = `tau = ${digits(time.value)} fs (${time.how}), c = ${digits(c)} (${raw.how}), m* = ${mass} m_e`;
  const isExtrapolated = time.isExtrapolated || raw.isExtrapolated;
  return {
    value,
    steps: ["mu = (e tau / m*)(1 + c) [chen2023]", rows],
    notes: isExtrapolated
      ? [`${material.name}: ${annealC} degC lies outside of the measured anneals; ${time.how}`]
      : [],
  };
}

/**
 * Mobility of a film by the row of its material's table, cm2/(V s). Ligands: from the table. Anneals: Drude and Smith.
 * Linkers: that of the first linker times the coupling relative to it (hops follow the tunnelling).
 * @throws ProfileError for an unknown row; see annealedMobilityCm2PerVs.
 */
export function filmMobilityCm2PerVs(
  material: MaterialProfile,
  process?: string,
  options: AnnealOptions = {},
): FilmValue {
  if (material.family === "annealed") {
    return annealedMobilityCm2PerVs(material, annealOf(material, process), options);
  }
  if (material.family === "ligand") {
    const step = rowOf(material, material.ligands, process);
    const value = step.mobilityCm2PerVs;
    return { value, steps: [`row ${step.ligand} of ${material.name}`, `${value} cm2/(V s)`], notes: [] };
  }
  const step = rowOf(material, material.linkers, process);
  const reference = rowOf(material, material.linkers, undefined);
  const [gap, referenceGap] = [layerGapNm(material, step), layerGapNm(material, reference)];
  const ratio = couplingRatio(gap, referenceGap, effectiveMassOf(material), material.barrierEv);
  return {
    value: material.mobilityCm2PerVs * ratio,
    steps: [
      "mu = mu_0 exp(-2 (x - x0) sqrt(2 m* V) / hbar) [enomoto2024 eq. 1]",
      `mu_0 = ${material.mobilityCm2PerVs} cm2/(V s) (${reference.linker}), x = ${digits(gap)} nm, x0 = ${digits(referenceGap)} nm, V = ${material.barrierEv} eV`,
    ],
    notes: [],
  };
}

/** Absorption edge of a film by the row of its material's table, eV. @throws ProfileError as filmMobilityCm2PerVs. */
export function filmEdgeEv(
  material: MaterialProfile,
  process?: string,
  options: AnnealOptions = {},
): FilmValue {
  const common = `edge of ${material.name}`;
  if (material.family !== "annealed" || process === undefined) {
    return { value: material.edgeEv, steps: [common, `${material.edgeEv} eV`], notes: [] };
  }
  const gap = annealedValue(material, annealOf(material, process), "gap", (step) => step.gapEv, options);
  const notes = gap.isExtrapolated ? [`${material.name}: gap ${gap.how}`] : [];
  return { value: gap.value, steps: [`${common} after the anneal [chen2023]`, gap.how], notes };
}
