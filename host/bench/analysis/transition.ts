import { AnalysisError } from "./analysis-error.ts";
import { linearFit } from "./linear-fit.ts";
import { mean } from "./sampling.ts";

/** Half width of the window of a local fit, as a share of the transition's rough duration, and in samples at least. */
const WINDOW_SHARE = 0.08;
const MIN_HALF_WINDOW = 4;
/** Share of the waveform's end that counts as its resting level. */
const REST_SHARE = 0.1;
/** Largest change of level over the last two such shares, relative to the pulse, that still counts as rest. */
const REST_DRIFT = 0.02;

export interface Transition {
  /** Between the two levels, s. */
  readonly timeS: number;
  /** Level before (rise) or after (fall), and at the top. */
  readonly restA: number;
  readonly topA: number;
}

/**
 * 90-10 % fall time after a pulse that ends at `pulseEndS`. The top is the level at the end of the pulse, extrapolated
 * from a parabola through what follows: the largest sample of a noisy waveform would be too high.
 * @param samples one period from the rising edge on, at rest at its end.
 */
export function fallTime(samples: Float64Array, sampleRateHz: number, pulseEndS: number): Transition {
  const endIndex = pulseEndS * sampleRateHz;
  const after = upright(samples.subarray(Math.ceil(endIndex)), samples);
  const top = topAfter(after.values, Math.ceil(endIndex) - endIndex);
  requireRest(after.values, top);
  return {
    timeS: duration(after.values, top, "fall") / sampleRateHz,
    restA: after.rest,
    topA: after.sign * top + after.rest,
  };
}

/**
 * 10-90 % rise time from the rising edge to the plateau at the end of a long pulse.
 * @param samples from the rising edge to the end of the pulse. @param darkA level before the edge.
 */
export function riseTime(samples: Float64Array, sampleRateHz: number, darkA = 0): Transition {
  const plateau = mean(samples.subarray(Math.floor(samples.length * (1 - REST_SHARE)))) - darkA;
  const sign = Math.sign(plateau) || 1;
  const values = samples.map((value) => sign * (value - darkA));
  return {
    timeS: duration(values, sign * plateau, "rise") / sampleRateHz,
    restA: darkA,
    topA: plateau + darkA,
  };
}

interface Upright {
  /** Rest subtracted, positive while lit. */
  readonly values: Float64Array;
  readonly rest: number;
  readonly sign: number;
}

function upright(part: Float64Array, whole: Float64Array): Upright {
  const rest = mean(whole.subarray(Math.floor(whole.length * (1 - REST_SHARE))));
  const head = part.subarray(0, Math.max(1, Math.floor(part.length * 0.02)));
  const sign = Math.sign(mean(head) - rest) || 1;
  return { values: part.map((value) => sign * (value - rest)), rest, sign };
}

function requireRest(values: Float64Array, top: number): void {
  const part = Math.max(1, Math.floor(values.length * REST_SHARE));
  const before = mean(values.subarray(values.length - 2 * part, values.length - part));
  if (Math.abs(before) > REST_DRIFT * top)
    throw new AnalysisError(
      "found a waveform that has not come to rest, expected a longer period for its fall from 90 to 10 %",
    );
}

/** Value `before` samples ahead of the first one, from a parabola down to about 60 % of the top. */
function topAfter(values: Float64Array, before: number): number {
  const rough = mean(values.subarray(0, MIN_HALF_WINDOW));
  const end = Math.max(2 * MIN_HALF_WINDOW, firstBelow(values, 0.6 * rough));
  const x = Array.from({ length: end }, (_, i) => i + before);
  const fit = linearFit([x.map(() => 1), x, x.map((v) => v * v)], values.subarray(0, end));
  return fit.parameters[0]!;
}

/** Samples between the crossings of 10 and 90 % of `top`. */
function duration(values: Float64Array, top: number, edge: "rise" | "fall"): number {
  const order = edge === "fall" ? values : values.slice().reverse();
  const roughStart = firstBelow(order, 0.9 * top);
  const roughEnd = firstBelow(order, 0.1 * top);
  if (roughEnd >= order.length || roughEnd <= roughStart)
    throw new AnalysisError(
      `found no ${edge} from 90 to 10 % in the waveform, expected a longer period or more light`,
    );
  const half = Math.max(MIN_HALF_WINDOW, Math.round(WINDOW_SHARE * (roughEnd - roughStart)));
  return crossing(order, 0.1 * top, roughEnd, half) - crossing(order, 0.9 * top, roughStart, half);
}

/** First index from which a running mean of a few samples lies below the level. */
function firstBelow(values: Float64Array, level: number): number {
  for (let i = 0; i < values.length; i++) {
    if (values[i]! >= level) continue;
    const ahead = values.subarray(i, i + 2 * MIN_HALF_WINDOW);
    if (mean(ahead) < level) return i;
  }
  return values.length;
}

/** Where a parabola through the samples around `near` crosses the level. */
function crossing(values: Float64Array, level: number, near: number, half: number): number {
  const from = Math.max(0, near - half);
  const part = values.subarray(from, near + half + 1);
  const x = Array.from({ length: part.length }, (_, i) => from + i - near);
  const [a = 0, b = 0, c = 0] = linearFit([x.map(() => 1), x, x.map((v) => v * v)], part).parameters;
  // Newton from the middle: the window is short, so two or three steps settle it.
  let t = 0;
  for (let i = 0; i < 8; i++) t -= (a + b * t + c * t * t - level) / (b + 2 * c * t);
  if (!(Math.abs(t) <= 2 * half))
    throw new AnalysisError("found a waveform too noisy to place its crossings, expected more averages");
  return near + t;
}
