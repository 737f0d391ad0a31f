import { type AccelerationFit, fitAcceleration, halfLife } from "../analysis/ageing.ts";
import { linearSpace, logSpace } from "../analysis/sampling.ts";
import type { BenchFigure } from "../bench-result.ts";
import type { SourceBench } from "../laboratory.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { Experiment } from "../run/experiment.ts";
import { ledOf, ledsOf } from "./led.ts";
import { readFigures } from "./published.ts";

/** Luminances of the accelerated runs, cd/m2; the paper's own is the highest. */
const LUMINANCES = logSpace(1000, 10_000, 6);
const PAPER_LUMINANCE = 10_000;
const LOW_LUMINANCE = 100;
const MINUTES_PER_HOUR = 60;
const POINTS = 121;

const AT_LOW: PaperFigure = {
  quantity: "t50At100",
  values: [(54 * LOW_LUMINANCE ** 1.7) / MINUTES_PER_HOUR],
  unit: "h",
  source: "zhang2023, derived: 54 x 100^1.7 min",
  reading: "exact",
};

/** Luminance against time at several initial luminances: half lives, and how they shorten with the luminance. */
export const ageing: Experiment = {
  name: "ageing",
  title: "Ageing of the light-emitting diode",
  subjects: (context) => ledsOf(context),
  measure(context, subject) {
    const bench = context.laboratory.source(subject);
    const lives = LUMINANCES.map((luminance) => measuredHalfLife(bench, luminance, context.seed));
    const fit = fitAcceleration(LUMINANCES, lives);
    const published = ledOf(context, subject).published;
    const figures = published.filter(
      ({ quantity }) => quantity === "t50" || quantity === "accelerationFactor",
    );
    const results = readFigures(this.name, subject, figures, {
      t50: () => ({ simulated: lives.at(-1)!, kind: "derived", conditions: "10 000 cd/m2, from the curve" }),
      accelerationFactor: () => ({
        simulated: fit.exponent,
        standardError: fit.standardError / fit.exponent,
        kind: "derived",
        conditions: "half lives at six luminances",
      }),
    });
    const low = compare({
      experiment: this.name,
      subject,
      figure: AT_LOW,
      simulated: atLuminance(fit, LOW_LUMINANCE) / MINUTES_PER_HOUR,
      kind: "derived",
      conditions: "extrapolated to 100 cd/m2 from the fit",
      standardError: fit.standardError * Math.log(PAPER_LUMINANCE / LOW_LUMINANCE),
    });
    return {
      results: [...results, low],
      figures: [curveFigure(bench, context.seed), livesFigure(bench.title, lives, fit)],
    };
  },
};

function atLuminance({ constant, exponent }: AccelerationFit, luminance: number): number {
  return constant * luminance ** -exponent;
}

/** The record is made longer until the luminance has fallen to less than half. */
function measuredHalfLife(bench: SourceBench, luminance: number, seed: number): number {
  for (let span = 60; span < 1e7; span *= 2) {
    const minutes = linearSpace(0, span, POINTS);
    const curve = bench.ageing(luminance, minutes, seed);
    if (curve.at(-1)! < 0.42 * luminance) return halfLife(minutes, curve, luminance);
  }
  return Number.NaN;
}

function curveFigure(bench: SourceBench, seed: number): BenchFigure {
  const minutes = linearSpace(0, 120, POINTS);
  const curve = bench.ageing(PAPER_LUMINANCE, minutes, seed);
  return {
    experiment: "ageing",
    title: `${bench.title}: luminance from 10 000 cd/m²`,
    source: "zhang2023 T50",
    x: { label: "time", unit: "min", scale: "linear" },
    y: { label: "luminance, relative", unit: "", scale: "linear" },
    series: [
      {
        label: "photometer",
        from: "simulated",
        x: minutes,
        y: Array.from(curve, (l) => l / PAPER_LUMINANCE),
      },
      { label: "T50", from: "paper", x: [54], y: [0.5] },
    ],
  };
}

function livesFigure(title: string, lives: readonly number[], fit: AccelerationFit): BenchFigure {
  const line = [LOW_LUMINANCE, PAPER_LUMINANCE];
  return {
    experiment: "ageing",
    title: `${title}: half life against luminance`,
    source: "zhang2023 T50 and acceleration factor",
    x: { label: "initial luminance", unit: "cd/m²", scale: "log" },
    y: { label: "T50", unit: "h", scale: "log" },
    series: [
      {
        label: "measured",
        from: "simulated",
        marks: "points",
        x: LUMINANCES,
        y: lives.map((life) => life / MINUTES_PER_HOUR),
      },
      {
        label: "fit",
        from: "simulated",
        x: line,
        y: line.map((luminance) => atLuminance(fit, luminance) / MINUTES_PER_HOUR),
      },
      {
        label: "T50",
        from: "paper",
        x: [PAPER_LUMINANCE, LOW_LUMINANCE],
        y: [54 / MINUTES_PER_HOUR, AT_LOW.values[0]!],
      },
    ],
  };
}
