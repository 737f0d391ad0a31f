// Up the ramp: generalised least squares of N equally spaced reads [Brandt 2024; physics.md 5]. In units of the variance
// of one read, differences of neighbouring reads have the tridiagonal covariance 2 + ratio on the diagonal and -1 beside
// it, where ratio is the shot variance of a difference over the variance of a read. The rate that sets the ratio comes
// from ordinary least squares over the whole ramp, or from the first and the last read of a ramp that ends at
// saturation. One elimination (L D L^T, Thomas) gives slope, information and chi-square of a pixel, and with its way back
// the gain in chi-square of leaving out each difference; jumps.ts looks closer where that is large.
import { setup } from "../setup.ts";
import { factors, image, TILE } from "./buffers.ts";
import { intensityCodes, sigmaCodes, storeFlags, storePixel } from "./encode.ts";
import { flickerQuad, flickerVariance } from "./flicker.ts";
import { fitLane, loadLane } from "./ramp-lane.ts";
import { fitTile, loadTile } from "./ramp-tile.ts";

/** Stands for the signal and the variance of a ramp with fewer than two reads below saturation: larger than any code. */
const UNKNOWN: f32 = 1e30;

/** Linear signal of the whole ramp, dark included. */
function charges(byte: usize): v128 {
  return f32x4.mul(v128.load(image.slopes + byte), f32x4.splat(image.intervals));
}

function signals(byte: usize, dark: v128): v128 {
  const signal = charges(byte);
  const corrected = f32x4.sub(signal, f32x4.mul(dark, f32x4.splat(factors.darkScale)));
  return v128.bitselect(corrected, f32x4.splat(UNKNOWN), known(byte));
}

function known(byte: usize): v128 {
  return f32x4.gt(v128.load(image.weights + byte), f32x4.splat(0));
}

/** The 1/f noise of the dark current is one with the signal in all intervals: weights do not make it less. */
function variances(byte: usize, dark: v128): v128 {
  const white = f32x4.div(f32x4.splat(image.rampVariance), v128.load(image.weights + byte));
  const charge = f32x4.pmax(charges(byte), f32x4.splat(0));
  const variance = f32x4.add(white, flickerQuad(dark, charge));
  return v128.bitselect(variance, f32x4.splat(UNKNOWN), known(byte));
}

function storeResults(column: u32, line: usize): void {
  const at = (line + column) << 1;
  const low = f32x4.convert_i32x4_s(v128.load_ext<u16>(setup.darkMap + (column << 1)));
  const high = f32x4.convert_i32x4_s(v128.load_ext<u16>(setup.darkMap + (column << 1), 8));
  v128.store(image.intensity + at, intensityCodes(signals(0, low), signals(16, high)));
  v128.store(image.sigma + at, sigmaCodes(variances(0, low), variances(16, high)));
  storeFlags(column, line, v128.load(image.tileFlags));
}

function storeLane(column: u32, lane: u32, line: usize): void {
  const weight = load<f32>(image.weights + (lane << 2));
  const dark = f32(load<u16>(setup.darkMap + (column << 1)));
  const sum = load<f32>(image.slopes + (lane << 2)) * image.intervals;
  const signal = weight > 0 ? sum - dark * factors.darkScale : UNKNOWN;
  const flicker = flickerVariance(dark, max<f32>(sum, 0));
  const variance = weight > 0 ? image.rampVariance / weight + flicker : UNKNOWN;
  storePixel(column, line, signal, variance, load<u16>(image.tileFlags + (lane << 1)));
}

/** Computes a line of ramps into the ring's line at `line`. */
export function processRampLine(line: usize): void {
  for (let column: u32 = 0; column < setup.width; column += TILE) {
    const lanes = min(TILE, setup.width - column);
    if (ASC_FEATURE_SIMD) {
      loadTile(column);
      fitTile(lanes);
      storeResults(column, line);
    } else {
      for (let lane: u32 = 0; lane < lanes; lane++) {
        loadLane(column + lane, lane);
        fitLane(lane);
        storeLane(column + lane, lane, line);
      }
    }
  }
}
