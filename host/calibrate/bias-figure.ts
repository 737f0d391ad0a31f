import { stackedSvg } from "../bench/report/stacked-svg.ts";
import type { TofCalibration } from "./tof-calibration.ts";

/** Mean error of the device's own ranges at a distance, with the calibration applied. */
export interface CheckedDistance {
  readonly distanceM: number;
  readonly biasM: number;
  readonly sigmaM: number;
}

const MM = 1000;
/** Points that are known worse than this say nothing on a plot of a few millimetres. */
const WORST_SIGMA_M = 0.004;

/** Bias against range before and after, as SVG: the device's own ranges as rings where it was asked. */
export function biasSvg(calibration: TofCalibration, checks: readonly CheckedDistance[]): string {
  const { captures, profile, residuals, serialNumber } = calibration;
  const told = residuals.filter(({ sigmaM }) => sigmaM < WORST_SIGMA_M);
  const x = { label: "range", unit: "m", scale: "linear" } as const;
  const y = { label: "bias", unit: "mm", scale: "linear" } as const;
  const rangesM = told.map(({ rangeM }) => rangeM);
  const distancesM = captures.map(({ distanceM }) => distanceM);
  const before = {
    title: `Range of ${profile} ${serialNumber} before calibration`,
    x,
    y,
    series: [
      line(
        "fit with the profile's response",
        0,
        rangesM,
        told.map(({ beforeM }) => MM * beforeM),
      ),
      points(
        "the device's own ranges",
        1,
        distancesM,
        captures.map(({ biasM }) => MM * biasM),
      ),
    ],
  };
  const checked = points(
    "the device's own ranges, calibration applied",
    1,
    checks.map(({ distanceM }) => distanceM),
    checks.map(({ biasM }) => MM * biasM),
  );
  const after = {
    title: "Residual bias after calibration",
    x,
    y,
    series: [
      line(
        "fit with the calibrated response",
        0,
        rangesM,
        told.map(({ afterM }) => MM * afterM),
      ),
      ...(checks.length > 0 ? [checked] : []),
    ],
  };
  return stackedSvg("Bias of the range before and after calibration", [before, after], 260);
}

function line(label: string, colour: number, x: readonly number[], y: readonly number[]) {
  return { label, colour, x, y, from: "simulated" } as const;
}

function points(label: string, colour: number, x: readonly number[], y: readonly number[]) {
  return { ...line(label, colour, x, y), marks: "points" } as const;
}
