import type { PublishedFigure } from "../../../hw-profiles/device-profile.ts";
import type { BenchResult } from "../bench-result.ts";
import { compare, conditionWords, type Measurement } from "../run/compare.ts";

/** What the bench found for a figure of a paper. */
export type Reading = Pick<Measurement, "simulated" | "kind" | "tolerance" | "standardError" | "conditions">;

/** How to find a figure, by its quantity. */
export type Readers = Readonly<Record<string, (figure: PublishedFigure) => Reading>>;

/** Figures that no instrument of the laboratory shows: their documents carry them as labels only. */
const LABELS: ReadonlySet<string> = new Set([
  "absorptionOnset",
  "cadmiumToSelenium",
  "carbonWeight",
  "eqeMean",
  "excitonBinding",
  "gapBulk",
  "inPlaneSpacing",
  "internalQuantumEfficiency",
  "lateralSize",
  "layerThickness",
  "lifetimeReference",
  "lightHoleAbsorption",
  "luminescenceKeptHumidity",
  "luminescenceKeptUltraviolet",
  "monolayers",
  "quantumYieldFilm",
  "quantumYieldSolution",
  "thicknessOf20Layers",
  "thicknessOf20LayersEstimated",
  "thresholdInText",
]);

/** Results of all figures: by the reader of the quantity, or the document's label; not ok where nothing knows it. */
export function readFigures(
  experiment: string,
  subject: string,
  figures: readonly PublishedFigure[],
  readers: Readers,
): BenchResult[] {
  return figures.map((figure) => {
    const reading = readers[figure.quantity]?.(figure) ?? label(figure);
    const conditions = [conditionWords(figure), reading.conditions].filter(Boolean).join("; ");
    return compare({ experiment, subject, figure, ...reading, conditions });
  });
}

/** An input that the document holds in a field of its own. */
export function input(simulated: number | readonly [number, number] | undefined): Reading {
  return { simulated: simulated ?? Number.NaN, kind: "input" };
}

function label({ quantity, values }: PublishedFigure): Reading {
  if (!LABELS.has(quantity))
    return { ...input(undefined), conditions: "no experiment measures this quantity" };
  const [first = Number.NaN, second] = values;
  return { ...input(second === undefined ? first : [first, second]), conditions: "label of the document" };
}

/** Runs once, when first asked. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
