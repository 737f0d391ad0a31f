import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import type { LigandMaterial } from "../../../hw-profiles/device-profile.ts";
import { linearSpace } from "../analysis/sampling.ts";
import type { BenchFigure } from "../bench-result.ts";
import type { MaterialBench } from "../laboratory.ts";
import { absorbancePeak, luminescencePeak } from "../measure/film.ts";
import type { BenchContext, Experiment } from "../run/experiment.ts";
import { input, once, type Readers, readFigures } from "./published.ts";

/** Absorption and Stokes shift of dots by ligand, and the composition that the document states. */
export const ligands: Experiment = {
  name: "ligands",
  title: "Dots by ligand: absorption, Stokes shift, composition",
  subjects: ({ laboratory, documents }) =>
    laboratory.materials.filter((name) => {
      const material = documents.material(name);
      return material.family === "ligand" && material.published.length > 0;
    }),
  measure(context, subject) {
    const material = ligandOf(context, subject);
    const film = context.laboratory.material(subject);
    const results = readFigures(
      this.name,
      subject,
      material.published,
      readers(material, film, context.seed),
    );
    const hasShifts = material.ligands.some(({ stokesShiftMev }) => stokesShiftMev !== undefined);
    return { results, figures: hasShifts ? [spectraFigure(material, film, context.seed)] : [] };
  },
};

function ligandOf({ documents }: BenchContext, name: string): LigandMaterial {
  const material = documents.material(name);
  if (material.family === "ligand") return material;
  throw new RangeError(`found ${name} of family ${material.family}, expected "ligand"`);
}

function readers({ ligands: steps }: LigandMaterial, film: MaterialBench, seed: number): Readers {
  const native = steps[0]!.ligand;
  const absorption = once(() => absorbancePeak(film, { process: native, seed }));
  return {
    absorptionPeak: () => ({ simulated: PHOTON_EV_NM / absorption().position, kind: "derived" }),
    absorptionHalfWidth: () => ({ simulated: 1e3 * absorption().halfWidthBelow, kind: "derived" }),
    stokesShift: ({ condition = native }) => ({
      simulated: 1e3 * stokesShiftEv(film, condition, seed),
      kind: "derived",
      conditions: "absorption less emission, peaks of both spectra",
    }),
    arsenicToIndium: ({ condition }) =>
      input(steps.find(({ ligand }) => ligand === condition)?.arsenicToIndium),
  };
}

function stokesShiftEv(film: MaterialBench, process: string, seed: number): number {
  const state = { process, seed };
  return absorbancePeak(film, state).position - luminescencePeak(film, state).position;
}

function spectraFigure(
  { title, ligands: steps }: LigandMaterial,
  film: MaterialBench,
  seed: number,
): BenchFigure {
  const centre = absorbancePeak(film, { process: steps[0]!.ligand, seed }).position;
  const energies = linearSpace(centre - 0.25, centre + 0.2, 226);
  const wavelengths = energies.map((ev) => PHOTON_EV_NM / ev);
  const normalised = (values: Float64Array) => {
    const top = Math.max(...values);
    return Array.from(values, (value) => value / top);
  };
  const shifted = steps.filter(({ stokesShiftMev }) => stokesShiftMev !== undefined);
  return {
    experiment: "ligands",
    title: `${title}: absorption and emission`,
    source: "choi2021 Fig. 3",
    x: { label: "wavelength", unit: "nm", scale: "linear" },
    y: { label: "normalised", unit: "", scale: "linear" },
    series: [
      {
        label: "absorbance",
        from: "simulated",
        x: wavelengths,
        y: normalised(film.absorbance({ process: steps[0]!.ligand, seed }, energies)),
      },
      ...shifted.map(({ ligand }) => ({
        label: `luminescence, ${ligand}`,
        from: "simulated" as const,
        x: wavelengths,
        y: normalised(film.luminescence({ process: ligand, seed }, energies)),
      })),
    ],
  };
}
