import type { PixelSamples } from "./correct.ts";
import { evaluate, type Sums } from "./evaluate.ts";
import type { Start } from "./matched-filter.ts";
import type { ReferenceParameters } from "./parameters.ts";
import type { Tables } from "./tables.ts";

const STEPS_MIN = 2;
const STEPS_MAX = 6;
const SETTLED_SIGMA = 0.1;
const STEP_LIMIT_TEMPLATES = 2;
const USABLE_GATES_MIN = 4;
const DETERMINANT_SMALLEST = 1e-5;
const AMPLITUDE_LARGEST = 1e12;
const BACKGROUND_LARGEST = 1e10;

/** A fitted return. Position from the start of the window, variances of amplitude (e-^2) and position (ns^2). */
export interface Fit {
  readonly amplitudeE: number;
  readonly backgroundE: number;
  readonly positionNs: number;
  readonly amplitudeVariance: number;
  readonly positionVariance: number;
  /** Chi-square per degree of freedom. */
  readonly misfit: number;
}

interface Solution {
  readonly amplitudeStep: number;
  readonly backgroundStep: number;
  readonly momentStep: number;
  readonly amplitudeVariance: number;
  readonly momentVariance: number;
  readonly covariance: number;
  readonly chiSquare: number;
}

function solve(s: Sums): Solution | undefined {
  const c00 = s.one * s.gg - s.g * s.g;
  const c01 = s.g * s.fg - s.f * s.gg;
  const c02 = s.f * s.g - s.one * s.fg;
  const determinant = s.ff * c00 + s.f * c01 + s.fg * c02;
  if (!(determinant > DETERMINANT_SMALLEST * (s.ff * s.one * s.gg))) return undefined;
  const inverse = 1 / determinant;
  const c11 = s.ff * s.gg - s.fg * s.fg;
  const c12 = s.f * s.fg - s.ff * s.g;
  const c22 = s.ff * s.one - s.f * s.f;
  const a = (c00 * s.fr + c01 * s.r + c02 * s.gr) * inverse;
  const b = (c01 * s.fr + c11 * s.r + c12 * s.gr) * inverse;
  const m = (c02 * s.fr + c12 * s.r + c22 * s.gr) * inverse;
  return {
    amplitudeStep: a,
    backgroundStep: b,
    momentStep: m,
    amplitudeVariance: c00 * inverse,
    momentVariance: c22 * inverse,
    covariance: c02 * inverse,
    chiSquare: Math.max(s.rr - (a * s.fr + b * s.r + m * s.gr), 0),
  };
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** Fisher scoring from the matched filter's start; undefined when there is nothing to fit. */
export function fitPixel(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  start: Start,
): Fit | undefined {
  const usable = p.gates - pixel.saturatedGates;
  if (usable < USABLE_GATES_MIN) return undefined;
  const last = tables.spanNs;
  const limit = STEP_LIMIT_TEMPLATES * tables.templateStepNs;
  let { amplitudeE, backgroundE, positionNs } = start;
  for (let count = 1; ; count++) {
    const solution = solve(evaluate(p, tables.respond(positionNs), pixel, amplitudeE, backgroundE));
    if (solution === undefined) return undefined;
    amplitudeE = Math.fround(Math.min(amplitudeE + solution.amplitudeStep, AMPLITUDE_LARGEST));
    backgroundE = Math.fround(
      clamp(backgroundE + solution.backgroundStep, -BACKGROUND_LARGEST, BACKGROUND_LARGEST),
    );
    if (!(amplitudeE > 0)) return undefined;
    const step = clamp(solution.momentStep / amplitudeE, -limit, limit);
    positionNs = clamp(positionNs + step, 0, last);
    const variance = solution.momentVariance / (amplitudeE * amplitudeE);
    const settled = step * step <= SETTLED_SIGMA * SETTLED_SIGMA * variance;
    if (count < STEPS_MAX && !(count >= STEPS_MIN && settled)) continue;
    const inverseSquare = 1 / (amplitudeE * amplitudeE);
    const atEnd = positionNs <= 0 || positionNs >= last;
    return {
      amplitudeE,
      backgroundE,
      positionNs: atEnd ? positionNs : clamp(positionNs + solution.covariance * inverseSquare, 0, last),
      amplitudeVariance: solution.amplitudeVariance,
      positionVariance: variance * (1 + 3 * solution.amplitudeVariance * inverseSquare),
      misfit: solution.chiSquare / (usable - 3),
    };
  }
}
