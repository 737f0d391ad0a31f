// Further returns of a pixel: after the fit of one return, a candidate is looked for in what the fit leaves, all returns
// are fitted together, and the candidate is believed when chi-square falls enough [physics.md 7].
// Close together, only sum, centre and spread of two returns are known, not how the light divides: the joint fit takes
// it to divide equally within EQUAL_WEIGHT, which the data of returns further apart outweigh.
import { RETURN_FIRST, RETURN_STRONGEST } from "../../hw-profiles/interface/memory-map.ts";
import { setup } from "../setup.ts";
import { UNUSABLE_E } from "../stages/correct.ts";
import { respond } from "../stages/response.ts";
import { fit } from "../stages/scoring.ts";
import { returnParameters } from "../views.ts";
import {
  change,
  chiAfter,
  chiBefore,
  clearColumns,
  column,
  decompose,
  estimate,
  PRIOR_BYTES,
  product,
  project,
  variance,
  WEIGHTS,
} from "./columns.ts";

/** Steps of a joint fit at most, and the fall of chi-square below which it has settled. */
const STEPS: u32 = 8;
const SETTLED: f64 = 0.01;
/** All amplitudes over the sigma of one of them: a difference of two has 0.577 of their sum, as one at random. */
const EQUAL_WEIGHT: f64 = 2.45;
/** A split of one return is looked for by the responses so far before and after it, ns. */
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
/** Of the last assess(): amplitude of the candidate, and gain in chi-square. */
let amplitude: f64 = 0;
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

/** Derivatives of the first `count` returns of `state`, and their sum in the column of the residual; weights come later. */
function fillModel(count: u32): void {
  clearColumns(setup.columns);
  const model = column(2 * count + 1);
  let total: f64 = 0;
  for (let index: u32 = 0; index < count; index++) total += amplitudeOf(index);
  for (let index: u32 = 0; index < count; index++) {
    const e = amplitudeOf(index);
    let shares = column(2 * index + 1);
    let slopes = column(2 * index + 2) + PRIOR_BYTES;
    let sum = model + PRIOR_BYTES;
    store<f64>(shares + (index << 3), EQUAL_WEIGHT / total);
    store<f64>(model + (index << 3), EQUAL_WEIGHT * (1.0 / f64(count) - e / total));
    shares += PRIOR_BYTES;
    respond(timeOf(index), setup.response);
    const end = setup.response + (setup.paddedGates << 2);
    for (let gate = setup.response; gate < end; gate += 4) {
      const share = f64(load<f32>(gate));
      store<f64>(shares, share);
      store<f64>(slopes, f64(load<f32>(gate + (setup.paddedGates << 2))));
      store<f64>(sum, load<f64>(sum) + e * share);
      shares += 8;
      slopes += 8;
      sum += 8;
    }
  }
}

/** Divides every gate by its sigma, which is the model's; what is left of the electrons becomes the residual. */
function weigh(electrons: usize, unknowns: u32): void {
  let first = column(0) + PRIOR_BYTES;
  const end = electrons + (setup.paddedGates << 2);
  for (let gate = electrons; gate < end; gate += 4) {
    const residual = first + column(unknowns) - column(0);
    const mean = load<f64>(residual) + load<f64>(state);
    const e = load<f32>(gate);
    const weight = e < UNUSABLE_E ? 1.0 / Math.sqrt(max(mean, 0.0) + f64(setup.noiseVarianceE2)) : 0.0;
    store<f64>(first, 1);
    store<f64>(residual, f64(e) - mean);
    store<f64>(first + column(WEIGHTS) - column(0), weight);
    for (let at = first; at <= residual; at += column(1) - column(0)) store<f64>(at, load<f64>(at) * weight);
    first += 8;
  }
}

function build(electrons: usize, count: u32): bool {
  fillModel(count);
  weigh(electrons, 2 * count + 1);
  return decompose(2 * count + 1);
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

/** Adds the response to a return at timeNs to the candidate. */
function addResponse(candidate: u32, timeNs: f64): void {
  let at = column(candidate) + PRIOR_BYTES;
  const weights = column(WEIGHTS) - column(candidate);
  respond(max(0.0, min(setup.spanNs, timeNs)), setup.response);
  const end = setup.response + (setup.paddedGates << 2);
  for (let gate = setup.response; gate < end; gate += 4) {
    store<f64>(at, load<f64>(at) + load<f64>(at + weights) * f64(load<f32>(gate)));
    at += 8;
  }
}

/** What the candidate would gain beside the unknowns; clears it. */
function assess(candidate: u32): void {
  const whole = product(candidate, candidate);
  const match = product(candidate, candidate - 1);
  const left = project(candidate, candidate - 1);
  amplitude = left > CONTRAST_SMALLEST * whole ? match / left : 0.0;
  gain = amplitude > 0.0 ? amplitude * match : 0.0;
  memory.fill(column(candidate), 0, column(1) - column(0));
}

/** Splits the only return into two equal ones that spread as much as the gates say. False when they do not say so. */
function split(): bool {
  const half = 0.5 * amplitudeOf(0);
  const centre = timeOf(0);
  addResponse(4, centre - REACH_NS);
  addResponse(4, centre + REACH_NS);
  assess(4);
  if (!(gain >= f64(returnParameters.chi2)) || gain === 0.0) return false;
  const reach = REACH_NS * Math.sqrt(amplitude / half);
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
    const timeNs = f64(index) * setup.templateStepNs;
    addResponse(2 * count + 2, timeNs);
    assess(2 * count + 2);
    if (gain <= highest) continue;
    highest = gain;
    isFound = true;
    setReturn(count, amplitude, timeNs);
  }
  return isFound;
}

/**
 * Looks for further returns of the pixel at `electrons`, from the single return in `fit`. Returns how many there are
 * in all; if more than one, takeReturn() hands them out and fit.misfit is theirs. The work is bounded: for each return
 * but the first, templateCount + 1 candidates and STEPS + 3 decompositions of at most 7 columns.
 */
export function findReturns(electrons: usize, usableGates: u32): u32 {
  found = 1;
  store<f64>(state, fit.backgroundE);
  setReturn(0, fit.amplitudeE, fit.positionNs);
  if (!build(electrons, 1)) return 1;
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
