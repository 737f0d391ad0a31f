// Bad pixels take the mean of two good neighbours on opposite sides, in the direction in which those differ least, so that
// edges stay; without such a pair, the mean of all good neighbours; without any, nothing: signal zero and sigma unknown.
// The sigma of a replaced pixel is that of the mean and half of what its neighbours differ.
import { CORRECT_BAD_PIXELS } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_BAD, PIXEL_REPLACED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { imaging } from "../views.ts";
import { factors, image, ringOffset } from "./buffers.ts";

/** What stands in for a pixel. Codes; variance in squared sigma codes. */
@unmanaged
class Patch {
  sum: u32 = 0;
  lowest: u32 = 0;
  highest: u32 = 0;
  count: u32 = 0;
  variance: f32 = 0;
}

const patch = changetype<Patch>(memory.data(offsetof<Patch>()));

/** Address of a good pixel in samples of the ring, -1 when it is outside or bad. */
function goodAt(row: i32, column: i32): i32 {
  if (row < 0 || row >= i32(setup.height) || column < 0 || column >= i32(setup.width)) return -1;
  const at = i32(ringOffset(row)) + column;
  return (load<u8>(image.flags + at) & PIXEL_BAD) !== 0 ? -1 : at;
}

function intensityAt(at: i32): u32 {
  return load<u16>(image.intensity + (at << 1));
}

function startPatch(): void {
  patch.sum = 0;
  patch.lowest = u16.MAX_VALUE;
  patch.highest = 0;
  patch.count = 0;
  patch.variance = 0;
}

function addToPatch(at: i32): void {
  if (at < 0) return;
  const code = intensityAt(at);
  const sigma = f32(load<u16>(image.sigma + (at << 1)));
  patch.sum += code;
  patch.lowest = min(patch.lowest, code);
  patch.highest = max(patch.highest, code);
  patch.count++;
  patch.variance += sigma * sigma;
}

/** Patch of the pair of opposite neighbours that differ least; the first of equals. */
function pairPatch(row: i32, column: i32): void {
  let smallest: u32 = u32.MAX_VALUE;
  let best: i32 = -1;
  for (let direction = 0; direction < 4; direction++) {
    const a = goodAt(row - rowStep(direction), column - columnStep(direction));
    const b = goodAt(row + rowStep(direction), column + columnStep(direction));
    if (a < 0 || b < 0) continue;
    const gradient = u32(abs(i32(intensityAt(a)) - i32(intensityAt(b))));
    if (gradient >= smallest) continue;
    smallest = gradient;
    best = direction;
  }
  startPatch();
  if (best < 0) return;
  addToPatch(goodAt(row - rowStep(best), column - columnStep(best)));
  addToPatch(goodAt(row + rowStep(best), column + columnStep(best)));
}

/** Horizontal, vertical, falling and rising diagonal. */
function rowStep(direction: i32): i32 {
  return direction === 0 ? 0 : 1;
}

function columnStep(direction: i32): i32 {
  if (direction === 1) return 0;
  return direction === 3 ? -1 : 1;
}

function surroundingPatch(row: i32, column: i32): void {
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) addToPatch(goodAt(row + dy, column + dx));
  }
}

/** Sigma code of the patch: its mean's, and half of the spread of its codes, in quadrature. */
function patchSigma(): u16 {
  const count = f32(patch.count);
  const half = f32(patch.highest - patch.lowest) * (imaging.intensityScale * factors.sigmaPerDn * 0.5);
  const sigma = Mathf.sqrt(patch.variance / (count * count) + half * half);
  return u16(u32(min<f32>(65535, sigma + 0.5)));
}

/** Replaces a bad pixel whose neighbours, where there are any, stand in the ring. */
export function replaceBadPixel(row: i32, column: i32): void {
  if ((imaging.corrections & CORRECT_BAD_PIXELS) === 0) return;
  const at = i32(ringOffset(row)) + column;
  pairPatch(row, column);
  if (patch.count === 0) surroundingPatch(row, column);
  if (patch.count === 0) {
    store<u16>(image.intensity + (at << 1), u16(imaging.intensityOffset));
    store<u16>(image.sigma + (at << 1), u16.MAX_VALUE);
    return;
  }
  store<u16>(image.intensity + (at << 1), u16((patch.sum + (patch.count >> 1)) / patch.count));
  store<u16>(image.sigma + (at << 1), patchSigma());
  store<u8>(image.flags + at, load<u8>(image.flags + at) | PIXEL_REPLACED);
}
