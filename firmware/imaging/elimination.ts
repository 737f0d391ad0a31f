// The elimination L D L^T of one ramp's tridiagonal covariance [Brandt 2024]: slope, information and chi-square, and
// what is needed to go back through it. The numbers are those of ramp-tile.ts, operation by operation.
import { setup } from "../setup.ts";
import { image, TILE_BYTES } from "./buffers.ts";

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

/** Fits the differences in `bits` with the covariance of `rate`: rampFit, and the elimination in the lane's scratch. */
export function eliminate(lane: u32, bits: u64, rate: f32): void {
  const positive = max<f32>(rate, 0);
  const diagonal: f32 =
    2 + positive * (image.rateToRatio + min<f32>(positive * image.ratioBend, image.mostBend));
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

/** Makes rampFit the lane's result. */
export function keepFit(lane: u32): void {
  store<f32>(image.slopes + (lane << 2), rampFit.slope);
  store<f32>(image.weights + (lane << 2), rampFit.weight);
}
