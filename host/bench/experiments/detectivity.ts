import { detectivity as jones } from "../analysis/responsivity.ts";
import { noiseSpectrum, thinned } from "../measure/noise.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { Experiment } from "../run/experiment.ts";
import { DeviceStation, deviceReaders } from "./device-readers.ts";
import { devicesWith, figuresOf, sourceOf } from "./device-subjects.ts";
import { readFigures } from "./published.ts";

const HIGHEST_HZ = 1e5;

/** 0.18 x 930 nm / 1239.84 nm. */
const RESPONSIVITY: PaperFigure = {
  quantity: "responsivity",
  values: [0.135],
  unit: "A/W",
  source: "choi2021, derived from Fig. 4c",
  reading: "exact",
};

/** D* = R sqrt(A) / i_n, with the responsivity from a sweep of the light's power and the noise from a record in the dark. */
export const detectivity: Experiment = {
  name: "detectivity",
  title: "Specific detectivity",
  subjects: (context) => devicesWith(context, "detectivity"),
  measure(context, subject) {
    const station = new DeviceStation(context, subject);
    const figures = figuresOf(context, subject).filter(({ quantity }) => quantity === "detectivity");
    const sweep = station.sweep(station.device.peakNm, { biasV: 0 });
    const results = readFigures(this.name, subject, figures, deviceReaders(station));
    const { seed, thorough } = context;
    const spectrum = thinned(noiseSpectrum(station.device, { biasV: 0, seed, thorough }, HIGHEST_HZ), 1.05);
    const paper = figures.filter(({ frequencyHz }) => frequencyHz !== undefined);
    return {
      results: [
        ...results,
        compare({
          experiment: this.name,
          subject,
          figure: RESPONSIVITY,
          simulated: sweep.responsivityAPerW,
          standardError: sweep.standardError,
          kind: "derived",
          conditions: `${station.device.peakNm} nm, 0 V`,
        }),
      ],
      figures: [
        {
          experiment: this.name,
          title: `${station.device.title}: D* at 0 V`,
          source: sourceOf(figures, "detectivity"),
          x: { label: "frequency", unit: "Hz", scale: "log" },
          y: { label: "D*", unit: "Jones", scale: "log" },
          series: [
            {
              label: subject,
              from: "simulated",
              x: spectrum.map(({ frequencyHz }) => frequencyHz),
              y: spectrum.map(({ amplitude }) =>
                jones(sweep.responsivityAPerW, station.device.areaCm2, amplitude),
              ),
            },
            {
              label: subject,
              from: "paper",
              x: paper.map(({ frequencyHz = 0 }) => frequencyHz),
              y: paper.map(({ values }) => values[0] ?? Number.NaN),
            },
          ],
        },
      ],
    };
  },
};
