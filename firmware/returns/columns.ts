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
/** Of the last estimate(). */
export let change: f64 = 0;
export let variance: f64 = 0;

/** Takes memory for the columns of the present number of gates. */
export function takeColumns(): void {
  stride = (setup.paddedGates + PRIOR_ROWS) << 3;
  base = take(COLUMNS * stride);
}

/** Zeros in `count` columns from `index` on. */
export function clearColumns(index: u32, count: u32): void {
  memory.fill(column(index), 0, count * stride);
}

export function column(index: u32): usize {
  return base + index * stride;
}

function factorAt(line: u32, index: u32): usize {
  return factors + ((line * COLUMNS + index) << 3);
}

/** Inner product of two columns. */
export function product(a: u32, b: u32): f64 {
  const second = column(b) - column(a);
  let sum: f64 = 0;
  for (let at = column(a); at < column(a + 1); at += 8) sum += load<f64>(at) * load<f64>(at + second);
  return sum;
}

/** Multiplies every row after the prior ones of a column by the weight of its gate. */
export function weigh(index: u32): void {
  const weights = column(WEIGHTS) - column(index);
  for (let at = column(index) + PRIOR_BYTES; at < column(index + 1); at += 8) {
    store<f64>(at, load<f64>(at) * load<f64>(at + weights));
  }
}

/** Adds `factor` times column `source` to column `target`. */
function add(target: u32, source: u32, factor: f64): void {
  const from = column(source) - column(target);
  for (let at = column(target); at < column(target + 1); at += 8) {
    store<f64>(at, load<f64>(at) + factor * load<f64>(at + from));
  }
}

/** Takes from a column its parts along the first `unknowns` ones. Returns the square of what is left. */
export function project(index: u32, unknowns: u32): f64 {
  for (let other: u32 = 0; other < unknowns; other++) {
    const share = product(other, index);
    store<f64>(factorAt(other, index), share);
    add(index, other, -share);
  }
  return product(index, index);
}

/** Makes the unknowns' columns orthonormal and takes them from the residual. False when they cannot be told apart. */
export function decompose(unknowns: u32): bool {
  for (let index: u32 = 0; index < unknowns; index++) {
    const whole = product(index, index);
    const left = project(index, index);
    if (!(left > SQUARE_SMALLEST * whole)) return false;
    const length = Math.sqrt(left);
    store<f64>(factorAt(index, index), length);
    add(index, index, 1.0 / length - 1.0);
  }
  chiBefore = product(unknowns, unknowns);
  chiAfter = project(unknowns, unknowns);
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
