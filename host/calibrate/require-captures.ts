import { CalibrationError } from "./calibration-error.ts";
import type { TargetCapture } from "./target-capture.ts";

/** Distances of a calibration: fewer leave response and gates open. */
const LEAST_DISTANCES = 3;
const LEAST_SPAN_M = 2;
/** Chips that warm up in between have two responses. */
const WARMED_C = 5;

/** @throws CalibrationError for distances from which a response cannot be told. */
export function requireDistances(distancesM: readonly number[]): void {
  const different = new Set(distancesM);
  if (different.size < LEAST_DISTANCES)
    throw new CalibrationError(
      `distances: found ${different.size} different ones, expected at least ${LEAST_DISTANCES}, better 8; add some`,
    );
  const spanM = Math.max(...distancesM) - Math.min(...distancesM);
  if (spanM < LEAST_SPAN_M)
    throw new CalibrationError(
      `distances: found ${spanM.toFixed(2)} m from the nearest to the farthest, expected at least ${LEAST_SPAN_M} m; spread ` +
        "them over the range that matters",
    );
}

/** @throws CalibrationError for captures that do not belong together. */
export function requireCaptures(captures: readonly TargetCapture[]): void {
  requireDistances(captures.map(({ distanceM }) => distanceM));
  const temperatures = captures.map(({ temperatureC }) => temperatureC);
  const spread = Math.max(...temperatures) - Math.min(...temperatures);
  if (spread <= WARMED_C) return;
  throw new CalibrationError(
    `temperature: found ${spread.toFixed(1)} K between captures, expected at most ${WARMED_C} K; let the chip warm up first`,
  );
}
