import type { AnnealedMaterial, AnnealStep, PublishedFigure } from "../../../hw-profiles/device-profile.ts";
import {
  carrierDensity,
  type DrudeSmithFit,
  fitDrudeSmith,
  drudeSmith as model,
  shortRangeMobility,
} from "../analysis/drude-smith.ts";
import { linearSpace } from "../analysis/sampling.ts";
import type { BenchFigure } from "../bench-result.ts";
import type { MaterialBench } from "../laboratory.ts";
import type { Experiment } from "../run/experiment.ts";
import { annealedNames, annealedOf, DRUDE_SMITH } from "./annealed.ts";
import { type Readers, type Reading, readFigures } from "./published.ts";

/** Wide enough that w tau passes 1 for tens of fs. */
const FREQUENCIES_HZ = linearSpace(0.2e12, 12e12, 60);
const THOROUGH_HZ = linearSpace(0.2e12, 12e12, 240);

/** Complex conductivity at each anneal, and the Drude-Smith model fitted to it. */
export const drudeSmith: Experiment = {
  name: "drude-smith",
  title: "Conductivity of annealed platelets: Drude-Smith",
  subjects: (context) => annealedNames(context),
  measure(context, subject) {
    const material = annealedOf(context, subject);
    const film = context.laboratory.material(subject);
    const frequencies = context.thorough ? THOROUGH_HZ : FREQUENCIES_HZ;
    const anneals = measured(material).map((step) => ({
      ...step,
      fit: fitDrudeSmith(
        frequencies,
        film.conductivity({ process: `${step.annealC}`, seed: context.seed }, frequencies),
      ),
    }));
    const figures = material.published.filter(({ quantity }) => DRUDE_SMITH.includes(quantity));
    return {
      results: readFigures(this.name, subject, figures, readers(anneals, material.effectiveMass)),
      figures: [
        ...anneals.map(({ annealC, fit }) => spectrumFigure(film, annealC, fit, context.seed)).slice(-1),
        spectraFigure(film, anneals),
        mobilityFigure(material, anneals),
      ],
    };
  },
};

function measured({ anneals }: AnnealedMaterial): AnnealStep[] {
  return anneals.filter((step) => step.scatteringTimeFs && step.persistence && step.carrierDensityPerM3);
}

const CONDITIONS = "fit of real and imaginary conductivity, 0.2 to 12 THz";

function readers(anneals: readonly Anneal[], effectiveMass = Number.NaN): Readers {
  const fitOf = ({ condition }: PublishedFigure) => {
    const found = anneals.find(({ annealC }) => `${annealC}` === condition);
    if (found !== undefined) return found.fit;
    throw new RangeError(
      `found no anneal "${condition}" with conductivity, expected a row of the document's table`,
    );
  };
  const measured = (simulated: number, error: number): Reading => ({
    simulated,
    standardError: Math.abs(error / simulated),
    kind: "derived",
    conditions: CONDITIONS,
  });
  return {
    scatteringTime: (figure) => {
      const { scatteringTimeS, scatteringTimeError } = fitOf(figure);
      return measured(scatteringTimeS * 1e15, scatteringTimeError * 1e15);
    },
    persistence: (figure) => measured(fitOf(figure).persistence, fitOf(figure).persistenceError),
    carrierDensity: (figure) => {
      const { drudeConductivity, scatteringTimeS } = fitOf(figure);
      return {
        simulated: carrierDensity(drudeConductivity, scatteringTimeS, effectiveMass),
        kind: "derived",
        conditions: `${CONDITIONS}; effective mass ${effectiveMass} m_e, assumed`,
      };
    },
  };
}

interface Anneal extends AnnealStep {
  readonly fit: DrudeSmithFit;
}

function spectrumFigure(film: MaterialBench, annealC: number, fit: DrudeSmithFit, seed: number): BenchFigure {
  const { real, imaginary } = film.conductivity({ process: `${annealC}`, seed }, FREQUENCIES_HZ);
  const fitted = FREQUENCIES_HZ.map((f) =>
    model(fit.drudeConductivity, fit.scatteringTimeS, fit.persistence, 2 * Math.PI * f),
  );
  const x = FREQUENCIES_HZ.map((f) => f / 1e12);
  return {
    experiment: "drude-smith",
    title: `${film.title}: conductivity after ${annealC} °C`,
    source: "chen2023 Table 2",
    x: { label: "frequency", unit: "THz", scale: "linear" },
    y: { label: "conductivity", unit: "S/m", scale: "linear" },
    series: [
      { label: "real part", from: "simulated", marks: "points", x, y: Array.from(real) },
      { label: "imaginary part", from: "simulated", marks: "points", x, y: Array.from(imaginary) },
      { label: "fit, real part", from: "simulated", x, y: fitted.map((sigma) => sigma.real) },
      { label: "fit, imaginary part", from: "simulated", x, y: fitted.map((sigma) => sigma.imaginary) },
    ],
  };
}

function spectraFigure(film: MaterialBench, anneals: readonly Anneal[]): BenchFigure {
  const x = FREQUENCIES_HZ.map((f) => f / 1e12);
  return {
    experiment: "drude-smith",
    title: `${film.title}: fitted real conductivity by anneal`,
    source: "chen2023 Table 2",
    x: { label: "frequency", unit: "THz", scale: "linear" },
    y: { label: "real conductivity", unit: "S/m", scale: "linear" },
    series: anneals.map(({ annealC, fit }) => ({
      label: `${annealC} °C`,
      from: "simulated" as const,
      x,
      y: FREQUENCIES_HZ.map(
        (f) => model(fit.drudeConductivity, fit.scatteringTimeS, fit.persistence, 2 * Math.PI * f).real,
      ),
    })),
  };
}

/** (e tau / m*)(1 + c) from the fits and from the paper's figures. */
function mobilityFigure(
  { title, effectiveMass = Number.NaN }: AnnealedMaterial,
  anneals: readonly Anneal[],
): BenchFigure {
  return {
    experiment: "drude-smith",
    title: `${title}: short-range mobility`,
    source: "chen2023 Table 2, effective mass assumed",
    x: { label: "anneal temperature", unit: "°C", scale: "linear" },
    y: { label: "mobility", unit: "cm²/Vs", scale: "linear" },
    series: [
      {
        label: "from the fits",
        from: "simulated",
        x: anneals.map(({ annealC }) => annealC),
        y: anneals.map(({ fit }) => shortRangeMobility(fit.scatteringTimeS, fit.persistence, effectiveMass)),
      },
      {
        label: "from Table 2",
        from: "paper",
        x: anneals.map(({ annealC }) => annealC),
        y: anneals.map(({ scatteringTimeFs, persistence }) =>
          shortRangeMobility(
            (scatteringTimeFs?.value ?? Number.NaN) * 1e-15,
            persistence?.value ?? Number.NaN,
            effectiveMass,
          ),
        ),
      },
    ],
  };
}
