import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import type { PumpedLaserProfile } from "../../../hw-profiles/device-profile.ts";
import type { BenchFigure, BenchResult } from "../bench-result.ts";
import type { SourceBench } from "../laboratory.ts";
import { DRIVE, type LightCurve, laserLine, lightCurve } from "../measure/laser.ts";
import type { BenchContext, Experiment } from "../run/experiment.ts";
import { input, once, type Readers, readFigures } from "./published.ts";

/** Temperature that counts as that of the room. */
const ROOM_FROM_K = 280;

/** Light-light curve and line of every pumped laser. */
export const lasers: Experiment = {
  name: "lasers",
  title: "Pumped lasers: threshold and line",
  subjects: ({ laboratory }) =>
    laboratory.sources.filter((name) => laboratory.source(name).type === "pumped-laser"),
  measure(context, subject) {
    const laser = context.laboratory.source(subject);
    const document = laserOf(context, subject);
    const curve = lightCurve(laser, context.seed);
    return {
      results: readFigures(
        this.name,
        subject,
        document.published,
        readers(document, laser, curve, context.seed),
      ),
      figures: [curveFigure(laser, document, curve)],
    };
  },
  overview: (results) => [thresholdsFigure(results)],
};

function laserOf({ documents }: BenchContext, name: string): PumpedLaserProfile {
  const document = documents.source(name);
  if (document.type === "pumped-laser") return document;
  throw new RangeError(`found ${name} of type ${document.type}, expected "pumped-laser"`);
}

function readers(document: PumpedLaserProfile, laser: SourceBench, curve: LightCurve, seed: number): Readers {
  const line = once(() => laserLine(laser, seed));
  const temperature = `${document.temperature === "both" ? "room" : document.temperature} temperature`;
  return {
    wavelength: () => ({
      simulated: PHOTON_EV_NM / line().position,
      kind: "derived",
      conditions: `spectrum at ${DRIVE} times the threshold`,
    }),
    linewidth: () => ({ simulated: line().fwhm, kind: "derived", conditions: "full width at half maximum" }),
    threshold: ({ temperatureK = ROOM_FROM_K, values }) =>
      // The bench works at one temperature; a second threshold is a label.
      temperatureK < ROOM_FROM_K
        ? { ...input(values[0]), conditions: "label of the document" }
        : {
            simulated: curve.threshold,
            kind: "derived",
            conditions: `kink of the light-light curve, ${temperature}`,
          },
    pumpWavelength: () => input(document.pumpNm),
    gain: ({ values }) => (values.length > 1 ? input([values[0]!, values[1]!]) : input(document.gainPerCm)),
    tuningRange: () => input(document.tunableNm),
  };
}

function curveFigure(
  laser: SourceBench,
  { threshold, published }: PumpedLaserProfile,
  curve: LightCurve,
): BenchFigure {
  const source = published.find(({ quantity }) => quantity === "threshold")?.source ?? "";
  const at = (pump: number) => curve.output[curve.pump.findIndex((level) => level >= pump)] ?? Number.NaN;
  return {
    experiment: "lasers",
    title: `${laser.title}: output against pump`,
    source,
    x: { label: "pump", unit: threshold.unit, scale: "linear" },
    y: { label: "output", unit: threshold.unit, scale: "linear" },
    series: [
      { label: "energy meter", from: "simulated", x: curve.pump, y: Array.from(curve.output) },
      { label: "threshold", from: "paper", x: [threshold.value], y: [at(threshold.value)] },
    ],
  };
}

/** Pulsed lasers only: thresholds in other units do not belong on one axis. */
function thresholdsFigure(results: readonly BenchResult[]): BenchFigure {
  const pulsed = results.filter(
    ({ quantity, unit, kind }) => quantity === "threshold" && unit === "J/cm2" && kind !== "input",
  );
  const wavelength = (subject: string) =>
    Number(
      results.find((result) => result.subject === subject && result.quantity === "wavelength")?.simulated,
    );
  const x = pulsed.map(({ subject }) => wavelength(subject));
  return {
    experiment: "lasers",
    title: "Thresholds of pulsed lasers by wavelength",
    source: "meng2024 Table 3",
    x: { label: "wavelength", unit: "nm", scale: "linear" },
    y: { label: "threshold", unit: "J/cm²", scale: "log" },
    series: [
      {
        label: "bench",
        from: "simulated",
        marks: "points",
        x,
        y: pulsed.map(({ simulated }) => Number(simulated)),
      },
      { label: "Table 3", from: "paper", x, y: pulsed.map(({ paper }) => Number(paper)) },
    ],
  };
}
