import { type Bin, binCapture } from "./bins.ts";
import type { ScalarName } from "./fit-parameters.ts";
import { fitResponse, type GlobalFit } from "./global-fit.ts";
import { pixelResiduals } from "./pixel-residuals.ts";
import { type PixelTimes, pixelTimes, timeMapNs } from "./pixel-times.ts";
import { type RangeBias, rangeBias } from "./range-bias.ts";
import type { GateSchedule, ResponseParameters } from "./response-model.ts";
import type { CodeScale, TargetCapture } from "./target-capture.ts";

/** What is fixed while captures are fitted. */
export interface FitSetup {
  readonly width: number;
  readonly height: number;
  readonly scale: CodeScale;
  readonly schedule: GateSchedule;
  /** What the profile says. */
  readonly profiled: ResponseParameters;
}

export interface CaptureFit {
  readonly fit: GlobalFit;
  /** Chi-square that a slow tail gained over the profile's; it is part of the result from TAIL_CHI2 on. */
  readonly tailChiSquare: number;
  readonly times: PixelTimes;
  readonly before: readonly RangeBias[];
  readonly after: readonly RangeBias[];
}

/** Five standard deviations of one parameter. */
const TAIL_CHI2 = 25;
const TAIL_START = 0.03;
/** The pixels' times and the common response are found in turn. */
const ROUNDS = 3;

/** The whole calibration from captures: the response that all pixels share, and the times of their own. */
export function fitCaptures(captures: readonly TargetCapture[], setup: FitSetup): CaptureFit {
  const { height, profiled, scale, schedule, width } = setup;
  let map: Float64Array = new Float64Array(width * height);
  const bin = () => captures.flatMap((capture, i) => binCapture(capture, i, scale, map));
  const before = rangeBias(bin(), schedule, profiled);
  let found = fitTail(bin(), setup, undefined);
  let times = timesOf(captures, setup, found.fit);
  for (let round = 1; round < ROUNDS && isAnyUsed(times); round++) {
    map = timeMapNs(times);
    found = fitTail(bin(), setup, found.fit);
    times = timesOf(captures, setup, found.fit);
  }
  map = timeMapNs(times);
  const after = rangeBias(bin(), schedule, found.fit.parameters);
  return { ...found, times, before, after };
}

function isAnyUsed({ tests }: PixelTimes): boolean {
  return tests.rows.isUsed || tests.columns.isUsed || tests.pixels.isUsed;
}

function timesOf(captures: readonly TargetCapture[], setup: FitSetup, { parameters }: GlobalFit): PixelTimes {
  const residuals = pixelResiduals(captures, setup.scale, setup.schedule, parameters);
  return pixelTimes(residuals, setup.width, setup.height);
}

/** With and without a slow tail: it stays out unless the data ask for it, since it looks much like a longer response. */
function fitTail(
  bins: readonly Bin[],
  { profiled, schedule }: FitSetup,
  known: GlobalFit | undefined,
): { fit: GlobalFit; tailChiSquare: number } {
  const width: readonly ScalarName[] = schedule.gating === "film-bias" ? ["gateWidthNs"] : [];
  const plain: readonly ScalarName[] = ["tauNs", "pulseWidthNs", "timeOffsetNs", ...width];
  const tailed: readonly ScalarName[] = [...plain, "tailFraction", "tailTauNs"];
  const start = known?.parameters ?? profiled;
  const { tailFraction, tailTauNs } = profiled;
  const without = fitResponse(bins, schedule, profiled, plain, { ...start, tailFraction, tailTauNs });
  const isKnown = known?.free.includes("tailFraction") === true;
  const seeded = isKnown ? start : bestTail(bins, schedule, profiled, without.parameters, plain);
  const withTail = fitResponse(bins, schedule, profiled, tailed, seeded);
  const tailChiSquare = without.chiSquare - withTail.chiSquare;
  return { fit: tailChiSquare > TAIL_CHI2 ? withTail : without, tailChiSquare };
}

/** Time constants to try, in multiples of the profile's. */
const TAIL_SCALES = [0.1, 0.16, 0.25, 0.4, 0.63, 1, 1.6];

/**
 * The likeliest of tails with a fixed time constant. Share and time constant of a tail lie along a curved valley that steps
 * from elsewhere follow too slowly; at a fixed time constant the share is found at once.
 */
function bestTail(
  bins: readonly Bin[],
  schedule: GateSchedule,
  profiled: ResponseParameters,
  plain: ResponseParameters,
  free: readonly ScalarName[],
): ResponseParameters {
  let best: GlobalFit | undefined;
  let from = { ...plain, tailFraction: Math.max(TAIL_START, plain.tailFraction) };
  for (const scale of TAIL_SCALES) {
    from = { ...from, tailTauNs: scale * profiled.tailTauNs };
    const fit = fitResponse(bins, schedule, profiled, [...free, "tailFraction"], from);
    if (best === undefined || fit.chiSquare < best.chiSquare) best = fit;
    from = fit.parameters;
  }
  return best!.parameters;
}
