import { quantumEfficiency } from "../analysis/responsivity.ts";
import { linearSpace } from "../analysis/sampling.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { Experiment } from "../run/experiment.ts";
import { DeviceStation, deviceReaders } from "./device-readers.ts";
import { devicesWith, figuresOf, sourceOf } from "./device-subjects.ts";
import { readFigures } from "./published.ts";

const EXPONENT: PaperFigure = {
  quantity: "powerExponent",
  values: [1],
  unit: "1",
  source: "meng2024 section 4: most photodiodes",
  reading: "about",
};

/** EQE at the exciton peak against reverse bias, each point from a sweep of the light's power. */
export const eqeBias: Experiment = {
  name: "eqe-bias",
  title: "Quantum efficiency against bias",
  subjects: (context) => devicesWith(context, "eqe"),
  measure(context, subject) {
    const station = new DeviceStation(context, subject);
    const figures = figuresOf(context, subject).filter(({ quantity }) => quantity === "eqe");
    const results = readFigures(this.name, subject, figures, deviceReaders(station));
    const wavelengthNm = station.device.peakNm;
    const biases = linearSpace(-1, 0, 21);
    const { exponent, exponentError } = station.sweep(wavelengthNm, { biasV: 0 });
    const linear = compare({
      experiment: this.name,
      subject,
      figure: EXPONENT,
      simulated: exponent,
      standardError: exponentError,
      kind: "derived",
      conditions: "photocurrent ~ power^k over two decades",
    });
    const points = figures.filter(({ biasV }) => biasV !== undefined);
    return {
      results: [...results, linear],
      figures: [
        {
          experiment: this.name,
          title: `${station.device.title}: EQE at ${wavelengthNm} nm`,
          source: sourceOf(figures, "eqe"),
          x: { label: "bias", unit: "V", scale: "linear" },
          y: { label: "EQE", unit: "%", scale: "linear" },
          series: [
            {
              label: subject,
              from: "simulated",
              x: biases,
              y: biases.map(
                (biasV) =>
                  100 *
                  quantumEfficiency(station.sweep(wavelengthNm, { biasV }).responsivityAPerW, wavelengthNm),
              ),
            },
            {
              label: subject,
              from: "paper",
              x: points.map(({ biasV = 0 }) => biasV),
              y: points.map(({ values }) => 100 * (values[0] ?? Number.NaN)),
            },
          ],
        },
      ],
    };
  },
};
