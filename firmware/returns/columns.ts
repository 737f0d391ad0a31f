// Weighted least squares by orthogonal columns (modified Gram-Schmidt), in f64: normal equations would lose two returns
// that are close together. Columns 0 to unknowns - 1: derivatives of the gates by the unknowns, each gate over its sigma;
// then the residual; then a candidate for one more unknown. Rows: what is known beforehand, then the gates.
import { take } from "../arena.ts";
import { setup } from "../setup.ts";

/** Background, amplitude and return time of three returns; residual; candidate; 1 / sigma of the gates. */
export const COLUMNS: u32 = 10;
export const WEIGHTS: u32 = 9;
/** Rows for what is known beforehand, one for each return. */
const PRIOR_ROWS: usize = 3;
export const PRIOR_BYTES: usize = 24;
/** Below this share of its square a column is what rounding leaves of others. */
const SQUARE_SMALLEST: f64 = 1e-14;

/** f64[10][10]: factor of column i in column j at [i][j]. */
const factors = memory.data(800);
/** f64[7]: a row of the factors' inverse. */
const row = memory.data(56);

let base: usize = 0;
let stride: usize = 0;
/** Squares of the residual, before and after its parts along the unknowns were taken away. */
export let chiBefore: f64 = 0;
export let chiAfter: f64 = 0;
/** Of the last project(): the square of the column. */
export let whole: f64 = 0;
/** Of the last estimate(). */
export let change: f64 = 0;
export let variance: f64 = 0;

/** Takes memory for the columns of the present number of gates. */
export function takeColumns(): void {
  stride = (usize(setup.paddedGates) + PRIOR_ROWS) << 3;
  base = take(usize(COLUMNS) * stride);
}

/** Zeros in `count` columns from `index` on. */
export function clearColumns(index: u32, count: u32): void {
  memory.fill(column(index), 0, usize(count) * stride);
}

export function column(index: u32): usize {
  return base + usize(index) * stride;
}

function factorAt(line: u32, index: u32): usize {
  return factors + ((line * COLUMNS + index) << 3);
}

/** Adds `factor` times column `source` to column `index`. Returns the inner product of the sum and column `other`. */
export function sweep(index: u32, source: u32, factor: f64, other: u32): f64 {
  const from = column(source) - column(index);
  const beside = column(other) - column(index);
  let sum: f64 = 0;
  for (let at = column(index); at < column(index + 1); at += 8) {
    const value = load<f64>(at) + factor * load<f64>(at + from);
    store<f64>(at, value);
    sum += value * load<f64>(at + beside);
  }
  return sum;
}

/** Multiplies every row after the prior ones of a column by the weight of its gate. */
export function weigh(index: u32): void {
  const weights = column(WEIGHTS) - column(index);
  for (let at = column(index) + PRIOR_BYTES; at < column(index + 1); at += 8) {
    store<f64>(at, load<f64>(at) * load<f64>(at + weights));
  }
}

/**
 * Takes from a column its parts along the first `unknowns` ones. Returns the square of what is left, and sets `whole` to
 * that of the column.
 */
export function project(index: u32, unknowns: u32): f64 {
  let squares: f64 = 0;
  let share: f64 = 0;
  let previous = index;
  for (let other: u32 = 0; other < unknowns; other++) {
    share = sweep(index, previous, -share, other);
    store<f64>(factorAt(other, index), share);
    squares += share * share;
    previous = other;
  }
  const left = sweep(index, previous, -share, index);
  whole = squares + left;
  return left;
}

/** Makes the unknowns' columns orthonormal and takes them from the residual. False when they cannot be told apart. */
export function decompose(unknowns: u32): bool {
  for (let index: u32 = 0; index < unknowns; index++) {
    const left = project(index, index);
    if (!(left > SQUARE_SMALLEST * whole)) return false;
    const length = Math.sqrt(left);
    store<f64>(factorAt(index, index), length);
    sweep(index, index, 1.0 / length - 1.0, index);
  }
  chiAfter = project(unknowns, unknowns);
  chiBefore = whole;
  return true;
}

/** Sets `change`, the full step of an unknown, and its `variance`: from a row of the inverse of the factors. */
export function estimate(unknown: u32, unknowns: u32): void {
  change = 0;
  variance = 0;
  for (let index = unknown; index < unknowns; index++) {
    let value: f64 = index === unknown ? 1 : 0;
    for (let before = unknown; before < index; before++) {
      value -= load<f64>(row + (before << 3)) * load<f64>(factorAt(before, index));
    }
    value /= load<f64>(factorAt(index, index));
    store<f64>(row + (index << 3), value);
    change += value * load<f64>(factorAt(index, unknowns));
    variance += value * value;
  }
}
