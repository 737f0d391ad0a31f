// Eight ramps at a time, four in a vector.
import { CORRECT_JUMPS } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { imaging } from "../views.ts";
import { image, TILE, TILE_BYTES } from "./buffers.ts";
import { rampFit } from "./elimination.ts";
import { rejectJumps } from "./jumps.ts";
import { READS_FOR_JUMPS, startRate } from "./ramp-lane.ts";

/** Reads of the tile as linear DN, usable reads, flags of cut ramps, and the rates that the weights are made for. */
export function loadTile(column: u32): void {
  let source = setup.samples + (column << 1);
  let target = image.reads;
  const end = target + setup.gates * TILE_BYTES;
  const highest = i16x8.splat(i16(setup.saturationDn - 1));
  let alive = i16x8.splat(-1);
  let usable = i16x8.splat(0);
  let sumLow = f32x4.splat(0);
  let sumHigh = f32x4.splat(0);
  let factor = f32x4.splat(-image.intervals);
  const linear1 = f32x4.splat(imaging.linear1);
  const linear2 = f32x4.splat(imaging.linear2);
  const linear3 = f32x4.splat(imaging.linear3);
  for (; target < end; target += TILE_BYTES) {
    const codes = v128.load(source);
    const codesLow = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(codes));
    const codesHigh = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(codes));
    const bendLow = f32x4.add(linear2, f32x4.mul(codesLow, linear3));
    const bendHigh = f32x4.add(linear2, f32x4.mul(codesHigh, linear3));
    const low = f32x4.mul(codesLow, f32x4.add(linear1, f32x4.mul(codesLow, bendLow)));
    const high = f32x4.mul(codesHigh, f32x4.add(linear1, f32x4.mul(codesHigh, bendHigh)));
    v128.store(target, low);
    v128.store(target, high, 16);
    // Below saturation: unsigned comparisons take more instructions.
    alive = v128.and(alive, i16x8.eq(i16x8.min_u(codes, highest), codes));
    usable = i16x8.sub(usable, alive);
    sumLow = f32x4.add(sumLow, f32x4.mul(factor, low));
    sumHigh = f32x4.add(sumHigh, f32x4.mul(factor, high));
    factor = f32x4.add(factor, f32x4.splat(2));
    source += setup.width << 1;
  }
  v128.store(image.usable, i32x4.extend_low_i16x8_u(usable));
  v128.store(image.usable, i32x4.extend_high_i16x8_u(usable), 16);
  v128.store(image.tileFlags, v128.andnot(i16x8.splat(i16(PIXEL_SATURATED)), alive));
  const scale = f32x4.splat(image.slopeFactor);
  v128.store(image.rates, f32x4.mul(sumLow, scale));
  v128.store(image.rates, f32x4.mul(sumHigh, scale), 16);
}

/**
 * Elimination of all eight lanes, two vectors in step, so that the division of one hides behind the other. With `cut`,
 * differences from the first saturated read on are left out.
 */
function eliminateTile(cut: bool): void {
  const unit = f32x4.splat(1);
  const rateL = v128.load(image.rates);
  const rateH = v128.load(image.rates, 16);
  const diagonalL = diagonalOf(rateL);
  const diagonalH = diagonalOf(rateH);
  let pivotL = f32x4.splat(0);
  let pivotH = f32x4.splat(0);
  let dataL = f32x4.splat(0);
  let dataH = f32x4.splat(0);
  let onesL = f32x4.splat(0);
  let onesH = f32x4.splat(0);
  let dataSumL = f32x4.splat(0);
  let dataSumH = f32x4.splat(0);
  let weightL = f32x4.splat(0);
  let weightH = f32x4.splat(0);
  let squaresL = f32x4.splat(0);
  let squaresH = f32x4.splat(0);
  const end = setup.gates * TILE_BYTES;
  for (let at: u32 = TILE_BYTES; at < end; at += TILE_BYTES) {
    const read = image.reads + at;
    pivotL = f32x4.div(unit, f32x4.sub(diagonalL, pivotL));
    pivotH = f32x4.div(unit, f32x4.sub(diagonalH, pivotH));
    if (cut) {
      const index = i32x4.splat(at / TILE_BYTES);
      pivotL = v128.and(pivotL, i32x4.gt_s(v128.load(image.usable), index));
      pivotH = v128.and(pivotH, i32x4.gt_s(v128.load(image.usable, 16), index));
    }
    const stepL = f32x4.sub(v128.load(read), v128.load(read - TILE_BYTES));
    const stepH = f32x4.sub(v128.load(read, 16), v128.load(read - TILE_BYTES, 16));
    const restL = f32x4.add(f32x4.sub(stepL, rateL), dataL);
    const restH = f32x4.add(f32x4.sub(stepH, rateH), dataH);
    const oneL = f32x4.add(unit, onesL);
    const oneH = f32x4.add(unit, onesH);
    dataL = f32x4.mul(pivotL, restL);
    dataH = f32x4.mul(pivotH, restH);
    onesL = f32x4.mul(pivotL, oneL);
    onesH = f32x4.mul(pivotH, oneH);
    dataSumL = f32x4.add(dataSumL, f32x4.mul(oneL, dataL));
    dataSumH = f32x4.add(dataSumH, f32x4.mul(oneH, dataH));
    weightL = f32x4.add(weightL, f32x4.mul(oneL, onesL));
    weightH = f32x4.add(weightH, f32x4.mul(oneH, onesH));
    squaresL = f32x4.add(squaresL, f32x4.mul(restL, dataL));
    squaresH = f32x4.add(squaresH, f32x4.mul(restH, dataH));
    v128.store(image.pivots + at, pivotL);
    v128.store(image.pivots + at, pivotH, 16);
    v128.store(image.data + at, dataL);
    v128.store(image.data + at, dataH, 16);
    v128.store(image.ones + at, onesL);
    v128.store(image.ones + at, onesH, 16);
  }
  keepHalf(0, rateL, dataSumL, weightL, squaresL);
  keepHalf(16, rateH, dataSumH, weightH, squaresH);
}

/** pmax and pmin: max and min mind what is no number, in eight instructions that crowd the registers of the loop. */
function diagonalOf(rate: v128): v128 {
  const positive = f32x4.pmax(rate, f32x4.splat(0));
  const bend = f32x4.pmin(f32x4.mul(positive, f32x4.splat(image.ratioBend)), f32x4.splat(image.mostBend));
  const perRate = f32x4.add(f32x4.splat(image.rateToRatio), bend);
  return f32x4.add(f32x4.splat(2), f32x4.mul(positive, perRate));
}

function keepHalf(byte: u32, rate: v128, dataSum: v128, weight: v128, squares: v128): void {
  const change = f32x4.div(dataSum, weight);
  v128.store(image.slopes + byte, f32x4.add(rate, change));
  v128.store(image.weights + byte, weight);
  v128.store(image.changes + byte, change);
  v128.store(image.misfits + byte, f32x4.sub(squares, f32x4.mul(change, dataSum)));
}

/** Lanes of which leaving out some difference gains more than the screening level. */
function gainingLanes(byte: u32): v128 {
  const change = v128.load(image.changes + byte);
  const level = f32x4.splat(image.screenLevel);
  const unit = f32x4.splat(1);
  const perWeight = f32x4.div(unit, v128.load(image.weights + byte));
  let residual = f32x4.splat(0);
  let row = f32x4.splat(0);
  let corner = f32x4.splat(0);
  let gaining = i32x4.splat(0);
  for (let index = setup.gates - 1; index > 0; index--) {
    const at = index * TILE_BYTES + byte;
    const pivot = v128.load(image.pivots + at);
    const ones = v128.load(image.ones + at);
    const own = f32x4.sub(v128.load(image.data + at), f32x4.mul(change, ones));
    residual = f32x4.add(own, f32x4.mul(pivot, residual));
    row = f32x4.add(ones, f32x4.mul(pivot, row));
    corner = f32x4.mul(pivot, f32x4.add(unit, f32x4.mul(pivot, corner)));
    const room = f32x4.sub(corner, f32x4.mul(f32x4.mul(row, row), perWeight));
    gaining = v128.or(gaining, f32x4.gt(f32x4.mul(residual, residual), f32x4.mul(level, room)));
  }
  return gaining;
}

/** Second look at the lanes of a half that may hold a jump. Bit by bit what ramp-lane.ts does to every lane. */
function rejectHalf(byte: u32, lanes: u32): void {
  const misfit = v128.load(image.misfits + byte);
  const enough = i32x4.ge_s(v128.load(image.usable + byte), i32x4.splat(READS_FOR_JUMPS));
  let suspects = v128.and(enough, f32x4.gt(misfit, f32x4.splat(image.screenLevel)));
  if (!v128.any_true(suspects)) return;
  suspects = v128.and(suspects, gainingLanes(byte));
  let marks = u32(i32x4.bitmask(suspects));
  const first = byte >> 2;
  for (; marks !== 0; marks &= marks - 1) {
    const lane = first + ctz(marks);
    if (lane >= lanes) return;
    rampFit.change = load<f32>(image.changes + (lane << 2));
    rampFit.weight = load<f32>(image.weights + (lane << 2));
    rejectJumps(lane, load<u32>(image.usable + (lane << 2)));
  }
}

/** Fits the loaded tile into image.slopes and image.weights; leaves jumps out of its first `lanes` lanes. */
export function fitTile(lanes: u32): void {
  const cut = v128.any_true(v128.load(image.tileFlags));
  if (cut)
    for (let lane: u32 = 0; lane < TILE; lane++) store<f32>(image.rates + (lane << 2), startRate(lane));
  const jumps = (imaging.corrections & CORRECT_JUMPS) !== 0;
  eliminateTile(cut);
  if (!jumps) return;
  rejectHalf(0, lanes);
  rejectHalf(16, lanes);
}
