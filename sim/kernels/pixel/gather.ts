/**
 * From ray hits to the mean signal of every gate. All arithmetic f32, except atmospheric extinction (f64, rounded once).
 */
import { expNegative } from "./exp-f64.ts";
import * as M from "./memory.ts";

let response: usize = 0;
let lastRow: f32 = 0;
let stepsPerMetre: f32 = 0;
let firstStep: f32 = 0;
let wrapRows: f32 = 0;
let bins: usize = 0;

/**
 * Response table at `values` (rows x gateStride f32). A hit at range R lies at row R * rowsPerMetre - firstRow; `wrap` rows
 * are one pulse period, or 0: then light from outside the table is not collected. `work`: rows f32, all zero.
 */
export function setResponse(
  values: usize,
  rows: u32,
  rowsPerMetre: f32,
  firstRow: f32,
  wrap: f32,
  work: usize,
): void {
  response = values;
  lastRow = <f32>(rows - 1);
  stepsPerMetre = rowsPerMetre;
  firstStep = firstRow;
  wrapRows = wrap;
  bins = work;
}

/** (l0 + l1) + (l2 + l3) */
function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** Electrons and row position of each ray of a pixel, to `weights` and `positions`; invalid rays get weight 0. */
function weighRays(firstRay: usize, scaleE: f32, weights: usize, positions: usize): void {
  const bytes = (<usize>M.raysPerPixel) << 2;
  const scale = f32x4.splat(scaleE);
  const zero = f32x4.splat(0);
  const last = f32x4.splat(lastRow);
  const wrap = f32x4.splat(wrapRows);
  const inverseWrap = f32x4.splat(<f32>1 / wrapRows);
  for (let at: usize = 0; at < bytes; at += 16) {
    const range = v128.load(M.rangeM + firstRay + at);
    const rho = v128.load(M.signalRho + firstRay + at);
    let valid = f32x4.gt(range, zero);
    let x = f32x4.sub(f32x4.mul(range, f32x4.splat(stepsPerMetre)), f32x4.splat(firstStep));
    if (wrapRows > 0) {
      x = f32x4.sub(x, f32x4.mul(wrap, f32x4.floor(f32x4.mul(x, inverseWrap))));
      x = f32x4.min(f32x4.max(x, zero), last);
    } else {
      valid = v128.and(valid, v128.and(f32x4.ge(x, zero), f32x4.le(x, last)));
    }
    const weight = f32x4.div(f32x4.mul(scale, rho), f32x4.mul(range, range));
    v128.store(weights + at, v128.and(weight, valid));
    v128.store(positions + at, x);
  }
}

function attenuateRays(firstRay: usize, extinctionPerM: f64, weights: usize): void {
  const bytes = (<usize>M.raysPerPixel) << 2;
  for (let at: usize = 0; at < bytes; at += 4) {
    const range = <f64>load<f32>(M.rangeM + firstRay + at);
    if (range > 0) {
      store<f32>(weights + at, load<f32>(weights + at) * <f32>expNegative(-2 * extinctionPerM * range));
    }
  }
}

/** Adds to a bin; a bin that was empty goes on the list of rows. Returns the new end of the list. */
function deposit(row: i32, weight: f32, listEnd: usize): usize {
  const bin = bins + ((<usize>row) << 2);
  const before = load<f32>(bin);
  store<f32>(bin, before + weight);
  store<i32>(listEnd, row);
  return before == 0 ? listEnd + 4 : listEnd;
}

/** Splits each ray between its two table rows (cloud in cell). Returns the end of the list of rows touched. */
function binRays(weights: usize, positions: usize, list: usize): usize {
  const bytes = (<usize>M.raysPerPixel) << 2;
  const lastCell = <i32>lastRow - 1;
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

/** Sum over the listed rows of bin times table row, 16 gates from `gateBytes` on. */
function collect16(list: usize, end: usize, gateBytes: usize, destination: usize): void {
  const rowBytes = (<usize>M.gateStride) << 2;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let at = list; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const weight = v128.load32_splat(bins + (row << 2));
    const values = response + row * rowBytes + gateBytes;
    s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(values)));
    s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(values, 16)));
    s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(values, 32)));
    s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(values, 48)));
  }
  v128.store(destination + gateBytes, s0);
  v128.store(destination + gateBytes, s1, 16);
  v128.store(destination + gateBytes, s2, 32);
  v128.store(destination + gateBytes, s3, 48);
}

function collect4(list: usize, end: usize, gateBytes: usize, destination: usize): void {
  const rowBytes = (<usize>M.gateStride) << 2;
  let sum = f32x4.splat(0);
  for (let at = list; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const weight = v128.load32_splat(bins + (row << 2));
    sum = f32x4.add(sum, f32x4.mul(weight, v128.load(response + row * rowBytes + gateBytes)));
  }
  v128.store(destination + gateBytes, sum);
}

function collect(list: usize, end: usize, destination: usize): void {
  const rowBytes = (<usize>M.gateStride) << 2;
  let at: usize = 0;
  for (; at + 64 <= rowBytes; at += 64) collect16(list, end, at, destination);
  for (; at < rowBytes; at += 16) collect4(list, end, at, destination);
  for (let entry = list; entry < end; entry += 4) store<f32>(bins + ((<usize>load<u32>(entry)) << 2), 0);
}

function sumGates(mean: usize): f32 {
  const rowBytes = (<usize>M.gateStride) << 2;
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) sum = f32x4.add(sum, v128.load(mean + at));
  return sumLanes(sum);
}

function meanAmbientRho(firstRay: usize): f32 {
  const bytes = (<usize>M.raysPerPixel) << 2;
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, v128.load(M.ambientRho + firstRay + at));
  }
  return sumLanes(sum) * (<f32>1 / <f32>M.raysPerPixel);
}

/** Chart: whatever the link budget says, a pixel that sees anything collects `signal` in all and `ambient` a gate. */
function applyChart(pixel: usize, mean: usize, signal: f32, ambient: f32): void {
  const rowBytes = (<usize>M.gateStride) << 2;
  const sum = sumGates(mean);
  const scale = sum > 0 ? signal / sum : 0;
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(mean + at, f32x4.mul(v128.load(mean + at), f32x4.splat(scale)));
  }
  store<f32>(M.ambientE + (pixel << 2), sum > 0 ? ambient : 0);
}

/**
 * Fills meanE, ambientE and signalE of `count` pixels from `firstPixel` (local indices).
 * @param chartSignalE electrons over all gates of each pixel that has hits, or 0: link budget.
 * @param chartAmbientE ambient electrons a gate, used with chartSignalE > 0.
 */
export function gatherSignal(
  firstPixel: u32,
  count: u32,
  extinctionPerM: f64,
  chartSignalE: f32,
  chartAmbientE: f32,
): void {
  const rayBytes = (<usize>M.raysPerPixel) << 2;
  const rowBytes = (<usize>M.gateStride) << 2;
  const weights = M.scratch;
  const positions = weights + rayBytes;
  const list = positions + rayBytes;
  const inverseRays = <f32>1 / <f32>M.raysPerPixel;
  for (let pixel = <usize>firstPixel, end = <usize>(firstPixel + count); pixel < end; pixel++) {
    const firstRay = pixel * rayBytes;
    const mean = M.meanE + pixel * rowBytes;
    weighRays(firstRay, load<f32>(M.signalScaleE + (pixel << 2)) * inverseRays, weights, positions);
    if (extinctionPerM > 0) attenuateRays(firstRay, extinctionPerM, weights);
    collect(list, binRays(weights, positions, list), mean);
    store<f32>(
      M.ambientE + (pixel << 2),
      load<f32>(M.ambientScaleE + (pixel << 2)) * meanAmbientRho(firstRay),
    );
    if (chartSignalE > 0) applyChart(pixel, mean, chartSignalE, chartAmbientE);
    store<f32>(M.signalE + (pixel << 2), sumGates(mean));
  }
}
