import type { SuperlatticeMaterial } from "../../../hw-profiles/device-profile.ts";
import { linearSpace } from "../analysis/sampling.ts";
import {
  type BroadeningFit,
  type EdgeFit,
  fitBroadening,
  fitEdge,
  occupation,
} from "../analysis/temperature.ts";
import type { BenchFigure, BenchResult } from "../bench-result.ts";
import { luminescencePeak } from "../measure/film.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { Experiment } from "../run/experiment.ts";
import { superlatticeNames, superlatticeOf } from "./superlattice.ts";

const COLD_K = 10;
const WARM_K = 300;
/** Energies at which the paper held the optical phonon in its fits, eV. */
const HELD_EV = [0.01, 0.02, 0.03];

interface Series {
  readonly temperaturesK: readonly number[];
  readonly energiesEv: readonly number[];
  readonly widthsEv: readonly number[];
}

/** Emission energy and width of one layer against temperature, and the two fits of the paper. */
export const temperature: Experiment = {
  name: "temperature",
  title: "Superlattices: emission against temperature",
  subjects: (context) => superlatticeNames(context),
  measure(context, subject) {
    const film = context.laboratory.material(subject);
    const declared = superlatticeOf(context, subject).temperature;
    const temperaturesK = linearSpace(COLD_K, WARM_K, context.thorough ? 117 : 59);
    const peaks = temperaturesK.map((temperatureK) =>
      luminescencePeak(film, { layers: 1, temperatureK, seed: context.seed }),
    );
    const series: Series = {
      temperaturesK,
      energiesEv: peaks.map(({ position }) => position),
      widthsEv: peaks.map(({ fwhm }) => fwhm),
    };
    const edge = fitEdge(series.temperaturesK, series.energiesEv, declared.phononEv);
    const widths = HELD_EV.map((loEv) => ({
      loEv,
      fit: fitBroadening(temperaturesK, series.widthsEv, loEv),
    }));
    const held = fitBroadening(temperaturesK, series.widthsEv, declared.loEv);
    return {
      results: [...edgeResults(subject, declared, edge), ...widthResults(subject, declared, held)],
      figures: [energyFigure(series, edge), widthFigure(series, widths)],
    };
  },
};

type Declared = SuperlatticeMaterial["temperature"];

function figure(quantity: string, value: number, unit: string, equation: number): PaperFigure {
  const source = `enomoto2024 eq. ${equation}; parameter assumed, the paper's stands in its supplement`;
  return { quantity, values: [value], unit, source, reading: "exact" };
}

function edgeResults(subject: string, declared: Declared, fit: EdgeFit): BenchResult[] {
  const rows: readonly (readonly [string, number, number, string])[] = [
    ["e0", declared.e0Ev, fit.e0Ev, "eV"],
    ["thermalExpansion", declared.thermalExpansionEvPerK, fit.thermalExpansionEvPerK, "eV/K"],
    ["electronPhonon", declared.electronPhononEv, fit.electronPhononEv, "eV"],
    ["phonon", declared.phononEv, fit.phononEv, "eV"],
  ];
  return rows.map(([quantity, value, simulated, unit], i) =>
    compare({
      experiment: "temperature",
      subject,
      figure: figure(quantity, value, unit, 2),
      simulated,
      standardError: Math.abs(fit.standardErrors[i]! / simulated),
      kind: "derived",
      conditions: "fitted to E(T) from 10 to 300 K",
    }),
  );
}

function widthResults(subject: string, declared: Declared, fit: BroadeningFit): BenchResult[] {
  const rows: readonly (readonly [string, number, number])[] = [
    ["broadening0", declared.broadening0Ev, fit.broadening0Ev],
    ["couplingLo", declared.couplingLoEv, fit.couplingLoEv],
  ];
  return rows.map(([quantity, value, simulated], i) =>
    compare({
      experiment: "temperature",
      subject,
      figure: figure(quantity, value, "eV", 3),
      simulated,
      standardError: fit.standardErrors[i]! / simulated,
      kind: "derived",
      conditions: `fitted to the width from 10 to 300 K, phonon held at ${1e3 * declared.loEv} meV`,
    }),
  );
}

function energyFigure({ temperaturesK, energiesEv }: Series, fit: EdgeFit): BenchFigure {
  return {
    experiment: "temperature",
    title: "Emission energy against temperature",
    source: "enomoto2024 eq. 2; parameters assumed",
    x: { label: "temperature", unit: "K", scale: "linear" },
    y: { label: "emission", unit: "eV", scale: "linear" },
    series: [
      { label: "spectrometer", from: "simulated", marks: "points", x: temperaturesK, y: energiesEv },
      {
        label: "fit",
        from: "simulated",
        x: temperaturesK,
        y: temperaturesK.map(
          (t) =>
            fit.e0Ev +
            fit.thermalExpansionEvPerK * t +
            fit.electronPhononEv * (2 * occupation(fit.phononEv, t) + 1),
        ),
      },
    ],
  };
}

function widthFigure(
  { temperaturesK, widthsEv }: Series,
  fits: readonly { readonly loEv: number; readonly fit: BroadeningFit }[],
): BenchFigure {
  return {
    experiment: "temperature",
    title: "Width of the emission against temperature",
    source: "enomoto2024 eq. 3, phonon held at 10, 20 and 30 meV; parameters assumed",
    x: { label: "temperature", unit: "K", scale: "linear" },
    y: { label: "full width at half maximum", unit: "meV", scale: "linear" },
    series: [
      {
        label: "spectrometer",
        from: "simulated",
        marks: "points",
        x: temperaturesK,
        y: widthsEv.map((width) => 1e3 * width),
      },
      ...fits.map(({ loEv, fit }) => ({
        label: `fit with ${Math.round(1e3 * loEv)} meV`,
        from: "simulated" as const,
        x: temperaturesK,
        y: temperaturesK.map((t) => 1e3 * (fit.broadening0Ev + fit.couplingLoEv * occupation(loEv, t))),
      })),
    ],
  };
}
