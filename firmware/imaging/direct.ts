// Single and CDS reads. Single: read - offset - dark; CDS: end read - read after reset - dark, where offset and reset
// noise cancel. A saturated read counts with the saturation level. Variance: shot noise of all charge collected,
// light and dark, the fixed part, and the 1/f noise of the dark current [physics.md 2 to 4].
import { READ_CDS } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { imaging } from "../views.ts";
import { image, TILE } from "./buffers.ts";
import { intensityCodes, sigmaCodes, storePixel, storeTile } from "./encode.ts";
import { flickerQuad, flickerVariance } from "./flicker.ts";
import { linearCodes, linearDn } from "./linear.ts";

/** DN of the offset map's sixteenths. */
const DN_PER_16TH: f32 = 0.0625;

/** Signal of four columns, DN, from the linear read, its level and the dark map. */
function signals(read: v128, level: v128, dark: v128): v128 {
  return f32x4.sub(f32x4.sub(read, level), f32x4.mul(dark, f32x4.splat(image.darkScale)));
}

/** Variance of four columns, DN^2, from all the charge above `level` and the dark map. */
function variances(read: v128, level: v128, dark: v128): v128 {
  const charge = f32x4.pmax(f32x4.sub(read, level), f32x4.splat(0));
  const perDn = f32x4.add(f32x4.splat(image.variancePerDn), f32x4.mul(charge, f32x4.splat(image.shotBend)));
  const white = f32x4.add(f32x4.mul(charge, perDn), f32x4.splat(image.fixedVariance));
  return f32x4.add(white, flickerQuad(dark, charge));
}

/** Eight columns from their end reads and the linear levels they started at; `saturated` in 16-bit lanes. */
function directVector(column: u32, line: usize, read: v128, low: v128, high: v128, saturated: v128): void {
  const dark = v128.load(setup.darkMap + (column << 1));
  const darkLow = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(dark));
  const darkHigh = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(dark));
  const shown = i32x4.splat(image.offsetMask);
  const readLow = linearCodes(i32x4.extend_low_i16x8_u(read));
  const readHigh = linearCodes(i32x4.extend_high_i16x8_u(read));
  const intensity = intensityCodes(
    signals(readLow, v128.and(low, shown), darkLow),
    signals(readHigh, v128.and(high, shown), darkHigh),
  );
  const sigma = sigmaCodes(variances(readLow, low, darkLow), variances(readHigh, high, darkHigh));
  storeTile(column, line, intensity, sigma, v128.and(saturated, i16x8.splat(i16(PIXEL_SATURATED))));
}

function offsetDn(sixteenths: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(sixteenths), f32x4.splat(DN_PER_16TH));
}

function singleTile(column: u32, line: usize): void {
  const limit = i16x8.splat(i16(setup.saturationDn));
  const read = i16x8.min_u(v128.load(setup.samples + (column << 1)), limit);
  const offset = v128.load(setup.offsetMap + (column << 1));
  const low = offsetDn(i32x4.extend_low_i16x8_u(offset));
  const high = offsetDn(i32x4.extend_high_i16x8_u(offset));
  directVector(column, line, read, low, high, i16x8.eq(read, limit));
}

function cdsTile(column: u32, line: usize): void {
  const limit = i16x8.splat(i16(setup.saturationDn));
  const first = i16x8.min_u(v128.load(setup.samples + (column << 1)), limit);
  const last = i16x8.min_u(v128.load(setup.samples + (setup.width << 1) + (column << 1)), limit);
  const saturated = v128.or(i16x8.eq(first, limit), i16x8.eq(last, limit));
  const low = linearCodes(i32x4.extend_low_i16x8_u(first));
  directVector(column, line, last, low, linearCodes(i32x4.extend_high_i16x8_u(first)), saturated);
}

function directPixel(column: u32, line: usize): void {
  const limit = setup.saturationDn;
  const cds = imaging.readMode === READ_CDS;
  const first = u32(load<u16>(setup.samples + (column << 1)));
  const last = cds ? u32(load<u16>(setup.samples + (setup.width << 1) + (column << 1))) : first;
  const offset = f32(load<u16>(setup.offsetMap + (column << 1))) * DN_PER_16TH;
  const level = cds ? linearDn(f32(min(first, limit))) : offset;
  const read = linearDn(f32(min(last, limit)));
  const dark = f32(load<u16>(setup.darkMap + (column << 1)));
  const signal = read - (image.offsetMask !== 0 ? level : 0) - dark * image.darkScale;
  const charge = max<f32>(read - level, 0);
  const white = charge * (image.variancePerDn + charge * image.shotBend) + image.fixedVariance;
  const variance = white + flickerVariance(dark, charge);
  const saturated = last >= limit || (cds && first >= limit);
  storePixel(column, line, signal, variance, saturated ? PIXEL_SATURATED : 0);
}

/** Computes a line of single or CDS reads into the ring's line at `line`. */
export function processDirectLine(line: usize): void {
  if (!ASC_FEATURE_SIMD) {
    for (let column: u32 = 0; column < setup.width; column++) directPixel(column, line);
  } else if (imaging.readMode === READ_CDS) {
    for (let column: u32 = 0; column < setup.width; column += TILE) cdsTile(column, line);
  } else {
    for (let column: u32 = 0; column < setup.width; column += TILE) singleTile(column, line);
  }
}
