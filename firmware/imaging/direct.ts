// Single and CDS reads. Single: read - offset - dark; CDS: end read - read after reset - dark, where offset and reset
// noise cancel. A saturated read counts with the saturation level. Variance: shot noise of all charge collected,
// light and dark, the fixed part, and the 1/f noise of the dark current [physics.md 2 to 4].
import { READ_CDS } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { imaging } from "../views.ts";
import { image, TILE } from "./buffers.ts";
import { intensityCodes, sigmaCodes, storePixel, storeTile } from "./encode.ts";

/** DN of differences in 1/16 DN. */
const DN_PER_16TH: f32 = 0.0625;

/** Signal of four columns, DN: read and level in 1/16 DN, dark map. */
function signals(read: v128, level: v128, dark: v128): v128 {
  const difference = f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(read, level)), f32x4.splat(DN_PER_16TH));
  return f32x4.sub(difference, f32x4.mul(dark, f32x4.splat(image.darkScale)));
}

/** Variance of four columns, DN^2, from all the charge above `level` and the dark map. */
function variances(read: v128, level: v128, dark: v128): v128 {
  const charge = f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(read, level)), f32x4.splat(DN_PER_16TH));
  const shot = f32x4.mul(f32x4.max(charge, f32x4.splat(0)), f32x4.splat(image.dnPerE));
  const flicker = f32x4.mul(dark, f32x4.splat(image.flickerScale));
  return f32x4.add(f32x4.add(shot, f32x4.splat(image.fixedVariance)), flicker);
}

function in16thLow(codes: v128): v128 {
  return i32x4.shl(i32x4.extend_low_i16x8_u(codes), 4);
}

function in16thHigh(codes: v128): v128 {
  return i32x4.shl(i32x4.extend_high_i16x8_u(codes), 4);
}

/** Eight columns from their end reads and the levels they started at; `saturated` in 16-bit lanes. */
function directVector(column: u32, line: usize, read: v128, low: v128, high: v128, saturated: v128): void {
  const dark = v128.load(setup.darkMap + (column << 1));
  const darkLow = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(dark));
  const darkHigh = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(dark));
  const shown = i32x4.splat(image.offsetMask);
  const readLow = in16thLow(read);
  const readHigh = in16thHigh(read);
  const intensity = intensityCodes(
    signals(readLow, v128.and(low, shown), darkLow),
    signals(readHigh, v128.and(high, shown), darkHigh),
  );
  const sigma = sigmaCodes(variances(readLow, low, darkLow), variances(readHigh, high, darkHigh));
  storeTile(column, line, intensity, sigma, v128.and(saturated, i16x8.splat(i16(PIXEL_SATURATED))));
}

function singleTile(column: u32, line: usize): void {
  const limit = i16x8.splat(i16(setup.saturationDn));
  const read = i16x8.min_u(v128.load(setup.samples + (column << 1)), limit);
  const offset = v128.load(setup.offsetMap + (column << 1));
  const low = i32x4.extend_low_i16x8_u(offset);
  directVector(column, line, read, low, i32x4.extend_high_i16x8_u(offset), i16x8.eq(read, limit));
}

function cdsTile(column: u32, line: usize): void {
  const limit = i16x8.splat(i16(setup.saturationDn));
  const first = i16x8.min_u(v128.load(setup.samples + (column << 1)), limit);
  const last = i16x8.min_u(v128.load(setup.samples + (setup.width << 1) + (column << 1)), limit);
  const saturated = v128.or(i16x8.eq(first, limit), i16x8.eq(last, limit));
  directVector(column, line, last, in16thLow(first), in16thHigh(first), saturated);
}

function directPixel(column: u32, line: usize): void {
  const limit = setup.saturationDn;
  const cds = imaging.readMode === READ_CDS;
  const first = u32(load<u16>(setup.samples + (column << 1)));
  const last = cds ? u32(load<u16>(setup.samples + (setup.width << 1) + (column << 1))) : first;
  const level = cds ? min(first, limit) << 4 : u32(load<u16>(setup.offsetMap + (column << 1)));
  const read = min(last, limit) << 4;
  const dark = f32(load<u16>(setup.darkMap + (column << 1)));
  const signal = f32(i32(read) - i32(level & image.offsetMask)) * DN_PER_16TH - dark * image.darkScale;
  const charge = f32(i32(read) - i32(level)) * DN_PER_16TH;
  const variance = max<f32>(charge, 0) * image.dnPerE + image.fixedVariance + dark * image.flickerScale;
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
