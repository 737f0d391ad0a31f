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

/** 2^23: added to a whole number from 0 on, it leaves that in the lower bits. */
const WHOLE_BITS: f32 = 8388608;

/** Whole floats, kept within 0 .. `most`, as i32. In fewer instructions than a conversion and integer limits. */
function wholeQuad(value: v128, most: v128): v128 {
  const within = f32x4.pmin(f32x4.pmax(f32x4.splat(0), value), most);
  return v128.xor(f32x4.add(within, f32x4.splat(WHOLE_BITS)), f32x4.splat(WHOLE_BITS));
}

/** Four codes of an ideal ramp: floor(V + 0.5), exactly; V - floor(V) has no rounding where it matters. */
function idealQuad(level: v128, most: v128): v128 {
  const clamped = f32x4.pmax(f32x4.splat(-1), f32x4.pmin(level, f32x4.splat(HIGHEST_LEVEL)));
  const whole = f32x4.floor(clamped);
  const up = v128.and(f32x4.ge(f32x4.sub(clamped, whole), f32x4.splat(0.5)), f32x4.splat(1));
  return wholeQuad(f32x4.add(whole, up), most);
}

/** The first `count` of four codes; all of them from 4 on. */
function storeCodes(to: usize, code: v128, count: u32): void {
  if (count >= 4) {
    v128.store64_lane(to, i16x8.narrow_i32x4_u(code, code), 0);
    return;
  }
  v128.store(M.scratch, code);
  for (let lane: usize = 0; lane < <usize>count; lane++) {
    store<u16>(to + (lane << 1), <u16>load<u32>(M.scratch + (lane << 2)));
  }
}

function idealLine(from: usize, ramp: f32, codes: usize, count: u32): void {
  const noise = f32x4.splat(ramp);
  const most = f32x4.splat(<f32>(M.counts - 1));
  for (let x: u32 = 0; x < count; x += 4, from += 16, codes += 8) {
    storeCodes(codes, idealQuad(f32x4.add(v128.load(from), noise), most), count - x);
  }
}

function rampAt(count: i32, step: f64): f64 {
  return RAMP_START_DN + <f64>count * step + load<f64>(M.inlDn + ((<usize>count) << 3));
}

/** First count with ramp > level, 2^bits when there is none. @param near an estimate. */
function crossing(level: f64, step: f64, near: i32): i32 {
  let count = near;
  while (count > 0 && rampAt(count - 1, step) > level) count--;
  while (count < M.counts && !(rampAt(count, step) > level)) count++;
  return count;
}

/** Four f32 that lie `bytes` apart. */
function loadApart(at: usize, bytes: usize): v128 {
  if (bytes == 4) return v128.load(at);
  return lanesOf(at, at + bytes, at + 2 * bytes, at + 3 * bytes);
}

function lanesOf(a: usize, b: usize, c: usize, d: usize): v128 {
  const ab = v128.load32_lane(b, v128.load32_zero(a), 1);
  return v128.load32_lane(d, v128.load32_lane(c, ab, 2), 3);
}

/**
 * Four counts in f32, (V - start - INL) / step + 1 before rounding down: INL at the count without INL, from the table at
 * `inl`. Off by less than M.rampError.
 */
function estimateQuad(level: v128, inverseStep: v128, inl: usize, most: v128): v128 {
  const above = f32x4.sub(level, f32x4.splat(<f32>RAMP_START_DN));
  const near = wholeQuad(f32x4.floor(f32x4.mul(above, inverseStep)), most);
  const bend = lanesOf(
    inl + ((<usize>i32x4.extract_lane(near, 0)) << 2),
    inl + ((<usize>i32x4.extract_lane(near, 1)) << 2),
    inl + ((<usize>i32x4.extract_lane(near, 2)) << 2),
    inl + ((<usize>i32x4.extract_lane(near, 3)) << 2),
  );
  return f32x4.add(f32x4.mul(f32x4.sub(above, bend), inverseStep), f32x4.splat(1));
}

/** Lanes whose estimate lies so near to the next or the last count that only the ramp in f64 can tell. */
function decideLanes(levels: v128, codes: v128, steps: usize, stepBytes: usize, unsure: u32): v128 {
  const work = M.scratch;
  v128.store(work, levels);
  v128.store(work, codes, 16);
  for (let lane: usize = 0; lane < 4; lane++) {
    if (((unsure >> <u32>lane) & 1) == 0) continue;
    const level = <f64>load<f32>(work + (lane << 2));
    const near = load<i32>(work + (lane << 2), 16);
    store<i32>(work + (lane << 2), crossing(level, load<f64>(steps + lane * stepBytes), near), 16);
  }
  return v128.load(work, 16);
}

function bentLine(from: usize, ramp: f32, codes: usize, count: u32, column: u32, step: u32): void {
  const noise = f32x4.splat(ramp);
  const most = f32x4.splat(<f32>(M.counts - 1));
  const error = f32x4.splat(M.rampError);
  const nextError = f32x4.splat(<f32>1 - M.rampError);
  const inl = M.inlNearDn;
  // f64 steps lie so far apart, f32 inverses half of that.
  const stepBytes = (<usize>step) << 3;
  let steps = M.columnStep + ((<usize>column) << 3);
  let inverses = M.columnInverse + ((<usize>column) << 2);
  for (let x: u32 = 0; x < count; x += 4, from += 16, codes += 8) {
    const level = f32x4.add(v128.load(from), noise);
    const estimate = estimateQuad(level, loadApart(inverses, stepBytes >> 1), inl, most);
    const whole = f32x4.floor(estimate);
    const over = f32x4.sub(estimate, whole);
    const unsure = i32x4.bitmask(v128.or(f32x4.lt(over, error), f32x4.gt(over, nextError)));
    let code = wholeQuad(whole, most);
    if (unsure != 0) {
      const decided = decideLanes(level, code, steps, stepBytes, unsure);
      code = i32x4.min_s(decided, i32x4.splat(M.counts - 1));
    }
    storeCodes(codes, code, count - x);
    steps += stepBytes << 2;
    inverses += stepBytes << 1;
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
      bentLine(from, ramp, codes, count, firstColumn, step);
    } else {
      idealLine(from, ramp, codes, count);
    }
  }
}
