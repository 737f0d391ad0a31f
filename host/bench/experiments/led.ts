import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import type { LedProfile } from "../../../hw-profiles/device-profile.ts";
import { fitDecay } from "../analysis/decay.ts";
import { lineFit } from "../analysis/linear-fit.ts";
import { linearSpace } from "../analysis/sampling.ts";
import { spectrumPeak } from "../analysis/spectrum-peak.ts";
import type { BenchFigure } from "../bench-result.ts";
import type { SourceBench } from "../laboratory.ts";
import { compare } from "../run/compare.ts";
import type { BenchContext, Experiment } from "../run/experiment.ts";
import { input, once, type Readers, readFigures } from "./published.ts";

/** Measured by the ageing experiment. */
const AGEING = ["t50", "accelerationFactor"];
const WAVELENGTHS_NM = linearSpace(450, 600, 601);
const CURRENTS_MA = linearSpace(0.1, 2, 20);
const ANGLES_DEG = linearSpace(-80, 80, 33);
const TIMES_NS = linearSpace(0, 250, 501);

/** Spectrum, efficiency, beam and decay of the light-emitting diode. */
export const led: Experiment = {
  name: "led",
  title: "Light-emitting diode: spectrum, efficiency, beam, decay",
  subjects: (context) => ledsOf(context),
  measure(context, subject) {
    const bench = context.laboratory.source(subject);
    const { published } = ledOf(context, subject);
    const spectrum = bench.spectrum(WAVELENGTHS_NM, 1, context.seed);
    const peak = spectrumPeak(WAVELENGTHS_NM, spectrum);
    const figures = published.filter(({ quantity }) => !AGEING.includes(quantity));
    return {
      results: [
        ...readFigures(this.name, subject, figures, readers(bench, context.seed, peak)),
        lambertian(bench, subject, context.seed),
      ],
      figures: [spectrumFigure(bench.title, spectrum), beamFigure(bench, context.seed)],
    };
  },
};

/** Light-emitting diodes of the laboratory. */
export function ledsOf({ laboratory }: BenchContext): readonly string[] {
  return laboratory.sources.filter((name) => laboratory.source(name).type === "led");
}

/** Document of a light-emitting diode. @throws RangeError for another source. */
export function ledOf({ documents }: BenchContext, name: string): LedProfile {
  const document = documents.source(name);
  if (document.type !== "led") throw new RangeError(`found ${name} of type ${document.type}, expected "led"`);
  return document;
}

function readers(bench: SourceBench, seed: number, peak: ReturnType<typeof spectrumPeak>): Readers {
  const decay = once(() => fitDecay(TIMES_NS, bench.decay(TIMES_NS, seed)));
  return {
    electroluminescencePeak: () => ({ simulated: peak.position, kind: "derived" }),
    electroluminescenceWidth: () => ({ simulated: peak.fwhm, kind: "derived" }),
    eqe: () => ({
      simulated: photonsPerElectron(bench, peak.position, seed),
      kind: "derived",
      conditions: "light power against current, photon energy from the spectrum",
    }),
    // The spectrometer sees the driven device: of the film's own line only the document knows.
    luminescencePeak: ({ values }) => ({ ...input(values[0]), conditions: "label of the document" }),
    luminescenceWidth: ({ values }) => ({ ...input(values[0]), conditions: "label of the document" }),
    lifetime: () => ({
      simulated: decay().lifetime,
      standardError: decay().standardError / decay().lifetime,
      kind: "derived",
      conditions: "exponential fitted to the counts",
    }),
  };
}

function photonsPerElectron(bench: SourceBench, wavelengthNm: number, seed: number): number {
  const line = lineFit(CURRENTS_MA, bench.output(CURRENTS_MA, seed));
  return (line.slope * 1e3 * wavelengthNm) / PHOTON_EV_NM;
}

/** Lambertian: intensity ~ cos^1. */
function lambertian(bench: SourceBench, subject: string, seed: number) {
  const intensity = bench.angular(ANGLES_DEG, seed);
  const used = ANGLES_DEG.map((_, i) => i).filter(
    (i) => Math.abs(ANGLES_DEG[i]!) > 10 && intensity[i]! > 0.1,
  );
  const line = lineFit(
    used.map((i) => Math.log(Math.cos((ANGLES_DEG[i]! * Math.PI) / 180))),
    used.map((i) => Math.log(intensity[i]!)),
  );
  return compare({
    experiment: "led",
    subject,
    figure: {
      quantity: "lambertianExponent",
      values: [1],
      unit: "1",
      source: "zhang2023, Lambertian",
      reading: "exact",
    },
    simulated: line.slope,
    standardError: line.slopeError,
    kind: "derived",
    conditions: "intensity ~ cos^m, fitted from 10 to 80 degrees",
  });
}

function spectrumFigure(title: string, counts: Float64Array): BenchFigure {
  const top = Math.max(...counts);
  return {
    experiment: "led",
    title: `${title}: electroluminescence`,
    source: "zhang2023 electroluminescence",
    x: { label: "wavelength", unit: "nm", scale: "linear" },
    y: { label: "counts, normalised", unit: "", scale: "linear" },
    series: [
      { label: "spectrometer", from: "simulated", x: WAVELENGTHS_NM, y: Array.from(counts, (c) => c / top) },
      { label: "peak", from: "paper", x: [517], y: [1] },
      { label: "full width at half maximum", from: "paper", x: [517 - 8.05, 517 + 8.05], y: [0.5, 0.5] },
    ],
  };
}

function beamFigure(bench: SourceBench, seed: number): BenchFigure {
  return {
    experiment: "led",
    title: `${bench.title}: radiant intensity`,
    source: "zhang2023, Lambertian",
    x: { label: "angle", unit: "°", scale: "linear" },
    y: { label: "intensity, normalised", unit: "", scale: "linear" },
    series: [
      {
        label: "goniometer",
        from: "simulated",
        x: ANGLES_DEG,
        y: Array.from(bench.angular(ANGLES_DEG, seed)),
      },
      {
        label: "cosine",
        from: "paper",
        x: ANGLES_DEG,
        y: ANGLES_DEG.map((angle) => Math.cos((angle * Math.PI) / 180)),
      },
    ],
  };
}
