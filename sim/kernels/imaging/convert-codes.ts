/**
 * Levels of a line to codes: binning, ramp noise and the single-slope converter. The code is that of crossingCount in
 * sim/roic/adc/single-slope.ts, which works in f64, for the f32 level: bit for bit.
 */
import * as M from "./convert-memory.ts";

/** Above any code: keeps the conversion to i32 in range. */
const HIGHEST_LEVEL: f32 = 100000;
const RAMP_START_DN: f64 = 0.5;

/** Adds the row's levels to the sums of its bin, or begins a new bin. */
export function sumLevels(firstColumn: u32, columns: u32, begin: bool): void {
  const bytes = (<usize>M.levelStride) << 2;
  const start = (<usize>firstColumn) << 2;
  for (let read: u32 = 0; read < M.reads; read++) {
    const from = M.levels + <usize>read * bytes + start;
    const to = M.sums + <usize>read * bytes + start;
    for (let at: usize = 0, end = (<usize>columns) << 2; at < end; at += 16) {
      const level = v128.load(from + at);
      v128.store(to + at, begin ? level : f32x4.add(v128.load(to + at), level));
    }
  }
}

/** Sum over the columns of a bin. */
function binSum(at: usize, columns: u32): f32 {
  if (columns == 1) return load<f32>(at);
  const first = load<f32>(at) + load<f32>(at, 4);
  return columns == 2 ? first : first + (load<f32>(at, 8) + load<f32>(at, 12));
}

/** Means of the bins whose first columns are `step` apart, to the line buffer. */
function gatherLine(from: usize, step: u32, binColumns: u32, share: f32, count: u32): void {
  let to = M.line;
  for (let x: u32 = 0; x < count; x++, to += 4, from += (<usize>step) << 2) {
    const sum = binSum(from, binColumns);
    store<f32>(to, share == 1 ? sum : sum * share);
  }
}

/** Four codes of an ideal ramp: floor(V + 0.5), exactly; V - floor(V) has no rounding where it matters. */
function idealQuad(level: v128): v128 {
  const clamped = f32x4.max(f32x4.min(level, f32x4.splat(HIGHEST_LEVEL)), f32x4.splat(-1));
  const whole = f32x4.floor(clamped);
  const up = f32x4.ge(f32x4.sub(clamped, whole), f32x4.splat(0.5));
  const code = i32x4.sub(i32x4.trunc_sat_f32x4_s(whole), up);
  return i32x4.min_s(i32x4.max_s(code, i32x4.splat(0)), i32x4.splat(M.counts - 1));
}

function idealLine(from: usize, ramp: f32, codes: usize, count: u32): void {
  const noise = f32x4.splat(ramp);
  let x: u32 = 0;
  for (; x + 4 <= count; x += 4, from += 16, codes += 8) {
    const code = idealQuad(f32x4.add(v128.load(from), noise));
    v128.store64_lane(codes, i16x8.narrow_i32x4_u(code, code), 0);
  }
  if (x == count) return;
  v128.store(M.scratch, idealQuad(f32x4.add(v128.load(from), noise)));
  for (let at = M.scratch; x < count; x++, at += 4, codes += 2) store<u16>(codes, <u16>load<u32>(at));
}

function rampAt(count: i32, step: f64): f64 {
  return RAMP_START_DN + <f64>count * step + load<f64>(M.inlDn + ((<usize>count) << 3));
}

/** First count with ramp > level, 2^bits when there is none: an estimate, then the ramp itself decides. */
function crossing(level: f64, step: f64): i32 {
  const linear = (level - RAMP_START_DN) / step;
  const near = min(max(<i32>linear, 0), M.counts - 1);
  const estimate = <i32>Math.floor(linear - load<f64>(M.inlDn + ((<usize>near) << 3))) + 1;
  let count = min(max(estimate, 0), M.counts);
  while (count > 0 && rampAt(count - 1, step) > level) count--;
  while (count < M.counts && !(rampAt(count, step) > level)) count++;
  return count;
}

function bentLine(from: usize, ramp: f32, codes: usize, count: u32, steps: usize, stepBytes: usize): void {
  for (let x: u32 = 0; x < count; x++, from += 4, codes += 2, steps += stepBytes) {
    const level = min(max(load<f32>(from) + ramp, -HIGHEST_LEVEL), HIGHEST_LEVEL);
    store<u16>(codes, <u16>min(crossing(<f64>level, load<f64>(steps)), M.counts - 1));
  }
}

/**
 * Codes of one output line of `count` pixels, all reads, from the levels (or, with more than one row in a bin, the sums) of
 * the last sensor row. Bins begin `step` columns apart; `share` = 1 / pixels of a bin. The converter is that of a bin's
 * first column.
 * @param codes address of the line in read 0; planes lie `planeBytes` apart.
 */
export function convertCodes(
  codes: usize,
  planeBytes: usize,
  firstColumn: u32,
  count: u32,
  step: u32,
  binColumns: u32,
  binRows: u32,
  share: f32,
): void {
  const levels = (binRows > 1 ? M.sums : M.levels) + ((<usize>firstColumn) << 2);
  const contiguous = step == 1 && binRows == 1;
  for (let read: u32 = 0; read < M.reads; read++, codes += planeBytes) {
    let from = levels + ((<usize>(read * M.levelStride)) << 2);
    if (!contiguous) {
      gatherLine(from, step, binColumns, share, count);
      from = M.line;
    }
    const ramp = load<f32>(M.rampDn + ((<usize>read) << 2));
    if (M.rampBent) {
      const steps = M.columnStep + ((<usize>firstColumn) << 3);
      bentLine(from, ramp, codes, count, steps, (<usize>step) << 3);
    } else {
      idealLine(from, ramp, codes, count);
    }
  }
}
