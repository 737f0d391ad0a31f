import { RANGE_M_PER_NS } from "../../hw-profiles/derive/constants.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import type { Prediction, Predictor } from "./predict.ts";

/** Share of pixels that must have a range. */
export const DETECTED_SHARE = 0.9;
/** Share of pixels that may have a saturated gate. */
export const SATURATED_SHARE = 0.01;
const [NEAREST_M, FARTHEST_M] = [0.1, 1000];
/** Steps of a coarse search per factor of ten, and halvings of the interval found. */
const STEPS_PER_DECADE = 24;
const HALVINGS = 30;
const WITHIN = 1 - 1e-9;

export type LimitName = "sigma" | "detection" | "window" | "ambiguity";

/** How far and how near a design tells ranges of one surface. All in m; undefined where no range will do. */
export interface RangeLimits {
  readonly reflectance: number;
  readonly ambientSun: number;
  /** Nearest range without saturated gates. */
  readonly unsaturatedM: number | undefined;
  /** Farthest range with a sigma below the limit, of pixels that need not be detected. */
  readonly sigmaM: number | undefined;
  /** Farthest range at which 90 % of the pixels have a return. */
  readonly detectionM: number | undefined;
  /** End of the range window. */
  readonly windowM: number;
  /** Half of what light goes in a pulse period. */
  readonly ambiguityM: number;
  /** The smallest of the four; undefined where sigma or detection fail everywhere. */
  readonly maximumM: number | undefined;
  readonly limitedBy: LimitName;
}

/**
 * @param sigmaLimitM largest standard deviation that will do.
 */
export function rangeLimits(
  profile: LidarProfile,
  predictor: Predictor,
  surface: { readonly reflectance: number; readonly ambientSun: number },
  sigmaLimitM: number,
): RangeLimits {
  const { emitter, readout } = profile;
  const at = (rangeM: number) => predictor.predict({ ...surface, rangeM });
  const windowM = RANGE_M_PER_NS * (readout.t0MaxNs - readout.timeOffsetNs);
  const ambiguityM = RANGE_M_PER_NS * (1e9 / emitter.repetitionHz);
  const endM = Math.min(FARTHEST_M, windowM, ambiguityM);
  const candidates = {
    sigma: farthest(at, endM, ({ sigmaM }) => sigmaM <= sigmaLimitM),
    detection: farthest(at, endM, ({ detectedShare }) => detectedShare >= DETECTED_SHARE),
    window: windowM,
    ambiguity: ambiguityM,
  };
  const limitedBy = lowest(candidates);
  return {
    ...surface,
    unsaturatedM: nearest(at, endM, ({ saturatedShare }) => saturatedShare <= SATURATED_SHARE),
    sigmaM: candidates.sigma,
    detectionM: candidates.detection,
    windowM,
    ambiguityM,
    maximumM: candidates[limitedBy],
    limitedBy,
  };
}

function lowest(candidates: Readonly<Record<LimitName, number | undefined>>): LimitName {
  const names: readonly LimitName[] = ["window", "ambiguity", "sigma", "detection"];
  return names.reduce((best, name) => ((candidates[name] ?? 0) < (candidates[best] ?? 0) ? name : best));
}

type Test = (prediction: Prediction) => boolean;

/** Ranges at equal ratios, the last one a hair within the end. */
function scan(endM: number): number[] {
  const steps = Math.max(2, Math.ceil(Math.log10(endM / NEAREST_M) * STEPS_PER_DECADE));
  const ratio = (endM * WITHIN) / NEAREST_M;
  return Array.from({ length: steps + 1 }, (_, i) => NEAREST_M * ratio ** (i / steps));
}

/** The farthest range that passes. A near end that saturates may fail: the search comes from afar. */
function farthest(at: (rangeM: number) => Prediction, endM: number, test: Test): number | undefined {
  const ranges = scan(endM);
  const last = ranges.findLastIndex((rangeM) => test(at(rangeM)));
  if (last < 0) return undefined;
  const beyondM = ranges[last + 1];
  return beyondM === undefined ? endM : between(ranges[last]!, beyondM, (rangeM) => test(at(rangeM)));
}

/** The nearest range that passes. */
function nearest(at: (rangeM: number) => Prediction, endM: number, test: Test): number | undefined {
  const ranges = scan(endM);
  const first = ranges.findIndex((rangeM) => test(at(rangeM)));
  if (first < 0) return undefined;
  const beforeM = ranges[first - 1];
  return beforeM === undefined ? NEAREST_M : between(ranges[first]!, beforeM, (rangeM) => test(at(rangeM)));
}

/** The border between a range that passes and one that fails. */
function between(passingM: number, failingM: number, passes: (rangeM: number) => boolean): number {
  let [good, bad] = [passingM, failingM];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = Math.sqrt(good * bad);
    if (passes(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
