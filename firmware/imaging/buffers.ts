// Buffers and constants of imaging mode, as configure() derives them from the parameter block.
import {
  CORRECT_DARK,
  CORRECT_OFFSET,
  READ_CDS,
  READ_RAMP,
  READ_SINGLE,
} from "../../hw-profiles/interface/memory-map.ts";
import { take } from "../arena.ts";
import { setup } from "../setup.ts";
import { imaging, parameters } from "../views.ts";

/** Columns that are computed together. */
export const TILE: u32 = 8;
/** The line that is computed, the one that is sent, and the one before it. */
const LINES: usize = 3;
/** A jump raises the rate that sets the covariance, which hides a part of its own chi-square. */
const SCREEN_SHARE: f64 = 0.75;
/** Bytes of a tile of f32. */
export const TILE_BYTES: u32 = 32;

export class image {
  // Ring of LINES lines: what was computed, before and after bad pixels were replaced.
  /** u16[LINES][paddedWidth]: intensity codes. */
  static intensity: usize = 0;
  /** u16[LINES][paddedWidth]: sigma codes. */
  static sigma: usize = 0;
  /** u8[LINES][paddedWidth]: pixel flags. */
  static flags: usize = 0;
  /** Width rounded up to whole tiles. */
  static paddedWidth: usize = 0;

  // Scratch of a ramp's tile. f32[reads][TILE]:
  /** Reads, DN. */
  static reads: usize = 0;
  /** Of the elimination, difference i in row i: reciprocal pivot c; c times the eliminated data; c times the ones. */
  static pivots: usize = 0;
  static data: usize = 0;
  static ones: usize = 0;
  // [TILE]:
  /** u32: reads before the first saturated one. */
  static usable: usize = 0;
  /** f32: rate that the weights are made for, DN per interval. */
  static rates: usize = 0;
  /** f32: fitted slope, DN per interval. */
  static slopes: usize = 0;
  /** f32: its information, in units of 1 / readVariance; 0 = no slope. */
  static weights: usize = 0;
  /** f32: slope less rate. */
  static changes: usize = 0;
  /** f32: chi-square times readVariance. */
  static misfits: usize = 0;
  /** u16: pixel flags. */
  static tileFlags: usize = 0;

  // Constants, f32 as the stages use them.
  /** DN per electron. */
  static dnPerE: f32 = 0;
  /** Variance of one read, DN^2: read noise and quantisation. */
  static readVariance: f32 = 0;
  /**
   * Accumulation rate r in DN per interval -> shot variance of a difference / readVariance, the mean over the ramp:
   * r (rateToRatio + r ratioBend), where the second term is at most that of a signal at saturation, mostBend.
   */
  static rateToRatio: f32 = 0;
  static ratioBend: f32 = 0;
  static mostBend: f32 = 0;
  /** Dark signal in DN -> variance of its 1/f noise, DN^2; and from the dark map in 1/16 DN, in this frame. */
  static flickerPerDn: f32 = 0;
  /** Gain in chi-square of a jump, times readVariance; and what makes a closer look worth while. */
  static jumpLevel: f32 = 0;
  static screenLevel: f32 = 0;
  /** Intervals of the whole ramp, N - 1, and their square times readVariance. */
  static intervals: f32 = 0;
  static rampVariance: f32 = 0;
  /** Slope of a whole ramp by least squares: this times the sum of (2 i - N + 1) read_i. */
  static slopeFactor: f32 = 0;
}

/** What the loops over pixels take from memory: see splatOf(). f32 but for the mask. */
@unmanaged
class PixelFactors {
  /**
   * Charge S -> variance of a single or CDS value, DN^2: fixedVariance + S (variancePerDn + S shotBend). Linear signals
   * carry their read noise, and the shot noise of what came early, enlarged: variancePerDn holds that of fixedVariance.
   */
  variancePerDn: f32 = 0;
  shotBend: f32 = 0;
  /** The same of the 1/f noise of dark current: times 1 + S flickerBend. */
  flickerBend: f32 = 0;
  /** Variance of a single or CDS value without shot noise, DN^2. */
  fixedVariance: f32 = 0;
  /** Dark map in 1/16 DN -> DN in this frame; 0 when it is not subtracted. */
  darkScale: f32 = 0;
  flickerScale: f32 = 0;
  /** DN -> code of intensity and sigma. */
  intensityPerDn: f32 = 0;
  sigmaPerDn: f32 = 0;
  /** Code of signal zero plus one half, for rounding. */
  intensityBias: f32 = 0;
  /** 0xffffffff when the offset map is subtracted, else 0. */
  offsetMask: u32 = 0;
}

export const factors = changetype<PixelFactors>(memory.data(offsetof<PixelFactors>()));

// Offsets of what splatOf() gives to the loops over pixels.
export const VARIANCE_PER_DN = offsetof<PixelFactors>("variancePerDn");
export const SHOT_BEND = offsetof<PixelFactors>("shotBend");
export const FLICKER_BEND = offsetof<PixelFactors>("flickerBend");
export const FIXED_VARIANCE = offsetof<PixelFactors>("fixedVariance");
export const DARK_SCALE = offsetof<PixelFactors>("darkScale");
export const FLICKER_SCALE = offsetof<PixelFactors>("flickerScale");
export const INTENSITY_PER_DN = offsetof<PixelFactors>("intensityPerDn");
export const SIGMA_PER_DN = offsetof<PixelFactors>("sigmaPerDn");
export const INTENSITY_BIAS = offsetof<PixelFactors>("intensityBias");
export const OFFSET_MASK = offsetof<PixelFactors>("offsetMask");

/** A constant in all lanes, by its offset: one instruction, where its splat takes two. */
export function splatOf(offset: usize): v128 {
  return v128.load_splat<u32>(changetype<usize>(factors) + offset);
}

/** Takes the ring and, for ramps, the scratch of a tile. */
export function takeImagingBuffers(width: usize, reads: usize): void {
  const padded = (width + TILE - 1) & ~(usize(TILE) - 1);
  image.paddedWidth = padded;
  image.intensity = take(LINES * padded * 2);
  image.sigma = take(LINES * padded * 2);
  image.flags = take(LINES * padded);
  const rows = reads * TILE_BYTES;
  image.reads = take(4 * rows);
  image.pivots = image.reads + rows;
  image.data = image.pivots + rows;
  image.ones = image.data + rows;
  image.usable = take(7 * TILE_BYTES);
  image.rates = image.usable + TILE_BYTES;
  image.slopes = image.rates + TILE_BYTES;
  image.weights = image.slopes + TILE_BYTES;
  image.changes = image.weights + TILE_BYTES;
  image.misfits = image.changes + TILE_BYTES;
  image.tileFlags = image.misfits + TILE_BYTES;
}

/** Constants of noise and scales. Variances are those of physics.md 3 to 5: reset, read, quantisation LSB^2/12. */
export function setImagingConstants(): void {
  const gain = f64(parameters.gainEPerDn);
  const readDn = f64(parameters.readNoiseE) / gain;
  const resetDn = f64(parameters.resetNoiseE) / gain;
  const readVariance = readDn * readDn + 1.0 / 12.0;
  image.dnPerE = f32(1.0 / gain);
  const cds = imaging.readMode === READ_CDS;
  const fixedVariance = cds ? 2.0 * readVariance : resetDn * resetDn + readVariance;
  const bend = f64(imaging.shotBend);
  factors.variancePerDn = f32(1.0 / gain + (cds ? 2.0 : 4.0) * bend * fixedVariance);
  factors.shotBend = f32(bend / gain);
  factors.flickerBend = f32(2.0 * bend);
  image.flickerPerDn = f32(f64(imaging.flickerRatio) / gain);
  image.readVariance = f32(readVariance);
  factors.fixedVariance = f32(fixedVariance);
  factors.intensityPerDn = f32(1.0 / f64(imaging.intensityScale));
  factors.sigmaPerDn = f32(1.0 / f64(parameters.sigmaScale));
  factors.intensityBias = f32(f64(imaging.intensityOffset) + 0.5);
  const offset = imaging.readMode !== READ_SINGLE || (imaging.corrections & CORRECT_OFFSET) !== 0;
  factors.offsetMask = offset ? 0xffffffff : 0;
  if (imaging.readMode === READ_RAMP) setRampConstants(f64(parameters.gates), readVariance);
}

function setRampConstants(reads: f64, readVariance: f64): void {
  const level = f64(imaging.jumpChi2) * readVariance;
  const bend = f64(factors.shotBend) / readVariance;
  image.rateToRatio = f32(f64(image.dnPerE) / readVariance);
  image.ratioBend = f32(bend * (reads - 1.0));
  image.mostBend = f32(bend * f64(setup.saturationDn));
  image.jumpLevel = f32(level);
  image.screenLevel = f32(SCREEN_SHARE * level);
  image.intervals = f32(reads - 1.0);
  image.rampVariance = f32((reads - 1.0) * (reads - 1.0) * readVariance);
  image.slopeFactor = f32(6.0 / (reads * (reads * reads - 1.0)));
}

/** Dark map to DN and to noise in a frame. `factor`: of temperature and exposure, see darkFactor(). */
export function setFrameDark(factor: f32): void {
  factors.flickerScale = factor * 0.0625 * image.flickerPerDn;
  factors.darkScale = (imaging.corrections & CORRECT_DARK) !== 0 ? factor * 0.0625 : 0;
}

/** Offset in samples of the ring's line for a row. */
export function ringOffset(row: u32): usize {
  return usize(row % u32(LINES)) * image.paddedWidth;
}

/** Points the segments of a row at its ring line. */
export function selectSentLine(row: u32): void {
  const line = ringOffset(row);
  setup.intensityLine = image.intensity + (line << 1);
  setup.sigmaLine = image.sigma + (line << 1);
  setup.flagsLine = image.flags + line;
}
