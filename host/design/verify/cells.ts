import type { Prediction } from "../predict.ts";

/** What the simulated sensor said about one point. */
export interface Measurement {
  /** Pixels that are not listed as bad, over all frames. */
  readonly pixels: number;
  /** Of these, with a range. */
  readonly detected: number;
  readonly saturated: number;
  /** Standard deviation of the range of detected pixels about their mean; NaN for none. */
  readonly sigmaM: number;
  /** Mean range less the true one; NaN for none. */
  readonly biasM: number;
}

/** Prediction and measurement side by side. */
export interface VerifiedCell {
  readonly label: string;
  readonly prediction: Prediction;
  readonly measurement: Measurement;
  /** Measured over predicted sigma; NaN where nothing was detected. */
  readonly ratio: number;
  /** Relative standard error of the ratio from the number of samples: 1 / sqrt(2 n). */
  readonly standardError: number;
  /** What was compared: sigma where it can be attained, else what decides there; nothing outside of the range window. */
  readonly judged: "sigma" | "detection" | "saturation" | "nothing";
  readonly ok: boolean;
}

/** Relative error of sigma that a prediction may have. */
export const SIGMA_TOLERANCE = 0.05;
/** Absolute error of a share of pixels that a prediction may have. */
export const SHARE_TOLERANCE = 0.05;
/** Shares are compared beyond this many standard errors only. */
const ERRORS = 4;

/** How a cell is judged: by sigma where the bound can be attained, by the shares of pixels elsewhere. */
export function judge(label: string, prediction: Prediction, measurement: Measurement): VerifiedCell {
  const { detected, pixels } = measurement;
  const ratio = measurement.sigmaM / prediction.sigmaM;
  const standardError = detected > 0 ? 1 / Math.sqrt(2 * detected) : Infinity;
  const cell = { label, prediction, measurement, ratio, standardError };
  const share = (predicted: number, found: number) => {
    const error = Math.sqrt((predicted * (1 - predicted)) / Math.max(1, pixels));
    return Math.abs(found / Math.max(1, pixels) - predicted) <= SHARE_TOLERANCE + ERRORS * error;
  };
  switch (prediction.regime) {
    case "attainable":
    case "clipped":
      return { ...cell, judged: "sigma", ok: Math.abs(ratio - 1) <= SIGMA_TOLERANCE };
    case "blind":
      return { ...cell, judged: "saturation", ok: share(prediction.saturatedShare, measurement.saturated) };
    case "outside":
      return { ...cell, judged: "nothing", ok: true };
    default:
      return { ...cell, judged: "detection", ok: share(prediction.detectedShare, detected) };
  }
}
