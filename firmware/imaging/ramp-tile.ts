// Eight ramps at a time, four in a vector.
import { CORRECT_JUMPS } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { imaging } from "../views.ts";
import { image, TILE, TILE_BYTES } from "./buffers.ts";
import { rampFit } from "./elimination.ts";
import { rejectJumps } from "./jumps.ts";
import { READS_FOR_JUMPS, startRate } from "./ramp-lane.ts";

/** Sums of one elimination over four lanes. */
@unmanaged
class TileFit {
  changeLow: u64 = 0;
  changeHigh: u64 = 0;
  misfitLow: u64 = 0;
  misfitHigh: u64 = 0;
}

const tileFit = changetype<TileFit>(memory.data(offsetof<TileFit>(), 16));

/** Reads of the tile as DN, usable reads, flags of cut ramps, and the rates that the weights are made for. */
export function loadTile(column: u32): void {
  let source = setup.samples + (column << 1);
  let target = image.reads;
  const end = target + setup.gates * TILE_BYTES;
  const limit = i16x8.splat(i16(setup.saturationDn));
  let alive = i16x8.splat(-1);
  let usable = i16x8.splat(0);
  let sumLow = f32x4.splat(0);
  let sumHigh = f32x4.splat(0);
  let factor = f32x4.splat(-image.intervals);
  for (; target < end; target += TILE_BYTES) {
    const codes = v128.load(source);
    const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(codes));
    const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(codes));
    v128.store(target, low);
    v128.store(target, high, 16);
    alive = v128.and(alive, i16x8.lt_u(codes, limit));
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

/** Elimination of the four lanes from `byte` on. With `cut`, differences from the first saturated read on are left out. */
function eliminateHalf(byte: u32, cut: bool): void {
  const rate = v128.load(image.rates + byte);
  const usable = v128.load(image.usable + byte);
  const ratio = f32x4.mul(f32x4.max(rate, f32x4.splat(0)), f32x4.splat(image.rateToRatio));
  const diagonal = f32x4.add(f32x4.splat(2), ratio);
  const unit = f32x4.splat(1);
  let pivot = f32x4.splat(0);
  let data = f32x4.splat(0);
  let ones = f32x4.splat(0);
  let dataSum = f32x4.splat(0);
  let weight = f32x4.splat(0);
  let squares = f32x4.splat(0);
  let before = v128.load(image.reads + byte);
  for (let index: u32 = 1; index < setup.gates; index++) {
    const at = index * TILE_BYTES + byte;
    const read = v128.load(image.reads + at);
    const rest = f32x4.add(f32x4.sub(f32x4.sub(read, before), rate), data);
    const one = f32x4.add(unit, ones);
    pivot = f32x4.div(unit, f32x4.sub(diagonal, pivot));
    if (cut) pivot = v128.and(pivot, i32x4.gt_s(usable, i32x4.splat(index)));
    data = f32x4.mul(pivot, rest);
    ones = f32x4.mul(pivot, one);
    dataSum = f32x4.add(dataSum, f32x4.mul(one, data));
    weight = f32x4.add(weight, f32x4.mul(one, ones));
    squares = f32x4.add(squares, f32x4.mul(rest, data));
    v128.store(image.pivots + at, pivot);
    v128.store(image.data + at, data);
    v128.store(image.ones + at, ones);
    before = read;
  }
  const change = f32x4.div(dataSum, weight);
  v128.store(image.slopes + byte, f32x4.add(rate, change));
  v128.store(image.weights + byte, weight);
  v128.store(changetype<usize>(tileFit), change);
  v128.store(changetype<usize>(tileFit), f32x4.sub(squares, f32x4.mul(change, dataSum)), 16);
}

/** Lanes of which leaving out some difference gains more than the screening level. */
function gainingLanes(byte: u32): v128 {
  const change = v128.load(changetype<usize>(tileFit));
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
  const misfit = v128.load(changetype<usize>(tileFit), 16);
  const enough = i32x4.ge_s(v128.load(image.usable + byte), i32x4.splat(READS_FOR_JUMPS));
  let suspects = v128.and(enough, f32x4.gt(misfit, f32x4.splat(image.screenLevel)));
  if (!v128.any_true(suspects)) return;
  suspects = v128.and(suspects, gainingLanes(byte));
  let marks = u32(i32x4.bitmask(suspects));
  const first = byte >> 2;
  for (; marks !== 0; marks &= marks - 1) {
    const lane = first + ctz(marks);
    if (lane >= lanes) return;
    rampFit.change = load<f32>(changetype<usize>(tileFit) + ((lane - first) << 2));
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
  eliminateHalf(0, cut);
  if (jumps) rejectHalf(0, lanes);
  eliminateHalf(16, cut);
  if (jumps) rejectHalf(16, lanes);
}
