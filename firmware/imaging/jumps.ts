// Jumps in a ramp: a particle, or a step of random telegraph noise. A jump adds one free difference, so leaving that
// difference out of the fit lowers chi-square by z_i^2 / (K_i - w_i^2 / W), where z is the inverse covariance applied to
// the residuals, K its diagonal, w its row sums, W their sum. The largest gain is checked again with the covariance of
// the rate that the other differences have, because a jump raises the rate and so hides; above the threshold the
// difference goes, twice at most.
import { PIXEL_MISFIT } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { image, TILE_BYTES } from "./buffers.ts";
import { differencesOf, eliminate, keepFit, rampFit, readOf } from "./elimination.ts";

const DROPS_MAX = 2;
/** With two differences left, each explains a jump as well as the other. */
const DIFFERENCES_MIN: u64 = 3;

/** What the way back found. */
@unmanaged
class Search {
  /** Difference with the largest gain, 0 if none has one. */
  index: u32 = 0;
  /** Its gain in chi-square, times readVariance. */
  gain: f32 = 0;
}

const search = changetype<Search>(memory.data(offsetof<Search>()));

/** Gain of leaving out each difference in `bits`; the largest, the first of equals from the ramp's end. */
function searchGains(lane: u32, bits: u64): void {
  const perWeight: f32 = 1 / rampFit.weight;
  let residual: f32 = 0;
  let row: f32 = 0;
  let corner: f32 = 0;
  search.index = 0;
  search.gain = 0;
  for (let index = setup.gates - 1; index > 0; index--) {
    const at = index * TILE_BYTES + (lane << 2);
    const pivot = load<f32>(image.pivots + at);
    const ones = load<f32>(image.ones + at);
    residual = load<f32>(image.data + at) - rampFit.change * ones + pivot * residual;
    row = ones + pivot * row;
    corner = pivot * (1 + pivot * corner);
    const room = corner - row * row * perWeight;
    if (((bits >> index) & 1) === 0 || !(room > 0)) continue;
    const gain = (residual * residual) / room;
    if (gain > search.gain) {
      search.gain = gain;
      search.index = index;
    }
  }
}

/** Mean of the differences in `bits`. */
function meanDifference(lane: u32, bits: u64): f32 {
  let sum: f32 = 0;
  for (let index: u32 = 1; index < setup.gates; index++) {
    if (((bits >> index) & 1) !== 0) sum += readOf(lane, index) - readOf(lane, index - 1);
  }
  return sum / f32(popcnt(bits));
}

/** Whether leaving out the difference with the largest gain is right; then rampFit is the fit without it. */
function dropWorst(lane: u32, bits: u64): u64 {
  searchGains(lane, bits);
  if (search.index === 0 || search.gain <= image.screenLevel) return bits;
  const others = bits & ~((1 as u64) << search.index);
  const suspect = search.index;
  const rate = meanDifference(lane, others);
  eliminate(lane, bits, rate);
  searchGains(lane, bits);
  if (search.index !== suspect || search.gain <= image.jumpLevel) return bits;
  eliminate(lane, others, rate);
  return others;
}

/** Looks for jumps in a lane whose elimination is in the scratch; keeps the fit without them and flags the pixel. */
export function rejectJumps(lane: u32, usable: u32): void {
  let bits = differencesOf(usable);
  for (let drops = 0; drops < DROPS_MAX && popcnt(bits) >= DIFFERENCES_MIN; drops++) {
    const left = dropWorst(lane, bits);
    if (left === bits) return;
    bits = left;
    keepFit(lane);
    const flags = image.tileFlags + (lane << 1);
    store<u16>(flags, load<u16>(flags) | PIXEL_MISFIT);
  }
}
