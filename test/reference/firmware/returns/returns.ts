import { RETURN_FIRST, RETURN_STRONGEST } from "../../../../hw-profiles/interface/memory-map.ts";
import type { PixelSamples } from "../correct.ts";
import { noiseVariance } from "../evaluate.ts";
import type { ReferenceParameters } from "../parameters.ts";
import { type Fit, REACH_LARGEST } from "../scoring.ts";
import type { Tables } from "../tables.ts";
import { type Column, decompose, estimate, product, project, type Solved } from "./orthogonal.ts";

const STEPS = 8;
const SETTLED = 0.01;
const EQUAL_WEIGHT = 2.45;
const REACH_NS = 3;
const SCREEN = 0.5;
const CONTRAST_SMALLEST = 1e-9;
const STEP_LIMIT_NS = 12.5;
const PRIOR_ROWS = 3;

interface Return {
  readonly amplitudeE: number;
  readonly timeNs: number;
}

interface State {
  readonly backgroundE: number;
  readonly returns: readonly Return[];
}

interface Model {
  readonly solved: Solved;
  /** 1 / sigma of every gate. */
  readonly weights: readonly number[];
}

/** The pixel that is looked at. */
interface Context {
  readonly p: ReferenceParameters;
  readonly tables: Tables;
  readonly pixel: PixelSamples;
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

function makeReturn({ tables }: Context, amplitudeE: number, timeNs: number): Return {
  return { amplitudeE, timeNs: clamp(timeNs, 0, tables.spanNs) };
}

function build({ p, tables, pixel }: Context, { backgroundE, returns }: State): Model | undefined {
  const responses = returns.map(({ timeNs }) => tables.respond(timeNs));
  let total = 0;
  for (const { amplitudeE } of returns) total += amplitudeE;
  const means = pixel.electrons.map((_, k) =>
    returns.reduce((sum, { amplitudeE }, i) => sum + amplitudeE * responses[i]!.shares[k]!, backgroundE),
  );
  const weights = pixel.electrons.map((e, k) =>
    e === undefined ? 0 : 1 / Math.sqrt(Math.max(means[k]!, 0) + noiseVariance(p)),
  );
  const weighted = (values: readonly number[]): Column => values.map((value, k) => value * weights[k]!);
  const prior = (index: number, value: number): Column =>
    Array.from({ length: PRIOR_ROWS }, (_, i) => (i === index ? value : 0));
  const columns = [[0, 0, 0, ...weights]];
  returns.forEach((_, i) => {
    columns.push([...prior(i, EQUAL_WEIGHT / total), ...weighted(responses[i]!.shares)]);
    columns.push([0, 0, 0, ...weighted(responses[i]!.slopes)]);
  });
  const residual = weighted(pixel.electrons.map((e, k) => (e ?? 0) - means[k]!));
  const unequal = Array.from({ length: PRIOR_ROWS }, (_, i) =>
    i < returns.length ? EQUAL_WEIGHT * (1 / returns.length - returns[i]!.amplitudeE / total) : 0,
  );
  const solved = decompose(columns, [...unequal, ...residual]);
  return solved && { solved, weights };
}

/** Joint Fisher scoring. */
function fitJointly(c: Context, start: State): { state: State; model: Model } | undefined {
  let state = start;
  for (let step = 0; ; step++) {
    const model = build(c, state);
    if (model === undefined) return undefined;
    const { solved } = model;
    if (step === STEPS || solved.chiBefore - solved.chiAfter < SETTLED) return { state, model };
    const returns = state.returns.map(({ amplitudeE, timeNs }, i) => {
      const next = Math.max(amplitudeE + estimate(solved, 2 * i + 1).change, 0.25 * amplitudeE);
      const shift = clamp(estimate(solved, 2 * i + 2).change / next, -STEP_LIMIT_NS, STEP_LIMIT_NS);
      return makeReturn(c, next, timeNs + shift);
    });
    state = { backgroundE: state.backgroundE + estimate(solved, 0).change, returns };
  }
}

/** Amplitude, information and gain in chi-square of light that would come at all of `timesNs`. */
function assess({ tables }: Context, { solved, weights }: Model, timesNs: readonly number[]) {
  const responses = timesNs.map((timeNs) => tables.respond(timeNs).shares);
  const shapes = weights.map((weight, k) => responses.reduce((sum, shares) => sum + shares[k]!, 0) * weight);
  const candidate: Column = [0, 0, 0, ...shapes];
  const { rest, left, whole } = project(candidate, solved.basis);
  const match = product(rest, solved.residual);
  const amplitude = left > CONTRAST_SMALLEST * whole ? match / left : 0;
  return { amplitude, information: left, gain: amplitude > 0 ? amplitude * match : 0 };
}

/** What the light of a single return is spread by, beside its fit. */
export interface SpreadEstimate {
  readonly varianceNs2: number;
  /** 0: there is no estimate. */
  readonly sigmaNs2: number;
  readonly gain: number;
}

function assessSpread(c: Context, { amplitudeE, timeNs }: Return, model: Model): SpreadEstimate {
  const reach = Math.min(REACH_NS, REACH_LARGEST * c.p.responseTauNs);
  const { amplitude, information, gain } = assess(c, model, [timeNs - reach, timeNs + reach]);
  const scale = (2 * reach * reach) / amplitudeE;
  const sigmaNs2 = amplitude === 0 ? 0 : scale / Math.sqrt(information);
  return { varianceNs2: amplitude * scale, sigmaNs2, gain };
}

function split(c: Context, { backgroundE, returns }: State, spread: SpreadEstimate): State | undefined {
  if (!(spread.gain >= c.p.returnChi2) || spread.gain === 0) return undefined;
  const { amplitudeE, timeNs } = returns[0]!;
  const half = 0.5 * amplitudeE;
  const reach = Math.sqrt(spread.varianceNs2);
  return { backgroundE, returns: [timeNs - reach, timeNs + reach].map((time) => makeReturn(c, half, time)) };
}

function withCandidate(c: Context, state: State, model: Model, spread: SpreadEstimate): State | undefined {
  const halves = state.returns.length === 1 ? split(c, state, spread) : undefined;
  if (halves !== undefined) return halves;
  let highest = SCREEN * c.p.returnChi2;
  let best: Return | undefined;
  c.tables.templates.forEach((_, index) => {
    const timeNs = Math.min(index * c.tables.templateStepNs, c.tables.spanNs);
    const { amplitude, gain } = assess(c, model, [timeNs]);
    if (gain <= highest) return;
    highest = gain;
    best = makeReturn(c, amplitude, timeNs);
  });
  return best && { ...state, returns: [...state.returns, best] };
}

/** Returns in the order in which they are sent. */
function ordered(fits: readonly Fit[], order: number): Fit[] {
  const strongest = [...fits].sort((a, b) => b.amplitudeE - a.amplitudeE);
  if (order === RETURN_STRONGEST) return strongest;
  const sign = order === RETURN_FIRST ? 1 : -1;
  const [first] = [...fits].sort((a, b) => sign * (a.positionNs - b.positionNs));
  return [first!, ...strongest.filter((fit) => fit !== first)];
}

/** Returns of a pixel in their order, and how far the light of the single return is spread. */
export interface FoundReturns {
  readonly fits: readonly Fit[];
  readonly spread: SpreadEstimate;
}

/** All returns of a pixel, from the fit of one; see firmware/returns/returns.ts. */
export function findReturns(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  single: Fit,
): FoundReturns {
  const c = { p, tables, pixel };
  const usable = p.gates - pixel.saturatedGates;
  const first = makeReturn(c, single.amplitudeE, single.positionNs);
  let state: State = { backgroundE: single.backgroundE, returns: [first] };
  let model = build(c, state);
  if (model === undefined) return { fits: [single], spread: { varianceNs2: 0, sigmaNs2: 0, gain: 0 } };
  const spread = assessSpread(c, first, model);
  while (state.returns.length < p.returns && 2 * state.returns.length + 3 < usable) {
    const candidate = withCandidate(c, state, model, spread);
    const joint = candidate && fitJointly(c, candidate);
    if (!joint || !(joint.model.solved.chiBefore <= model.solved.chiAfter - p.returnChi2)) break;
    ({ model, state } = joint);
  }
  if (state.returns.length === 1) return { fits: [single], spread };
  return { fits: ordered(fitsOf(state, model, usable), p.returnOrder), spread };
}

function fitsOf({ backgroundE, returns }: State, { solved }: Model, usable: number): Fit[] {
  return returns.map(({ amplitudeE, timeNs }, i) => ({
    amplitudeE,
    backgroundE,
    positionNs: timeNs,
    amplitudeVariance: estimate(solved, 2 * i + 1).variance,
    positionVariance: estimate(solved, 2 * i + 2).variance / (amplitudeE * amplitudeE),
    misfit: solved.chiAfter / (usable - 2 * returns.length - 1),
  }));
}
