import { evaluateClipped, signalGates, startClipped } from "./clipped.ts";
import type { PixelSamples } from "./correct.ts";
import { evaluate, type Sums } from "./evaluate.ts";
import type { Start } from "./matched-filter.ts";
import type { ReferenceParameters } from "./parameters.ts";
import type { GateShares } from "./response.ts";
import type { Tables } from "./tables.ts";

const STEPS_MIN = 2;
const STEPS_MAX = 6;
const STEPS_CLIPPED = 20;
const SETTLED_SIGMA = 0.1;
const STEP_LIMIT_TEMPLATES = 2;
const USABLE_GATES_MIN = 4;
export const DETERMINANT_SMALLEST = 1e-5;
const DETERMINANT_CLIPPED = 4e-3;
const SIGNAL_GATES_MIN = 3;
const AMPLITUDE_LARGEST = 1e12;
const BACKGROUND_LARGEST = 1e10;
const BENT = 0.004;
export const REACH_LARGEST = 4;
const fround = Math.fround;

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

function solve(s: Sums, smallest: number): Solution | undefined {
  const c00 = s.one * s.gg - s.g * s.g;
  const c01 = s.g * s.fg - s.f * s.gg;
  const c02 = s.f * s.g - s.one * s.fg;
  const determinant = s.ff * c00 + s.f * c01 + s.fg * c02;
  if (!(determinant > smallest * (s.ff * s.one * s.gg))) return undefined;
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

/** A fit in progress: estimates, and the variances at the point that its last step started from. */
interface State extends Start {
  readonly stepNs: number;
  readonly positionVariance: number;
  readonly solution: Solution;
}

/** One step on a response; undefined when the model cannot hold. */
function scoringStep(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  from: Start,
  response: GateShares,
): State | undefined {
  const clipped = pixel.saturatedGates > 0;
  const solution = clipped
    ? solve(evaluateClipped(p, response, pixel, from), DETERMINANT_CLIPPED)
    : solve(evaluate(p, response, pixel, from.amplitudeE, from.backgroundE), DETERMINANT_SMALLEST);
  if (solution === undefined) return undefined;
  const amplitudeE = Math.fround(Math.min(from.amplitudeE + solution.amplitudeStep, AMPLITUDE_LARGEST));
  const backgroundE = Math.fround(
    clamp(from.backgroundE + solution.backgroundStep, -BACKGROUND_LARGEST, BACKGROUND_LARGEST),
  );
  if (!(amplitudeE > 0)) return undefined;
  const limit = STEP_LIMIT_TEMPLATES * tables.templateStepNs;
  const stepNs = clamp(solution.momentStep / amplitudeE, -limit, limit);
  const positionNs = clamp(from.positionNs + stepNs, 0, tables.spanNs);
  const positionVariance = solution.momentVariance / (amplitudeE * amplitudeE);
  return { amplitudeE, backgroundE, positionNs, stepNs, positionVariance, solution };
}

/** The response whose mean over errors of +-reach is the true one, with slopes over 2 reach. */
function straightened(tables: Tables, positionNs: number, reach: number): GateShares {
  const before = tables.respond(positionNs - reach).shares;
  const after = tables.respond(positionNs + reach).shares;
  const perNs = fround(0.5 / reach);
  return {
    shares: tables
      .respond(positionNs)
      .shares.map((share, k) => fround(2 * share - fround(fround(before[k]! + after[k]!) * 0.5))),
    slopes: before.map((share, k) => fround(fround(after[k]! - share) * perNs)),
  };
}

/** The estimate with what its error of second order asks for. */
function correctSecondOrder(state: State, tables: Tables, usable: number): Fit {
  const { amplitudeE, backgroundE, positionNs, positionVariance, solution } = state;
  const inverseSquare = 1 / (amplitudeE * amplitudeE);
  const atEnd = positionNs <= 0 || positionNs >= tables.spanNs;
  const moved = clamp(positionNs + solution.covariance * inverseSquare, 0, tables.spanNs);
  return {
    amplitudeE,
    backgroundE,
    positionNs: atEnd ? positionNs : moved,
    amplitudeVariance: solution.amplitudeVariance,
    positionVariance: positionVariance * (1 + 3 * solution.amplitudeVariance * inverseSquare),
    misfit: solution.chiSquare / (usable - 3),
  };
}

const isShort = (step: number, variance: number): boolean =>
  step * step <= SETTLED_SIGMA * SETTLED_SIGMA * variance;

/** Steps until they are short; undefined when the model cannot hold or a fit with clipped gates does not come to rest. */
function settle(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  start: Start,
): State | undefined {
  const clipped = pixel.saturatedGates > 0;
  let from = start;
  for (let count = 1; ; count++) {
    const response = tables.respond(from.positionNs);
    const state = scoringStep(p, tables, pixel, from, response);
    if (state === undefined) return undefined;
    const { amplitudeStep, amplitudeVariance } = state.solution;
    const atRest = !clipped || isShort(amplitudeStep, amplitudeVariance);
    if (count >= STEPS_MIN && isShort(state.stepNs, state.positionVariance) && atRest) {
      const told = !clipped || signalGates(p, pixel, response, from) >= SIGNAL_GATES_MIN;
      return told ? state : undefined;
    }
    if (count === (clipped ? STEPS_CLIPPED : STEPS_MAX)) return clipped ? undefined : state;
    from = state;
  }
}

/** Fisher scoring from the matched filter's start; undefined when there is nothing to fit. */
export function fitPixel(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  start: Start,
): Fit | undefined {
  const usable = p.gates - pixel.saturatedGates;
  if (usable < USABLE_GATES_MIN) return undefined;
  const clipped = pixel.saturatedGates > 0;
  let state = settle(p, tables, pixel, clipped ? startClipped(p, tables, pixel) : start);
  if (state !== undefined && state.positionVariance > BENT * p.responseTauNs) {
    const reach = Math.min(Math.sqrt(state.positionVariance), REACH_LARGEST * p.responseTauNs);
    state = scoringStep(p, tables, pixel, state, straightened(tables, state.positionNs, reach));
  }
  return state && correctSecondOrder(state, tables, usable);
}
