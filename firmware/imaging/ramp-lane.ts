// One ramp at a time: the whole fit of the scalar build.
import { CORRECT_JUMPS } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { imaging } from "../views.ts";
import { image, TILE_BYTES } from "./buffers.ts";
import { differencesOf, eliminate, keepFit, rampFit, readOf } from "./elimination.ts";
import { rejectJumps } from "./jumps.ts";
import { linearDn } from "./linear.ts";

/** Reads that a ramp must have before a jump can be told from a change of slope. */
export const READS_FOR_JUMPS: u32 = 4;

/** Copies a column's reads as linear DN, counts those before the first saturated one, and flags a ramp that is cut. */
export function loadLane(column: u32, lane: u32): void {
  let usable: u32 = 0;
  for (let index: u32 = 0; index < setup.gates; index++) {
    const code = u32(load<u16>(setup.samples + ((index * setup.width + column) << 1)));
    if (usable === index && code < setup.saturationDn) usable++;
    store<f32>(image.reads + index * TILE_BYTES + (lane << 2), linearDn(f32(code)));
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

/** Fits a loaded lane into image.slopes and image.weights; leaves jumps out if that is wanted. */
export function fitLane(lane: u32): void {
  const usable = load<u32>(image.usable + (lane << 2));
  const rate = startRate(lane);
  eliminate(lane, differencesOf(usable), rate);
  keepFit(lane);
  const wanted = (imaging.corrections & CORRECT_JUMPS) !== 0 && usable >= READS_FOR_JUMPS;
  if (wanted && rampFit.misfit > image.screenLevel) rejectJumps(lane, usable);
}
