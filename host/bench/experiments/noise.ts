import type { PublishedFigure } from "../../../hw-profiles/device-profile.ts";
import { fitNoise, type WhiteAndFlicker } from "../analysis/noise-fit.ts";
import type { NoiseSpectrum } from "../analysis/welch.ts";
import type { BenchFigure } from "../bench-result.ts";
import { noiseSpectrum, thinned } from "../measure/noise.ts";
import { type ShotLimit, shotLimitAtZero } from "../measure/shot-limit.ts";
import type { Experiment } from "../run/experiment.ts";
import { derivedNoise } from "./derived-figures.ts";
import { DeviceStation } from "./device-readers.ts";
import { devicesWith, figuresOf, sourceOf } from "./device-subjects.ts";
import { readFigures } from "./published.ts";

const HIGHEST_HZ = 4e5;
const FIT_HZ = [200, 3e5] as const;
const QUANTITIES = ["noiseCorner", "noiseOverShot"];

/** Noise current of diodes at 0 V by Welch's method: white level against the shot limit, and the corner of the flicker. */
export const noise: Experiment = {
  name: "noise",
  title: "Noise current of photodiodes at 0 V",
  subjects: (context) => devicesWith(context, "noiseOverShot"),
  measure(context, subject) {
    const station = new DeviceStation(context, subject);
    const { seed, thorough } = context;
    const spectrum = noiseSpectrum(station.device, { biasV: 0, seed, thorough }, HIGHEST_HZ);
    const fit = fitNoise(spectrum, ...FIT_HZ);
    const limit = shotLimitAtZero(station.device);
    const published = figuresOf(context, subject).filter(({ quantity }) => QUANTITIES.includes(quantity));
    const results = readFigures(this.name, subject, published, readers(fit, limit));
    const derived = derivedNoise(station, fit, limit);
    return {
      results: [...results, ...derived],
      figures: [noiseFigure(station.device.title, published, spectrum, fit, limit)],
    };
  },
};

function readers(fit: WhiteAndFlicker, limit: ShotLimit) {
  return {
    noiseCorner: () => ({
      simulated: fit.cornerHz,
      standardError: fit.cornerError / fit.cornerHz,
      kind: "derived" as const,
      conditions: `density ~ 1 + (corner / f)^${fit.slope}`,
    }),
    noiseOverShot: () => ({
      simulated: Math.sqrt(fit.white) / limit.amplitudeAPerRtHz,
      standardError: fit.whiteError / fit.white / 2,
      kind: "derived" as const,
      conditions: "amplitude of the white noise over the shot limit from J-V around 0 V",
    }),
  };
}

function noiseFigure(
  title: string,
  published: readonly PublishedFigure[],
  spectrum: NoiseSpectrum,
  fit: WhiteAndFlicker,
  limit: ShotLimit,
): BenchFigure {
  const shown = thinned(spectrum, 1.02);
  const frequencies = shown.map(({ frequencyHz }) => frequencyHz);
  return {
    experiment: "noise",
    title: `${title}: noise current at 0 V`,
    source: sourceOf(published, "noiseCorner"),
    x: { label: "frequency", unit: "Hz", scale: "log" },
    y: { label: "noise current", unit: "A/√Hz", scale: "log" },
    series: [
      {
        label: "Welch",
        from: "simulated",
        x: frequencies,
        y: shown.map(({ amplitude }) => amplitude),
      },
      {
        label: "fit",
        from: "simulated",
        x: frequencies,
        y: frequencies.map((f) => Math.sqrt(fit.white * (1 + (fit.cornerHz / f) ** fit.slope))),
      },
      {
        label: "shot limit",
        from: "simulated",
        x: [frequencies[0]!, frequencies.at(-1)!],
        y: [limit.amplitudeAPerRtHz, limit.amplitudeAPerRtHz],
      },
    ],
  };
}
