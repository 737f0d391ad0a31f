import { join } from "node:path";
import { loadImagingProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { analyseEmva, type EmvaResult } from "../../reference/emva/analyse.ts";
import { type FigureErrors, figureErrors } from "../../reference/emva/errors.ts";
import { type ExpectedFigures, expectedFigures, NONLINEAR_EFFECTS } from "../../reference/emva/expected.ts";
import { readDataSet } from "../../reference/emva/read-data-set.ts";
import { cqd } from "../../support/cqd.ts";

/** A set of a megapixel takes minutes. */
const TIMEOUT_MS = 1_800_000;

export interface CaptureRequest {
  /** Name of an imaging profile. */
  readonly sensor: string;
  /** All effects of the profile, or those alone that keep its chain linear. */
  readonly chain: "linear" | "whole";
  readonly seed: number;
  readonly points: number;
  readonly stack: number;
  readonly folder: string;
}

export interface Measurement {
  readonly descriptor: string;
  readonly result: EmvaResult;
  readonly exposureNs: number;
  readonly photons: number;
  readonly temperatureC: number;
  readonly errors: FigureErrors;
}

/** Capture a data set with `cqd capture` and analyse it. */
export async function measure(request: CaptureRequest): Promise<Measurement> {
  const { chain, folder, points, seed, sensor, stack } = request;
  const size = ["--points", `${points}`, "--stack", `${stack}`];
  // Without lag nothing has to settle.
  const effects = chain === "linear" ? ["--settle", "0", `--effects=${switchedOff().join(",")}`] : [];
  const device = ["--device", `sim:${sensor}`, "--seed", `${seed}`, ...effects];
  const summary = await capture([
    "capture",
    ...device,
    "--out",
    folder,
    "--format",
    "emva",
    ...size,
    "--json",
  ]);
  const descriptor = String(summary["descriptor"]);
  const data = readDataSet(join(folder, "EMVA1288descriptor.txt"));
  const exposureNs = Number(summary["spatialExposureNs"]);
  const { height, width } = data.descriptor;
  const { rampNoise } = loadImagingProfile(sensor).effects;
  const result = analyseEmva(data);
  return {
    descriptor,
    result,
    exposureNs,
    photons: Number(summary["photonsPerS"]) * exposureNs * 1e-9,
    temperatureC: Number(summary["temperatureC"]),
    errors: figureErrors(data, result, { width, height, rowNoiseDn: rampNoise.on ? rampNoise.rmsDn : 0 }),
  };
}

async function capture(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stderr, stdout } = await cqd(args, TIMEOUT_MS);
  if (code !== 0 || stdout === "") throw new Error(`cqd ${args.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

function switchedOff(): string[] {
  return [...NONLINEAR_EFFECTS.keys()].map((name) => `-${name}`);
}

/** The profile as `measure` sees it with a linear chain. */
export function linearProfile(sensor: string): ImagingProfile {
  const profile = loadImagingProfile(sensor);
  const off = [...NONLINEAR_EFFECTS.keys()].map((name) => [name, { ...profile.effects[name], on: false }]);
  return { ...profile, effects: { ...profile.effects, ...Object.fromEntries(off) } };
}

/** One figure, and how far the measurement lies from the profile. */
export interface Comparison {
  readonly figure: string;
  readonly measured: number;
  readonly expected: number;
  /** measured / expected - 1. */
  readonly deviation: number;
  /** Standard error that the sample's size leaves, relative. */
  readonly error: number;
  /** Largest deviation that passes. */
  readonly limit: number;
}

type Figures = ExpectedFigures | EmvaResult;
interface Figure {
  readonly name: string;
  readonly limit: number;
  readonly error: keyof FigureErrors;
  readonly of: (figures: Figures) => number;
}
const FIGURES: readonly Figure[] = [
  { name: "K", limit: 0.003, error: "gain", of: ({ gainDnPerE }) => gainDnPerE },
  { name: "QE", limit: 0.003, error: "quantumEfficiency", of: ({ quantumEfficiency }) => quantumEfficiency },
  {
    name: "dark current",
    limit: 0.003,
    error: "darkCurrentMean",
    of: ({ darkCurrentMeanEPerS }) => darkCurrentMeanEPerS,
  },
  { name: "sigma_d", limit: 0.006, error: "darkNoise", of: ({ darkNoiseE }) => darkNoiseE },
  { name: "DSNU", limit: 0.006, error: "dsnu", of: ({ dsnuE }) => dsnuE.total },
  { name: "PRNU", limit: 0.006, error: "prnu", of: ({ prnuPercent }) => prnuPercent.total },
];

/** @throws Error when the profile's chain is not linear. */
export function compare(profile: ImagingProfile, measurement: Measurement): Comparison[] {
  const wanted = expectedFigures(profile, measurement);
  return FIGURES.map(({ error, limit, name, of }) => {
    const measured = of(measurement.result);
    const expected = of(wanted);
    const deviation = measured / expected - 1;
    return { figure: name, measured, expected, deviation, error: measurement.errors[error], limit };
  });
}

/** Standard errors by which a figure may lie off. */
const SPREAD_ERRORS = 4;
/** A limit of fewer standard errors says that the sample is too small for it. */
const LIMIT_ERRORS = 3;

export function isSampleEnough({ error, limit }: Comparison): boolean {
  return limit >= LIMIT_ERRORS * error;
}

/** Within the limit, and no further off than the sample's size explains. */
export function isWithin({ deviation, error, limit }: Comparison): boolean {
  return Math.abs(deviation) < Math.min(limit, SPREAD_ERRORS * error);
}
