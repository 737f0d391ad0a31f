import { join } from "node:path";
import { loadImagingProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { analyseEmva, type EmvaResult } from "../../reference/emva/analyse.ts";
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
  readonly pixels: number;
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
  return {
    descriptor,
    result: analyseEmva(data),
    exposureNs,
    photons: Number(summary["photonsPerS"]) * exposureNs * 1e-9,
    temperatureC: Number(summary["temperatureC"]),
    pixels: data.descriptor.width * data.descriptor.height,
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
  /** Largest deviation that passes. */
  readonly limit: number;
}

type Figures = ExpectedFigures | EmvaResult;
const FIGURES: readonly (readonly [figure: string, limit: number, of: (figures: Figures) => number])[] = [
  ["K", 0.003, ({ gainDnPerE }) => gainDnPerE],
  ["QE", 0.003, ({ quantumEfficiency }) => quantumEfficiency],
  ["dark current", 0.003, ({ darkCurrentMeanEPerS }) => darkCurrentMeanEPerS],
  ["sigma_d", 0.006, ({ darkNoiseE }) => darkNoiseE],
  ["DSNU", 0.006, ({ dsnuE }) => dsnuE.total],
  ["PRNU", 0.006, ({ prnuPercent }) => prnuPercent.total],
];

/** @throws Error when the profile's chain is not linear. */
export function compare(profile: ImagingProfile, measurement: Measurement): Comparison[] {
  const wanted = expectedFigures(profile, measurement);
  return FIGURES.map(([figure, limit, of]) => {
    const measured = of(measurement.result);
    const expected = of(wanted);
    return { figure, measured, expected, deviation: measured / expected - 1, limit };
  });
}
