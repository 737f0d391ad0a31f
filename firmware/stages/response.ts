// Share of a return that every gate collects, and its slope, at any return time, in closed form [physics.md 7]: a
// rectangular pulse through one pole plus a slow tail, unit area. With t from the return to an edge of the gate, charge
// C(t) = clamp(t, 0, Tp)/Tp - (tau/Tp)(D2 - D1), D1 = min(e^(-t/tau), 1), D2 = min(e^(-(t - Tp)/tau), 1), and the share
// is C(close) - C(open). The exponentials are products of one of the edge, from a table, and one of the return time, so
// that kinks of the response are met wherever they lie, however fast the film.
// With film bias the laser repeats with the pulse period and the tails of all earlier pulses add up (a geometric series);
// with swept reset there is one pulse an exposure, and a gate stays open to the period's end.
// Not modelled: pulse shapes other than a rectangle, gate edges of finite slope, gates and window that together are
// longer than a period.
import {
  GATING_SWEPT_RESET,
  PARAM_BLOCK,
  PARAM_GATE_DELAYS_NS,
  PARAM_GATE_WIDTHS_NS,
} from "../../hw-profiles/interface/memory-map.ts";
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { exp, expShort } from "./math.ts";

/** Time constants between a return and the origin of its table at most, so that no product of exponentials overflows. */
const ORIGIN_REACH: f64 = 36;
/** Exponents of edges are limited to this: further edges lie before the return in any case. */
const EDGE_LARGEST: f64 = 40;
/** Below this an edge's exponential counts as 0; it would be slow to multiply with later. */
const EDGE_SMALLEST: f64 = -80;
/** Tables of a pole: e^(-t/tau) and e^(-(t - Tp)/tau) of opening and closing edges. */
const POLE_TABLES: usize = 4;

/** One pole of the response. Lengths of time in ns. */
@unmanaged
class Pole {
  tau: f64 = 0;
  /** Weight times tau/Tp. */
  height: f32 = 0;
  /** What all earlier pulses leave, over what one leaves. */
  earlier: f32 = 0;
  inverseTau: f32 = 0;
  /** e^(t/tau) times height, t from the origin of the tables to the return. */
  factor: f32 = 0;
}

@unmanaged
class Response {
  /** What a closed gate collects of everything. */
  leak: f32 = 0;
  /** 1 - leak. */
  unit: f32 = 0;
  /** unit / Tp. */
  perNs: f64 = 0;
  originStepNs: f64 = 0;
  lastOrigin: f64 = 0;
}

export const response = changetype<Response>(memory.data(offsetof<Response>()));
export const mainPole = changetype<Pole>(memory.data(offsetof<Pole>()));
export const tailPole = changetype<Pole>(memory.data(offsetof<Pole>()));

function setPole(pole: Pole, tau: f64, weight: f64): void {
  const pulse = f64(parameters.pulseWidthNs);
  const period = f64(parameters.pulsePeriodNs);
  const left = exp(-period / tau);
  const train = parameters.gating !== GATING_SWEPT_RESET;
  pole.tau = tau;
  pole.height = f32((weight * tau) / pulse);
  pole.earlier = train ? f32((exp(-(period - pulse) / tau) - left) / (1.0 - left)) : 0;
  pole.inverseTau = f32(1.0 / tau);
}

export function poles(): usize {
  return parameters.tailFraction > 0.0 ? 2 : 1;
}

/** Bytes of one table: a number for each gate. */
function tableBytes(): usize {
  return setup.paddedGates << 2;
}

/** Sets the constants of the response, and returns the bytes of the tables at setup.edges. */
export function layOutResponse(): usize {
  const tail = f64(parameters.tailFraction);
  const leak = parameters.gating === GATING_SWEPT_RESET ? 0.0 : f64(parameters.extinction);
  setPole(mainPole, f64(parameters.responseTauNs), (1.0 - leak) * (1.0 - tail));
  setPole(tailPole, f64(parameters.tailTauNs), (1.0 - leak) * tail);
  response.leak = f32(leak);
  response.unit = f32(1.0 - leak);
  response.perNs = (1.0 - leak) / f64(parameters.pulseWidthNs);
  const fastest = poles() === 2 ? min(mainPole.tau, tailPole.tau) : mainPole.tau;
  const origins = Math.ceil(setup.spanNs / (2.0 * ORIGIN_REACH * fastest));
  response.lastOrigin = origins - 1.0;
  response.originStepNs = setup.spanNs / origins;
  return (2 + usize(origins) * poles() * POLE_TABLES) * tableBytes();
}

function edgeNs(gate: u32, closing: bool): f64 {
  const delay = f64(load<f32>(PARAM_BLOCK + PARAM_GATE_DELAYS_NS + (gate << 2)));
  if (!closing) return delay;
  if (parameters.gating === GATING_SWEPT_RESET) return f64(parameters.pulsePeriodNs);
  return delay + f64(load<f32>(PARAM_BLOCK + PARAM_GATE_WIDTHS_NS + (gate << 2)));
}

function edgeFactor(sinceNs: f64, tau: f64): f32 {
  const exponent = -sinceNs / tau;
  return exponent < EDGE_SMALLEST ? 0 : f32(exp(min(exponent, EDGE_LARGEST)));
}

/** The tables of one pole for the edges of one gate, from one origin. `since`: from the origin to the edge, ns. */
function storeFactors(target: usize, since: f64, tau: f64): void {
  store<f32>(target, edgeFactor(since, tau));
  store<f32>(target + tableBytes(), edgeFactor(since - f64(parameters.pulseWidthNs), tau));
}

/** Builds the tables at setup.edges. Padding gates have no width. */
export function buildEdges(): void {
  const table = tableBytes();
  memory.fill(setup.edges, 0, layOutResponse());
  for (let edge: u32 = 0; edge < 2 * setup.gates; edge++) {
    const gate = edge >> 1;
    const closing = (edge & 1) !== 0;
    const since = edgeNs(gate, closing) - f64(parameters.t0MinNs);
    let target = setup.edges + (gate << 2) + (closing ? table : 0);
    store<f32>(target, f32(since * response.perNs));
    target += closing ? 3 * table : 2 * table;
    for (let origin: f64 = 0.5; origin < response.lastOrigin + 1.0; origin += 1.0) {
      const after = since - origin * response.originStepNs;
      storeFactors(target, after, mainPole.tau);
      target += POLE_TABLES * table;
      if (poles() === 1) continue;
      storeFactors(target, after, tailPole.tau);
      target += POLE_TABLES * table;
    }
  }
}

/**
 * Evaluates the response to a return `positionNs` after the start of the window, 0..setup.spanNs: writes
 * f32[2][paddedGates] to `target`, the shares of all gates and their derivatives by the return time, 1/ns.
 */
export function respond(positionNs: f64, target: usize): void {
  const origin = max(0.0, min(Math.floor(positionNs / response.originStepNs), response.lastOrigin));
  const after = positionNs - (origin + 0.5) * response.originStepNs;
  const table = tableBytes();
  const stride = poles() * POLE_TABLES * table;
  const factors = setup.edges + 2 * table + usize(u32(origin)) * stride;
  respondUnit(f32(positionNs * response.perNs), target);
  addPole(mainPole, after, factors, target);
  if (poles() === 2) addPole(tailPole, after, factors + POLE_TABLES * table, target);
}

/** Evaluates at `positionNs` into setup.response, and so far before and after it into the two halves of setup.pairs. */
export function respondAround(positionNs: f64, reachNs: f64): void {
  respond(positionNs - reachNs, setup.pairs);
  respond(positionNs + reachNs, setup.pairs + (setup.paddedGates << 3));
  respond(positionNs, setup.response);
}

/** Shares of a response without delay; slopes 0. `since`: return time in the unit of the tables. */
function respondUnit(since: f32, target: usize): void {
  const table = tableBytes();
  let edges = setup.edges;
  const end = edges + table;
  if (ASC_FEATURE_SIMD) {
    const zero = f32x4.splat(0);
    const unit = f32x4.splat(response.unit);
    for (; edges < end; edges += 16) {
      const open = f32x4.sub(v128.load(edges), f32x4.splat(since));
      const close = f32x4.sub(v128.load(edges + table), f32x4.splat(since));
      const opened = f32x4.pmin(f32x4.pmax(open, zero), unit);
      const closed = f32x4.pmin(f32x4.pmax(close, zero), unit);
      v128.store(target, f32x4.add(f32x4.sub(closed, opened), f32x4.splat(response.leak)));
      v128.store(target + table, zero);
      target += 16;
    }
    return;
  }
  for (; edges < end; edges += 4) {
    const open = limit(load<f32>(edges) - since, response.unit);
    const close = limit(load<f32>(edges + table) - since, response.unit);
    store<f32>(target, close - open + response.leak);
    store<f32>(target + table, 0);
    target += 4;
  }
}

function limit(value: f32, most: f32): f32 {
  const positive: f32 = value < 0 ? 0 : value;
  return least(positive, most);
}

function least(value: f32, most: f32): f32 {
  return most < value ? most : value;
}

/** Adds what a pole delays. `factors`: its tables; `after`: from their origin to the return, ns. */
function addPole(pole: Pole, after: f64, factors: usize, target: usize): void {
  const table = tableBytes();
  const end = factors + table;
  const height = pole.height;
  // Through memory: V8 would compute the exponential anew in every turn of the loop.
  pole.factor = f32(expShort(after / pole.tau) * f64(height));
  const factor = pole.factor;
  if (ASC_FEATURE_SIMD) {
    const most = f32x4.splat(height);
    const scale = f32x4.splat(factor);
    for (; factors < end; factors += 16) {
      const opened = f32x4.mul(v128.load(factors), scale);
      const openEnded = f32x4.mul(v128.load(factors + table), scale);
      const closed = f32x4.mul(v128.load(factors + 2 * table), scale);
      const closeEnded = f32x4.mul(v128.load(factors + 3 * table), scale);
      const open = f32x4.sub(f32x4.pmin(openEnded, most), f32x4.pmin(opened, most));
      const close = f32x4.sub(f32x4.pmin(closeEnded, most), f32x4.pmin(closed, most));
      const earlier = f32x4.mul(f32x4.sub(opened, closed), f32x4.splat(pole.earlier));
      const late = f32x4.add(f32x4.sub(open, close), earlier);
      v128.store(target, f32x4.add(v128.load(target), late));
      const slope = f32x4.mul(late, f32x4.splat(pole.inverseTau));
      v128.store(target + table, f32x4.add(v128.load(target + table), slope));
      target += 16;
    }
    return;
  }
  for (; factors < end; factors += 4) {
    const opened = load<f32>(factors) * factor;
    const closed = load<f32>(factors + 2 * table) * factor;
    const open = least(load<f32>(factors + table) * factor, height) - least(opened, height);
    const close = least(load<f32>(factors + 3 * table) * factor, height) - least(closed, height);
    const late = open - close + (opened - closed) * pole.earlier;
    store<f32>(target, load<f32>(target) + late);
    store<f32>(target + table, load<f32>(target + table) + late * pole.inverseTau);
    target += 4;
  }
}
