// Further returns of a pixel: after the fit of one return, a candidate is looked for in what the fit leaves, all returns
// are fitted together, and the candidate is believed when chi-square falls enough [physics.md 7].
// Close together, only sum, centre and spread of two returns are known, not how the light divides: the joint fit takes
// it to divide equally within EQUAL_WEIGHT, which the data of returns further apart outweigh.
import { RETURN_FIRST, RETURN_STRONGEST } from "../../hw-profiles/interface/memory-map.ts";
import { setup } from "../setup.ts";
import { UNUSABLE_E } from "../stages/correct.ts";
import { fit } from "../stages/fit.ts";
import { respond } from "../stages/response.ts";
import { REACH_LARGEST } from "../stages/scoring.ts";
import { spread } from "../stages/spread.ts";
import { parameters, returnParameters } from "../views.ts";
import {
  COLUMNS,
  change,
  chiAfter,
  chiBefore,
  clearColumns,
  column,
  decompose,
  estimate,
  PRIOR_BYTES,
  project,
  sweep,
  variance,
  WEIGHTS,
  weigh,
  whole,
} from "./columns.ts";

/** Steps of a joint fit at most, and the fall of chi-square below which it has settled. */
const STEPS: u32 = 8;
const SETTLED: f64 = 0.01;
/** All amplitudes over the sigma of one of them: a difference of two has 0.577 of their sum, as one at random. */
const EQUAL_WEIGHT: f64 = 2.45;
/** The second derivative of a response is its difference to those so far before and after it: two equal returns 0.9 m apart are met exactly. */
const REACH_NS: f64 = 3;
/** Share of the required gain below which a candidate is not fitted. */
const SCREEN: f64 = 0.5;
/** A candidate that differs less from the columns is rounding error. */
const CONTRAST_SMALLEST: f64 = 1e-9;
/** Longest step of a return time, ns. */
const STEP_LIMIT_NS: f64 = 12.5;

/** f64[7]: background, then amplitude and return time (ns from the start of the window) of every return. */
const state = memory.data(56);
const saved = memory.data(56);
const STATE_BYTES: usize = 56;
/** Returns in `state` that are believed. */
let found: u32 = 0;
/** Of the last assess(): amplitude of the candidate, its information, and gain in chi-square. */
let amplitude: f64 = 0;
let information: f64 = 0;
let gain: f64 = 0;

function amplitudeOf(index: u32): f64 {
  return load<f64>(state + (index << 4), 8);
}

function timeOf(index: u32): f64 {
  return load<f64>(state + (index << 4), 16);
}

function setReturn(index: u32, amplitudeE: f64, timeNs: f64): void {
  store<f64>(state + (index << 4), amplitudeE, 8);
  store<f64>(state + (index << 4), max(0.0, min(setup.spanNs, timeNs)), 16);
}

/** Adds the response to a return at timeNs to column `index`, and its slope to the next one; weights come later. */
function addShape(index: u32, timeNs: f64): void {
  let at = column(index) + PRIOR_BYTES;
  const next = column(1) - column(0);
  respond(timeNs, setup.response);
  const slopes = setup.paddedGates << 2;
  for (let gate = setup.response; gate < setup.response + slopes; gate += 4) {
    store<f64>(at, load<f64>(at) + f64(load<f32>(gate)));
    store<f64>(at + next, f64(load<f32>(gate + slopes)));
    at += 8;
  }
}

/** Residual of every gate, and its weight: 1 / sigma of the model. */
function compare(electrons: usize, count: u32): void {
  const stride = column(1) - column(0);
  let first = column(0) + PRIOR_BYTES;
  for (let gate = electrons; gate < electrons + (setup.paddedGates << 2); gate += 4) {
    let mean = load<f64>(state);
    let at = first + stride;
    for (let index: u32 = 0; index < count; index++) {
      mean += amplitudeOf(index) * load<f64>(at);
      at += 2 * stride;
    }
    const e = load<f32>(gate);
    store<f64>(first, 1);
    store<f64>(at, f64(e) - mean);
    const weight = e < UNUSABLE_E ? 1.0 / Math.sqrt(max(mean, 0.0) + f64(setup.noiseVarianceE2)) : 0.0;
    store<f64>(first + usize(WEIGHTS) * stride, weight);
    first += 8;
  }
}

/** Builds and solves the linear problem at the first `count` returns of `state`. */
function build(electrons: usize, count: u32): bool {
  const unknowns: u32 = 2 * count + 1;
  clearColumns(0, COLUMNS);
  let total: f64 = 0;
  for (let index: u32 = 0; index < count; index++) total += amplitudeOf(index);
  for (let index: u32 = 0; index < count; index++) {
    addShape(2 * index + 1, timeOf(index));
    store<f64>(column(2 * index + 1) + (index << 3), EQUAL_WEIGHT / total);
    const share = amplitudeOf(index) / total;
    store<f64>(column(unknowns) + (index << 3), EQUAL_WEIGHT * (1.0 / f64(count) - share));
  }
  compare(electrons, count);
  for (let index: u32 = 0; index <= unknowns; index++) weigh(index);
  return decompose(unknowns);
}

/** Fits `count` returns from `state`; false when they cannot be told apart. */
function fitJointly(electrons: usize, count: u32): bool {
  const unknowns = 2 * count + 1;
  for (let step: u32 = 0; build(electrons, count); step++) {
    if (step === STEPS || chiBefore - chiAfter < SETTLED) return true;
    estimate(0, unknowns);
    store<f64>(state, load<f64>(state) + change);
    for (let index: u32 = 0; index < count; index++) {
      const present = amplitudeOf(index);
      estimate(2 * index + 1, unknowns);
      const next = max(present + change, 0.25 * present);
      estimate(2 * index + 2, unknowns);
      const shift = max(-STEP_LIMIT_NS, min(STEP_LIMIT_NS, change / next));
      setReturn(index, next, timeOf(index) + shift);
    }
  }
  return false;
}

/** What the candidate would gain beside the unknowns; clears it. */
function assess(candidate: u32): void {
  weigh(candidate);
  information = project(candidate, candidate - 1);
  const match = sweep(candidate, candidate, 0, candidate - 1);
  amplitude = information > CONTRAST_SMALLEST * whole ? match / information : 0.0;
  gain = amplitude > 0.0 ? amplitude * match : 0.0;
  clearColumns(candidate, 2);
}

/** Assesses light that comes a little before and after the only return: how far it is spread, see stages/spread.ts. */
function assessSpread(): void {
  const reach = min(REACH_NS, REACH_LARGEST * f64(parameters.responseTauNs));
  addShape(4, timeOf(0) - reach);
  addShape(4, timeOf(0) + reach);
  assess(4);
  const scale = (2.0 * reach * reach) / amplitudeOf(0);
  spread.varianceNs2 = amplitude * scale;
  spread.sigmaNs2 = amplitude === 0.0 ? 0.0 : scale / Math.sqrt(information);
}

/** Splits the only return into two equal ones that spread as much as the gates say. False when they do not say so. */
function split(): bool {
  if (gain < f64(returnParameters.chi2) || gain === 0.0) return false;
  const half = 0.5 * amplitudeOf(0);
  const centre = timeOf(0);
  const reach = Math.sqrt(spread.varianceNs2);
  setReturn(0, half, centre - reach);
  setReturn(1, half, centre + reach);
  return true;
}

/** Adds to `state` the candidate that gains most. False when none is worth a fit. */
function addCandidate(count: u32): bool {
  if (count === 1 && split()) return true;
  let highest = SCREEN * f64(returnParameters.chi2);
  let isFound = false;
  for (let index: u32 = 0; index < setup.templateCount; index++) {
    const timeNs = min(f64(index) * setup.templateStepNs, setup.spanNs);
    addShape(2 * count + 2, timeNs);
    assess(2 * count + 2);
    if (gain <= highest) continue;
    highest = gain;
    isFound = true;
    setReturn(count, amplitude, timeNs);
  }
  return isFound;
}

/**
 * Sets `spread`, and looks for further returns of the pixel at `electrons`, from the single return in `fit`. Returns how many there are
 * in all; if more than one, takeReturn() hands them out and fit.misfit is theirs. The work is bounded: for each return
 * but the first, templateCount candidates and STEPS + 3 decompositions of at most 7 columns.
 */
export function findReturns(electrons: usize, usableGates: u32): u32 {
  found = 1;
  store<f64>(state, fit.backgroundE);
  setReturn(0, fit.amplitudeE, fit.positionNs);
  if (!build(electrons, 1)) return 1;
  assessSpread();
  while (found < returnParameters.returns && (found << 1) + 3 < usableGates) {
    const most = chiAfter - f64(returnParameters.chi2);
    memory.copy(saved, state, STATE_BYTES);
    if (!addCandidate(found)) break;
    if (!(fitJointly(electrons, found + 1) && chiBefore <= most)) {
      memory.copy(state, saved, STATE_BYTES);
      build(electrons, found);
      break;
    }
    found++;
  }
  if (found > 1) fit.misfit = chiAfter / f64(usableGates - 2 * found - 1);
  return found;
}

/** Puts the next of the returns found into `fit`: the first one by PARAM_RETURN_ORDER, then by falling amplitude. */
export function takeReturn(order: u32): void {
  let best: u32 = 0;
  let highest = -f64.MAX_VALUE;
  for (let index: u32 = 0; index < found; index++) {
    const e = amplitudeOf(index);
    let merit = timeOf(index);
    if (order === RETURN_STRONGEST) merit = e;
    if (order === RETURN_FIRST) merit = -merit;
    if (e === 0.0 || merit <= highest) continue;
    highest = merit;
    best = index;
  }
  fit.backgroundE = load<f64>(state);
  fit.amplitudeE = amplitudeOf(best);
  fit.positionNs = timeOf(best);
  estimate(2 * best + 1, 2 * found + 1);
  fit.amplitudeVariance = variance;
  estimate(2 * best + 2, 2 * found + 1);
  fit.positionVariance = variance / (fit.amplitudeE * fit.amplitudeE);
  setReturn(best, 0, 0);
}
