import { z } from "zod";
import { published } from "./published-section.ts";
import { documentName, measured, quantity } from "./quantity.ts";

const mobility = quantity("cm2/(V s)", { min: 1e-9, max: 1e6 }, "Of the film.");

const head = {
  kind: z.literal("material"),
  name: documentName,
  title: z.string().min(1),
  edge: quantity("eV", { min: 0.05, max: 6 }, "Absorption edge or exciton peak at 300 K."),
  edgeHalfWidth: quantity("eV", { min: 0.001, max: 1 }, "Half width at half maximum of the edge's peak."),
  relativePermittivity: quantity("1", { min: 1, max: 1000 }, "Of the film."),
  effectiveMass: quantity(
    "m_e",
    { min: 0.001, max: 10 },
    "Of the carriers; without one no mobility follows from scattering.",
  ).exactOptional(),
  published,
};

const ligandStep = z.strictObject({
  ligand: z.string().min(1),
  stokesShift: quantity("meV", { min: 0, max: 1000 }, "Absorption less emission.").exactOptional(),
  arsenicToIndium: quantity("1", { min: 0, max: 10 }, "As:In.").exactOptional(),
  rectification: quantity(
    "1",
    { min: 1, max: 1e9 },
    "Dark current at +1 V over that at -1 V.",
  ).exactOptional(),
  mobility,
});

const annealStep = z.strictObject({
  anneal: quantity("degC", { min: 0, max: 1000 }, "Temperature of the anneal; 20 stands for as made."),
  distance: measured("nm", { min: 0, max: 100 }, "Face to face distance.").exactOptional(),
  scatteringTime: measured("fs", { min: 0.1, max: 1e6 }, "tau of Drude and Smith.").exactOptional(),
  persistence: measured("1", { min: -1, max: 0 }, "c of Drude and Smith.").exactOptional(),
  carrierDensity: quantity("1/m3", { min: 0, max: 1e30 }, "Of mobile carriers.").exactOptional(),
  gap: quantity("eV", { min: 0.05, max: 6 }, "Optical gap.").exactOptional(),
});

const linkerStep = z.strictObject({
  linker: z.string().min(1),
  spacer: quantity("nm", { min: 0, max: 10 }, "Between the surfaces of two dots."),
  saturatedShift: quantity(
    "meV",
    { min: -1000, max: 0 },
    "Of the emission with many layers.",
  ).exactOptional(),
  outOfPlane: quantity(
    "nm",
    { min: 0, max: 100 },
    "From one layer's centre to the next one's.",
  ).exactOptional(),
});

const energy = (doc: string) => quantity("eV", { min: -10, max: 10 }, doc);

/** E(T) = e0 + thermalExpansion T + electronPhonon [2 / (exp(phonon / kT) - 1) + 1]; enomoto2024 eqs. 2, 3. */
const temperature = z.strictObject({
  e0: energy("E0."),
  thermalExpansion: quantity("eV/K", { min: -1, max: 1 }, "A_TE."),
  electronPhonon: energy("A_EP."),
  phonon: energy("Energy of the phonon in E(T)."),
  broadening0: energy("Gamma0, full width."),
  couplingLo: energy("gamma_LO."),
  lo: energy("Energy of the longitudinal optical phonon."),
});

export const ligandMaterialSchema = z.strictObject({
  ...head,
  family: z.literal("ligand"),
  ligands: z.array(ligandStep).min(1),
});

export const annealedMaterialSchema = z.strictObject({
  ...head,
  family: z.literal("annealed"),
  anneals: z.array(annealStep).min(1).describe("By rising temperature."),
});

export const superlatticeMaterialSchema = z.strictObject({
  ...head,
  family: z.literal("superlattice"),
  linkers: z.array(linkerStep).min(1).describe("Mobility and coupling refer to the first."),
  barrier: quantity("eV", { min: 0, max: 20 }, "Height V of the tunnelling barrier."),
  dot: quantity("nm", { min: 0.5, max: 100 }, "Diameter of a dot."),
  mobility,
  temperature,
});

/** Schema of each family. */
export const MATERIAL_SCHEMAS = {
  ligand: ligandMaterialSchema,
  annealed: annealedMaterialSchema,
  superlattice: superlatticeMaterialSchema,
} as const;

export const materialSchema = z.discriminatedUnion("family", [
  ligandMaterialSchema,
  annealedMaterialSchema,
  superlatticeMaterialSchema,
]);

export type MaterialDocument = z.infer<typeof materialSchema>;
