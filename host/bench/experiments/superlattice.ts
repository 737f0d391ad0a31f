import type { PublishedFigure, SuperlatticeMaterial } from "../../../hw-profiles/device-profile.ts";
import type { BenchFigure } from "../bench-result.ts";
import type { MaterialBench } from "../laboratory.ts";
import { absorbancePeak, luminescencePeak } from "../measure/film.ts";
import type { BenchContext, Experiment } from "../run/experiment.ts";
import { input, type Readers, type Reading, readFigures } from "./published.ts";

/** Layers at which the paper calls the shift saturated. */
const SATURATED = 8;
const LAYERS = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20];
const SHOWN_LINKERS = ["C3DT", "C10DT"];

/** Shift of the luminescence of stacked dots against layers and linker. */
export const superlattice: Experiment = {
  name: "superlattice",
  title: "Superlattices: shift by layers and linker",
  subjects: (context) => superlatticeNames(context),
  measure(context, subject) {
    const material = superlatticeOf(context, subject);
    const film = context.laboratory.material(subject);
    const read = readers(material, film, context.seed);
    return {
      results: readFigures(this.name, subject, material.published, read),
      figures: [layersFigure(material, film, context.seed), linkersFigure(material, film, context.seed)],
    };
  },
};

export function superlatticeNames({ laboratory, documents }: BenchContext): readonly string[] {
  return laboratory.materials.filter((name) => documents.material(name).family === "superlattice");
}

/** Document of a superlattice. @throws RangeError for another family. */
export function superlatticeOf({ documents }: BenchContext, name: string): SuperlatticeMaterial {
  const material = documents.material(name);
  if (material.family === "superlattice") return material;
  throw new RangeError(`found ${name} of family ${material.family}, expected "superlattice"`);
}

function readers(material: SuperlatticeMaterial, film: MaterialBench, seed: number): Readers {
  const single = { layers: 1, seed };
  const linker = ({ condition }: PublishedFigure) =>
    material.linkers.find((step) => step.linker === condition);
  const derived = (simulated: number, conditions?: string): Reading => ({
    simulated,
    kind: "derived",
    ...(conditions === undefined ? {} : { conditions }),
  });
  return {
    dotSize: () => input(material.dotNm),
    absorptionEdge: () => derived(absorbancePeak(film, single).position, "one layer"),
    luminescencePeak: () => derived(luminescencePeak(film, single).position, "one layer"),
    luminescenceWidth: () => derived(1e3 * luminescencePeak(film, single).fwhm, "one layer"),
    spacer: (figure) => input(linker(figure)?.spacerNm),
    saturatedShift: (figure) =>
      derived(shiftMev(film, figure.condition, SATURATED, seed), "eight layers less one, luminescence peaks"),
    outOfPlaneSpacing: (figure) => input(linker(figure)?.outOfPlaneNm ?? figure.values[0]),
  };
}

function shiftMev(film: MaterialBench, process: string | undefined, layers: number, seed: number): number {
  const state = { seed, ...(process === undefined ? {} : { process }) };
  const stack = luminescencePeak(film, { ...state, layers }).position;
  return 1e3 * (stack - luminescencePeak(film, { ...state, layers: 1 }).position);
}

function printed(material: SuperlatticeMaterial, linker: string): number | undefined {
  const { published } = material;
  return published.find(({ quantity, condition }) => quantity === "saturatedShift" && condition === linker)
    ?.values[0];
}

function layersFigure(material: SuperlatticeMaterial, film: MaterialBench, seed: number): BenchFigure {
  const known = SHOWN_LINKERS.filter((linker) => material.linkers.some((step) => step.linker === linker));
  return {
    experiment: "superlattice",
    title: "Shift of the luminescence by number of layers",
    source: "enomoto2024 shift at N = 8 layers",
    x: { label: "layers", unit: "", scale: "linear" },
    y: { label: "shift", unit: "meV", scale: "linear" },
    series: [
      ...known.map((linker) => ({
        label: linker,
        from: "simulated" as const,
        x: LAYERS,
        y: LAYERS.map((layers) => shiftMev(film, linker, layers, seed)),
      })),
      ...known.map((linker) => ({
        label: linker,
        from: "paper" as const,
        x: [SATURATED],
        y: [printed(material, linker) ?? Number.NaN],
      })),
    ],
  };
}

function linkersFigure(material: SuperlatticeMaterial, film: MaterialBench, seed: number): BenchFigure {
  const alkanes = material.linkers
    .filter(({ linker }) => /^C\d+DT$/.test(linker))
    .sort((a, b) => a.spacerNm - b.spacerNm);
  const known = alkanes.filter(({ linker }) => printed(material, linker) !== undefined);
  return {
    experiment: "superlattice",
    title: "Shift of eight layers by length of the linker",
    source: "enomoto2024 eq. 1; other spacers than C3DT and C10DT interpolated",
    x: { label: "spacer", unit: "nm", scale: "linear" },
    y: { label: "size of the shift", unit: "meV", scale: "log" },
    series: [
      {
        label: "C2DT to C10DT",
        from: "simulated",
        x: alkanes.map(({ spacerNm }) => spacerNm),
        y: alkanes.map(({ linker }) => Math.abs(shiftMev(film, linker, SATURATED, seed))),
      },
      {
        label: "C3DT and C10DT",
        from: "paper",
        x: known.map(({ spacerNm }) => spacerNm),
        y: known.map(({ linker }) => Math.abs(printed(material, linker) ?? Number.NaN)),
      },
    ],
  };
}
