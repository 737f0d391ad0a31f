// One ramp at a time: the whole fit of the scalar build, and the second look at a pixel where a jump may be. The numbers
// are those of ramp-tile.ts, operation by operation.
import { CORRECT_JUMPS } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { imaging } from "../views.ts";
import { image, TILE_BYTES } from "./buffers.ts";
import { rejectJumps } from "./jumps.ts";

/** Reads that a ramp must have before a jump can be told from a change of slope. */
export const READS_FOR_JUMPS: u32 = 4;

/** Result of one elimination. */
@unmanaged
export class RampFit {
  slope: f32 = 0;
  weight: f32 = 0;
  /** Slope less the rate that the covariance was made for. */
  change: f32 = 0;
  /** Chi-square times readVariance. */
  misfit: f32 = 0;
}

export const rampFit = changetype<RampFit>(memory.data(offsetof<RampFit>()));

/** A bit for each of the differences 1 .. reads - 1. */
export function differencesOf(reads: u32): u64 {
  return reads < 2 ? 0 : (u64.MAX_VALUE >> (64 - reads)) & ~(1 as u64);
}

export function readOf(lane: u32, index: u32): f32 {
  return load<f32>(image.reads + index * TILE_BYTES + (lane << 2));
}

/** Copies a column's reads as DN, counts those before the first saturated one, and flags a ramp that is cut. */
export function loadLane(column: u32, lane: u32): void {
  let usable: u32 = 0;
  for (let index: u32 = 0; index < setup.gates; index++) {
    const code = u32(load<u16>(setup.samples + ((index * setup.width + column) << 1)));
    if (usable === index && code < setup.saturationDn) usable++;
    store<f32>(image.reads + index * TILE_BYTES + (lane << 2), f32(code));
  }
  store<u32>(image.usable + (lane << 2), usable);
  store<u16>(image.tileFlags + (lane << 1), usable < setup.gates ? PIXEL_SATURATED : 0);
}

/** Rate that the weights are made for, DN per interval. */
export function startRate(lane: u32): f32 {
  const usable = load<u32>(image.usable + (lane << 2));
  if (usable < 2) return 0;
  if (usable < setup.gates) return (readOf(lane, usable - 1) - readOf(lane, 0)) / f32(usable - 1);
  let sum: f32 = 0;
  let factor = -image.intervals;
  for (let index: u32 = 0; index < setup.gates; index++) {
    sum += factor * readOf(lane, index);
    factor += 2;
  }
  return sum * image.slopeFactor;
}

/** Fits the differences in `bits` with the covariance of `rate`: rampFit, and the elimination in the lane's scratch. */
export function eliminate(lane: u32, bits: u64, rate: f32): void {
  const diagonal: f32 = 2 + max<f32>(rate, 0) * image.rateToRatio;
  let pivot: f32 = 0;
  let data: f32 = 0;
  let ones: f32 = 0;
  let dataSum: f32 = 0;
  let weight: f32 = 0;
  let squares: f32 = 0;
  for (let index: u32 = 1; index < setup.gates; index++) {
    const rest = readOf(lane, index) - readOf(lane, index - 1) - rate + data;
    const one: f32 = 1 + ones;
    pivot = ((bits >> index) & 1) !== 0 ? 1 / (diagonal - pivot) : 0;
    data = pivot * rest;
    ones = pivot * one;
    dataSum += one * data;
    weight += one * ones;
    squares += rest * data;
    const at = index * TILE_BYTES + (lane << 2);
    store<f32>(image.pivots + at, pivot);
    store<f32>(image.data + at, data);
    store<f32>(image.ones + at, ones);
  }
  rampFit.change = dataSum / weight;
  rampFit.slope = rate + rampFit.change;
  rampFit.weight = weight;
  rampFit.misfit = squares - rampFit.change * dataSum;
}

/** Fits a loaded lane into image.slopes and image.weights; leaves jumps out if that is wanted. */
export function fitLane(lane: u32): void {
  const usable = load<u32>(image.usable + (lane << 2));
  const rate = startRate(lane);
  eliminate(lane, differencesOf(usable), rate);
  keepFit(lane);
  const wanted = (imaging.corrections & CORRECT_JUMPS) !== 0 && usable >= READS_FOR_JUMPS;
  if (wanted && rampFit.misfit > image.screenLevel) rejectJumps(lane, usable);
}

/** Makes rampFit the lane's result. */
export function keepFit(lane: u32): void {
  store<f32>(image.slopes + (lane << 2), rampFit.slope);
  store<f32>(image.weights + (lane << 2), rampFit.weight);
}
