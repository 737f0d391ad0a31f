// A flat-field session under a lamp that ages: its drift against the law, and what is left when reference pixels correct it.

import { halfLifeMin, lightLeft } from "../../../hw-profiles/derive/led-ageing.ts";
import type { LedProfile } from "../../../hw-profiles/device-profile.ts";
import { ApplicationError } from "../application-error.ts";
import type { LampSample, LampSession, SessionSetting } from "./lamp-session.ts";
import { fitLevel, type LevelFit, nullExposure } from "./level-fit.ts";

/** How the session's time runs. */
export interface SessionClock {
  /** Minutes of the lamp's age a nanosecond of the camera's clock. */
  readonly minutesPerNs: number;
  /** Comes back when the lamp has burnt so many minutes since the first point. */
  waitUntil(minutes: number): Promise<void>;
}

/** Share of the signal that the film keeps at an exposure (film-losses.ts). */
export type LossOf = (exposureNs: number) => number;

export interface FlatFieldOptions {
  readonly led: LedProfile;
  readonly luminanceCdPerM2: number;
  /** Age of the lamp at the last point; it is new at the first. */
  readonly minutes: number;
  readonly points: number;
  /** Frames of a point, a multiple of 4. */
  readonly frames: number;
  readonly setting: SessionSetting;
  readonly clock: SessionClock;
  readonly lossOf: LossOf;
  readonly onPoint?: (done: number, total: number) => void;
  readonly isCancelled?: () => boolean;
}

export interface FlatFieldPoint {
  readonly minutes: number;
  readonly exposureNs: number;
  /** The flat field's level at a fixed exposure, 1 at the start by the law: what is left of the lamp. */
  readonly level: number;
  /** Of `level`, from the scatter of the frames. */
  readonly levelSigma: number;
  /** The same by the law. */
  readonly law: number;
  /** Field over reference pixels, relative to their mean of all points: 1 but for noise. */
  readonly corrected: number;
}

export interface FlatFieldResult {
  readonly points: readonly FlatFieldPoint[];
  /** Of the law. */
  readonly halfLifeMin: number;
  /** By a line through the logarithms of the levels. */
  readonly measuredHalfLifeMin: number;
  readonly measuredHalfLifeSigmaMin: number;
  /** level / law - 1 in units of its sigma: rms and largest. */
  readonly lawRmsSigma: number;
  readonly lawWorstSigma: number;
  /** rms of corrected - 1, and what the scatter of the frames lets expect. */
  readonly residual: number;
  readonly statisticalFloor: number;
}

/** Exposures of a point stand so far below and above the expected one, at least a row's time. */
const EXPOSURE_STEP = 0.02;
/** Frames before the first point: charge traps of the film fill up. */
const WARM_UP_FRAMES = 8;

/** A line has two; the third one tells whether it is one. */
const LEAST_POINTS = 3;

/** A session with a lamp that is on. @throws ApplicationError, CameraError. */
export async function runFlatField(
  session: LampSession,
  options: FlatFieldOptions,
): Promise<FlatFieldResult> {
  const { clock, led, luminanceCdPerM2, minutes, points, setting } = options;
  await session.apply(setting);
  await session.take(setting.exposureNs, WARM_UP_FRAMES);
  const taken: LampSample[][] = [];
  for (let k = 0; k < points && !options.isCancelled?.(); k++) {
    const dueMin = points > 1 ? (minutes * k) / (points - 1) : 0;
    await clock.waitUntil(dueMin);
    // The law steers the exposure so that codes stay near the target; what is measured does not depend on it.
    const exposureNs = setting.exposureNs / lightLeft(led, luminanceCdPerM2, dueMin);
    taken.push(await takePoint(session, exposureNs, options.frames));
    options.onPoint?.(k + 1, points);
  }
  if (taken.length >= LEAST_POINTS) return evaluate(taken, options);
  throw new ApplicationError(
    `found ${taken.length} points, expected at least ${LEAST_POINTS} before the session ends`,
  );
}

/** Low, high, high, low: a lamp that fades goes along with neither. */
async function takePoint(session: LampSession, exposureNs: number, frames: number): Promise<LampSample[]> {
  const stepNs = Math.max(exposureNs * EXPOSURE_STEP, session.rowTimeNs);
  const [low, high] = [exposureNs - stepNs, exposureNs + stepNs];
  const first = await session.take(low, frames / 4);
  const middle = await session.take(high, frames / 2);
  const last = await session.take(low, frames / 4);
  return [...first, ...middle, ...last];
}

/** Points of samples against the law. At least two points. */
export function evaluate(
  taken: readonly (readonly LampSample[])[],
  options: Pick<FlatFieldOptions, "clock" | "led" | "luminanceCdPerM2" | "lossOf" | "setting">,
): FlatFieldResult {
  const { clock, led, luminanceCdPerM2 } = options;
  const levels = taken.map((samples) => fitLevel(samples));
  const lamp = lampLevels(levels, options);
  const reference = correct(taken);
  const minutes = levels.map(({ meanTimeNs }) => (meanTimeNs - levels[0]!.meanTimeNs) * clock.minutesPerNs);
  const law = minutes.map((minute) => lightLeft(led, luminanceCdPerM2, minute));
  const weights = lamp.map(({ sigma }) => 1 / sigma ** 2);
  const offsets = lamp.map(({ log }, k) => log - Math.log(law[k]!));
  const start = sum(offsets, (offset, k) => offset * weights[k]!) / sum(weights, (weight) => weight);
  const points = lamp.map(({ exposureNs, log, sigma }, k) => {
    const level = Math.exp(log - start);
    const facts = { minutes: minutes[k]!, exposureNs, level, levelSigma: level * sigma };
    return { ...facts, law: law[k]!, corrected: reference.corrected[k]! };
  });
  const pulls = points.map((point) => Math.abs(point.level - point.law) / point.levelSigma);
  return {
    points,
    halfLifeMin: halfLifeMin(led, luminanceCdPerM2),
    ...halfLifeOf(points),
    lawRmsSigma: Math.sqrt(sum(pulls, (pull) => pull * pull) / (pulls.length - 1)),
    lawWorstSigma: Math.max(...pulls),
    residual: reference.residual,
    statisticalFloor: reference.floor,
  };
}

/** ln of the lamp's level by point, to a common constant: L E (1 - loss(E)) is the same at the same code. */
function lampLevels(
  fits: readonly LevelFit[],
  { lossOf, setting }: Pick<FlatFieldOptions, "lossOf" | "setting">,
): { readonly exposureNs: number; readonly log: number; readonly sigma: number }[] {
  const variance = sum(fits, ({ residual }) => residual) / sum(fits, ({ freedom }) => freedom);
  return fits.map((fit) => {
    const { logExposure, sigma } = nullExposure(fit, setting.targetDn, Math.sqrt(variance));
    const exposureNs = Math.exp(logExposure);
    return { exposureNs, log: -logExposure - Math.log1p(-lossOf(exposureNs)), sigma };
  });
}

/** Field over reference pixels by point, its scatter between points, and what the scatter within them lets expect. */
function correct(taken: readonly (readonly LampSample[])[]) {
  const ratios = taken.map((samples) => samples.map(({ fieldDn, referenceDn }) => fieldDn / referenceDn));
  const means = ratios.map((point) => sum(point, (ratio) => ratio) / point.length);
  const mean = sum(means, (value) => value) / means.length;
  const within = sum(ratios, (point) => point.length) - ratios.length;
  const squares = sum(ratios, (point, k) => sum(point, (ratio) => (ratio - means[k]!) ** 2));
  const frames = ratios[0]!.length;
  return {
    corrected: means.map((value) => value / mean),
    residual: Math.sqrt(sum(means, (value) => (value / mean - 1) ** 2) / Math.max(1, means.length - 1)),
    floor: Math.sqrt(squares / within / frames) / mean,
  };
}

/** Half-life and its standard error by a weighted line through ln(level). */
function halfLifeOf(points: readonly FlatFieldPoint[]) {
  const weights = points.map(({ level, levelSigma }) => (level / levelSigma) ** 2);
  const weight = sum(weights, (value) => value);
  const mean = (of: (point: FlatFieldPoint) => number): number =>
    sum(points, (point, k) => weights[k]! * of(point)) / weight;
  const meanT = mean(({ minutes }) => minutes);
  const tt = weight * mean(({ minutes }) => (minutes - meanT) ** 2);
  const slope = (weight * mean(({ level, minutes }) => (minutes - meanT) * Math.log(level))) / tt;
  const measured = -Math.LN2 / slope;
  return {
    measuredHalfLifeMin: measured,
    measuredHalfLifeSigmaMin: Math.abs(measured / slope) / Math.sqrt(tt),
  };
}

function sum<T>(items: readonly T[], of: (item: T, index: number) => number): number {
  return items.reduce((total, item, index) => total + of(item, index), 0);
}
