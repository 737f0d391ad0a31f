import type { PatternTest } from "./pixel-times.ts";
import type { ResponseParameters } from "./response-model.ts";

export const CALIBRATION_FORMAT = "cqd-tof-calibration";
export const CALIBRATION_VERSION = 1;

/** A value with its standard deviation; sigma is null where the value was not fitted. */
export interface FittedValue<Unit = "ns" | "1"> {
  readonly value: number;
  readonly sigma: number | null;
  readonly unit: Unit;
}

export type ScalarKey = Exclude<keyof ResponseParameters, "gateDelaysNs">;

/** The content of a calibration file. It holds no date: the same captures give the same bytes. */
export interface TofCalibration {
  readonly format: typeof CALIBRATION_FORMAT;
  readonly version: typeof CALIBRATION_VERSION;
  readonly profile: string;
  readonly serialNumber: string;
  /** Of the chip during the captures. */
  readonly temperatureC: number;
  readonly parameters: Readonly<Record<ScalarKey, FittedValue>>;
  /** Of the mobility, from calibrations at two temperatures; null: the time constant is taken as fixed. */
  readonly activation: FittedValue<"eV"> | null;
  /** Correction of commanded delays: points of the delay axis, linear between them, held beyond. */
  readonly gateDelays: {
    readonly startNs: number;
    readonly stepNs: number;
    readonly correctionsNs: readonly number[];
    readonly sigmasNs: readonly number[];
  };
  /** The pixels' own times as rows + columns + pixels; a part that does not pay is null. */
  readonly pixelTimes: {
    readonly width: number;
    readonly height: number;
    readonly rowsNs: readonly number[] | null;
    readonly columnsNs: readonly number[] | null;
    /** i16 little endian, base64; `scaleNs` a LSB. */
    readonly pixels: string | null;
    readonly scaleNs: number;
    readonly tests: Readonly<Record<"rows" | "columns" | "pixels", PatternTest>>;
  };
  readonly fit: {
    readonly chiSquarePerDegree: number;
    readonly degreesOfFreedom: number;
    readonly tailChiSquare: number;
    /** Of pairs of free parameters, those above 0.5 in magnitude, strongest first. */
    readonly correlations: readonly { readonly pair: readonly [string, string]; readonly r: number }[];
  };
  readonly captures: readonly {
    readonly distanceM: number;
    readonly frames: number;
    readonly pulsesPerGate: number;
    readonly usablePixels: number;
    /** The device's own ranges before the calibration: mean error and its standard error. */
    readonly biasM: number;
    readonly biasSigmaM: number;
  }[];
  /** What a fit with the profile's response and with the calibrated one is wrong by along the range, from the captures. */
  readonly residuals: readonly {
    readonly rangeM: number;
    readonly beforeM: number;
    readonly afterM: number;
    readonly sigmaM: number;
  }[];
}
