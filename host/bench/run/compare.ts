import type { PublishedFigure } from "../../../hw-profiles/device-profile.ts";
import type { BenchResult } from "../bench-result.ts";

/** Relative; of what is measured, unless the paper states more. */
export const MEASURED_TOLERANCE = 0.03;
/** Inputs are read from a text of decimal numbers and scaled between units: equal to rounding. */
const ROUNDING = 1e-12;

/** A figure of a paper, or one that follows from it. */
export type PaperFigure = Pick<
  PublishedFigure,
  "quantity" | "values" | "unit" | "source" | "reading" | "uncertainty" | "flag"
>;

export interface Measurement {
  readonly experiment: string;
  readonly subject: string;
  readonly figure: PaperFigure;
  readonly simulated: number | readonly [number, number];
  readonly kind: BenchResult["kind"];
  /** Relative; MEASURED_TOLERANCE unless given. */
  readonly tolerance?: number;
  /** Relative. */
  readonly standardError?: number;
  readonly conditions?: string;
}

/** The result: is the figure within the tolerance, or on the side of it that the paper names? */
export function compare(measurement: Measurement): BenchResult {
  const { experiment, subject, figure, simulated, kind, standardError, conditions } = measurement;
  const tolerance = toleranceOf(measurement);
  return {
    experiment,
    subject,
    source: figure.source,
    quantity: figure.quantity,
    paper: asPrinted(figure.values),
    simulated,
    unit: figure.unit,
    tolerance,
    ...(standardError === undefined ? {} : { standardError }),
    kind,
    ok: agrees(figure, simulated, tolerance),
    ...conditionsOf(figure, simulated, conditions),
    ...(figure.flag === undefined ? {} : { flag: figure.flag }),
  };
}

function toleranceOf({ kind, figure, tolerance, standardError }: Measurement): number {
  if (kind === "input") return 0;
  const size = Math.max(...figure.values.map(Math.abs));
  const stated = figure.uncertainty === undefined || size === 0 ? 0 : figure.uncertainty / size;
  return Math.max(tolerance ?? MEASURED_TOLERANCE, stated, standardError ?? 0);
}

function agrees(figure: PaperFigure, simulated: number | readonly number[], tolerance: number): boolean {
  const slack = Math.max(tolerance, ROUNDING);
  const isNear = (value: number, paper: number) => Math.abs(value - paper) <= slack * Math.abs(paper);
  const { values, reading } = figure;
  const [first = Number.NaN, second] = values;
  if (typeof simulated !== "number") return simulated.every((value, i) => isNear(value, values[i] ?? first));
  if (second !== undefined) {
    const [low, high] = [Math.min(first, second), Math.max(first, second)];
    return simulated >= low - slack * Math.abs(low) && simulated <= high + slack * Math.abs(high);
  }
  if (reading === "below") return simulated < first;
  if (reading === "at-most") return simulated <= first * (1 + slack);
  if (reading === "above") return simulated > first;
  return isNear(simulated, first);
}

const WORDS: Readonly<Partial<Record<PublishedFigure["reading"], string>>> = {
  about: "paper: about",
  below: "paper: below",
  "at-most": "paper: at most",
  above: "paper: above",
};

function conditionsOf(
  { reading, values }: PaperFigure,
  simulated: number | readonly number[],
  conditions: string | undefined,
): { conditions?: string } {
  const range =
    values.length < 2 ? undefined : typeof simulated === "number" ? "within the paper's range" : "both ends";
  const all = [conditions, WORDS[reading], range].filter((text) => text !== undefined && text !== "");
  return all.length === 0 ? {} : { conditions: all.join("; ") };
}

function asPrinted(values: readonly number[]): number | readonly [number, number] {
  const [first = Number.NaN, second] = values;
  return second === undefined ? first : [first, second];
}

/** Wavelength, bias and the like in words: "930 nm, 0 V, 1000 Hz". */
export function conditionWords(figure: PublishedFigure): string {
  const { wavelengthNm, biasV, gateV, frequencyHz, temperatureK, condition } = figure;
  const words: readonly (readonly [string, number | string | undefined, string])[] = [
    ["", condition, ""],
    ["", wavelengthNm, " nm"],
    ["", biasV, " V"],
    ["gate ", gateV, " V"],
    ["", frequencyHz, " Hz"],
    ["", temperatureK, " K"],
  ];
  return words
    .flatMap(([before, value, after]) => (value === undefined ? [] : [`${before}${value}${after}`]))
    .join(", ");
}
