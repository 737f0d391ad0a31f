import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import type { AnnealedMaterial } from "../../../hw-profiles/device-profile.ts";
import { linearSpace } from "../analysis/sampling.ts";
import type { BenchFigure } from "../bench-result.ts";
import type { MaterialBench } from "../laboratory.ts";
import { absorbancePeak, luminescencePeak } from "../measure/film.ts";
import type { Experiment } from "../run/experiment.ts";
import { annealedNames, annealedOf, DRUDE_SMITH } from "./annealed.ts";
import { input, once, type Readers, readFigures } from "./published.ts";

/** Document rows: "as made" and the hottest anneal. */
const AS_MADE = "20";
const HOTTEST = "350";

/** Absorption, emission and distances of platelets against the anneal. */
export const anneal: Experiment = {
  name: "anneal",
  title: "Annealed platelets: absorption, emission, distance, composition",
  subjects: (context) => annealedNames(context),
  measure(context, subject) {
    const material = annealedOf(context, subject);
    const film = context.laboratory.material(subject);
    const figures = material.published.filter(({ quantity }) => !DRUDE_SMITH.includes(quantity));
    return {
      results: readFigures(this.name, subject, figures, readers(material, film, context.seed)),
      figures: [spectraFigure(film, context.seed), distanceFigure(material)],
    };
  },
};

function readers({ anneals }: AnnealedMaterial, film: MaterialBench, seed: number): Readers {
  const asMade = { process: AS_MADE, seed };
  const emission = once(() => luminescencePeak(film, asMade));
  return {
    heavyHoleAbsorption: () => derived(PHOTON_EV_NM / absorbancePeak(film, asMade).position),
    luminescencePeak: () => derived(PHOTON_EV_NM / emission().position),
    luminescenceWidth: () => derived(1e3 * emission().fwhm),
    luminescenceWidthWavelength: () => derived((PHOTON_EV_NM * emission().fwhm) / emission().position ** 2),
    gap: ({ condition = AS_MADE }) => derived(absorbancePeak(film, { process: condition, seed }).position),
    distance: ({ condition }) =>
      input(anneals.find(({ annealC }) => `${annealC}` === condition)?.distanceNm?.value),
  };
}

function derived(simulated: number) {
  return { simulated, kind: "derived" as const };
}

function spectraFigure(film: MaterialBench, seed: number): BenchFigure {
  const energies = linearSpace(1.55, 2.65, 441);
  const x = energies.map((ev) => PHOTON_EV_NM / ev);
  return {
    experiment: "anneal",
    title: `${film.title}: absorbance`,
    source: "chen2023 absorption",
    x: { label: "wavelength", unit: "nm", scale: "linear" },
    y: { label: "optical density, peak 1", unit: "", scale: "linear" },
    series: [
      { label: "as made", process: AS_MADE },
      { label: "350 °C", process: HOTTEST },
    ].map(({ label, process }) => ({
      label,
      from: "simulated" as const,
      x,
      y: Array.from(film.absorbance({ process, seed }, energies)),
    })),
  };
}

function distanceFigure({ title, anneals }: AnnealedMaterial): BenchFigure {
  const known = anneals.filter(({ distanceNm }) => distanceNm !== undefined);
  return {
    experiment: "anneal",
    title: `${title}: face-to-face distance`,
    source: "chen2023 Fig. 2",
    x: { label: "anneal temperature", unit: "°C", scale: "linear" },
    y: { label: "distance", unit: "nm", scale: "linear" },
    series: [
      {
        label: "document",
        from: "paper",
        x: known.map(({ annealC }) => annealC),
        y: known.map(({ distanceNm }) => distanceNm?.value ?? Number.NaN),
      },
    ],
  };
}
