/**
 * The rays of one pixel as weights (electrons) and positions (rows of the response table), and from those to weighted
 * rows. All arithmetic f32, except atmospheric extinction (f64, rounded once).
 */
import { expNegative } from "./exp-f64.ts";
import * as M from "./memory.ts";
import * as R from "./response.ts";

/** Pixels whose rays span at most this many rows (9 cm of range) are binned without a list. */
const NEAR_ROWS: i32 = 8;
/** A weighted row: address of its gate values (u32), weight (f32). */
export const PAIR_BYTES: usize = 8;

/** Smallest and largest position among the rays that count; smallest > largest if none does. */
let nearest: f32 = 0;
let farthest: f32 = 0;

function minLanes(v: v128): f32 {
  const pairs = f32x4.pmin(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return min(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

function maxLanes(v: v128): f32 {
  const pairs = f32x4.pmax(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** (l0 + l2) + (l1 + l3) */
function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Position in the table of four ranges; periodic tables wrap, in others positions may lie outside. */
function positionQuad(range: v128, firstRow: f32): v128 {
  const x = f32x4.sub(f32x4.mul(range, f32x4.splat(R.rowsPerMetre)), f32x4.splat(firstRow));
  if (R.wrapRows == 0) return x;
  const zero = f32x4.splat(0);
  const wrap = f32x4.splat(R.wrapRows);
  const outside = v128.or(f32x4.lt(x, zero), f32x4.ge(x, wrap));
  if (!v128.any_true(outside)) return x;
  const wrapped = f32x4.sub(x, f32x4.mul(wrap, f32x4.floor(f32x4.div(x, wrap))));
  const clamped = f32x4.pmin(f32x4.pmax(wrapped, zero), f32x4.splat(R.lastRow));
  return v128.bitselect(clamped, x, outside);
}

/**
 * Weight scale * rho / R^2 and position of each ray of a pixel. Rays that hit nothing, return nothing or arrive outside
 * the table get weight and position 0. `late`: rows of the table by which the pixel's gates open late.
 */
export function weighRays(firstRay: usize, scaleE: f32, late: f32, weights: usize, positions: usize): void {
  const bytes = (<usize>M.raysPerPixel) << 2;
  const zero = f32x4.splat(0);
  const last = f32x4.splat(R.lastRow);
  const firstRow = R.firstRow + late;
  let smallest = f32x4.splat(f32.MAX_VALUE);
  let largest = f32x4.splat(-1);
  for (let at: usize = 0; at < bytes; at += 16) {
    const range = v128.load(M.rangeM + firstRay + at);
    const rho = v128.load(M.signalRho + firstRay + at);
    const weight = f32x4.div(f32x4.mul(f32x4.splat(scaleE), rho), f32x4.mul(range, range));
    const x = positionQuad(range, firstRow);
    const seen = v128.and(f32x4.gt(range, zero), f32x4.gt(weight, zero));
    const valid = v128.and(seen, v128.and(f32x4.ge(x, zero), f32x4.le(x, last)));
    smallest = f32x4.pmin(smallest, v128.bitselect(x, smallest, valid));
    largest = f32x4.pmax(largest, v128.bitselect(x, largest, valid));
    v128.store(weights + at, v128.and(weight, valid));
    v128.store(positions + at, v128.and(x, valid));
  }
  nearest = minLanes(smallest);
  farthest = maxLanes(largest);
}

/** Takes off what the air swallows on the way there and back: e^(-2 alpha R). */
export function attenuateRays(firstRay: usize, extinctionPerM: f64, weights: usize): void {
  const bytes = (<usize>M.raysPerPixel) << 2;
  for (let at: usize = 0; at < bytes; at += 4) {
    const weight = load<f32>(weights + at);
    if (weight > 0) {
      const range = <f64>load<f32>(M.rangeM + firstRay + at);
      store<f32>(weights + at, weight * <f32>expNegative(-2 * extinctionPerM * range));
    }
  }
}

function storePair(pair: usize, row: i32, weight: f32): usize {
  store<u32>(pair, <u32>(R.values + <usize>row * ((<usize>M.gateStride) << 2)));
  store<f32>(pair, weight, 4);
  return pair + PAIR_BYTES;
}

/** Share of all rays in a row: each ray's weight times the tent 1 - |x - row|. */
function tentWeight(row: f32, weights: usize, positions: usize): f32 {
  const bytes = (<usize>M.raysPerPixel) << 2;
  const one = f32x4.splat(1);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const distance = f32x4.abs(f32x4.sub(v128.load(positions + at), f32x4.splat(row)));
    const share = f32x4.pmax(f32x4.sub(one, distance), f32x4.splat(0));
    sum = f32x4.add(sum, f32x4.mul(v128.load(weights + at), share));
  }
  return sumLanes(sum);
}

/** Adds to a bin; a bin that was empty goes on the list of rows. Returns the new end of the list. */
function deposit(row: i32, weight: f32, listEnd: usize): usize {
  const bin = R.bins + ((<usize>row) << 2);
  const before = load<f32>(bin);
  store<f32>(bin, before + weight);
  store<i32>(listEnd, row);
  return before == 0 ? listEnd + 4 : listEnd;
}

/** Splits each ray between its two table rows. Returns the end of the list of rows touched. */
function binRays(weights: usize, positions: usize, list: usize): usize {
  const bytes = (<usize>M.raysPerPixel) << 2;
  const lastCell = <i32>R.lastRow - 1;
  let end = list;
  for (let at: usize = 0; at < bytes; at += 4) {
    const weight = load<f32>(weights + at);
    if (weight > 0) {
      const x = load<f32>(positions + at);
      const cell = min(<i32>x, lastCell);
      const upper = weight * (x - <f32>cell);
      end = deposit(cell, weight - upper, end);
      end = deposit(cell + 1, upper, end);
    }
  }
  return end;
}

/**
 * Weighted rows of a pixel (linear interpolation between rows, cloud in cell), to `pairs`; returns their end.
 * Rays close to each other share rows, and cost no more than one ray; `list` has room for two rows a ray.
 */
export function weighRows(weights: usize, positions: usize, list: usize, pairs: usize): usize {
  let end = pairs;
  if (nearest > farthest) return end;
  const first = <i32>nearest;
  const last = min(<i32>farthest + 1, <i32>R.lastRow);
  if (last - first < NEAR_ROWS) {
    for (let row = first; row <= last; row++) {
      end = storePair(end, row, tentWeight(<f32>row, weights, positions));
    }
    return end;
  }
  const listEnd = binRays(weights, positions, list);
  for (let at = list; at < listEnd; at += 4) {
    const row = load<i32>(at);
    const bin = R.bins + ((<usize>row) << 2);
    end = storePair(end, row, load<f32>(bin));
    store<f32>(bin, 0);
  }
  return end;
}
