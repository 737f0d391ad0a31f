// From DN to codes: intensity round(signal / scale) + offset, sigma round(sqrt(variance) / scale), both clipped to u16.
import { PIXEL_BAD, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { factors, INTENSITY_BIAS, INTENSITY_PER_DN, image, SIGMA_PER_DN, splatOf } from "./buffers.ts";

const CODE_LARGEST: u32 = 65535;
// Numbers of the loops: a vector constant takes three instructions, one from memory one.
/** 2^23: from here on an f32 has no fraction. */
const MANTISSA_UNIT = memory.data<f32>([8388608]);
const HALF = memory.data<f32>([0.5]);
export const ONE = memory.data<f32>([1]);
/** DN of the offset map's sixteenths. */
export const SIXTEENTH = memory.data<f32>([0.0625]);
export const SATURATED_MARK = memory.data<u16>([u16(PIXEL_SATURATED)]);
const BAD_MARK = memory.data<u8>([u8(PIXEL_BAD)]);

/** Intensity codes of eight signals, DN. */
export function intensityCodes(low: v128, high: v128): v128 {
  const factor = splatOf(INTENSITY_PER_DN);
  const bias = splatOf(INTENSITY_BIAS);
  return wholeCodes(scaled(low, factor, bias), scaled(high, factor, bias));
}

/** Sigma codes of eight variances, DN^2. */
export function sigmaCodes(low: v128, high: v128): v128 {
  const factor = splatOf(SIGMA_PER_DN);
  const bias = v128.load_splat<f32>(HALF);
  return wholeCodes(scaled(f32x4.sqrt(low), factor, bias), scaled(f32x4.sqrt(high), factor, bias));
}

function scaled(values: v128, factor: v128, bias: v128): v128 {
  return f32x4.add(f32x4.mul(values, factor), bias);
}

/**
 * Cuts the fraction and clips to 0..65535: from the bits of 2^23 up, floats count in steps of one, and what lies beyond
 * saturates. As trunc_sat, which costs machines without such an instruction seven; pmax in this order makes 0 of what is
 * no number, as that does.
 */
function wholeCodes(low: v128, high: v128): v128 {
  const zero = f32x4.splat(0);
  const unit = v128.load_splat<f32>(MANTISSA_UNIT);
  const lowBits = f32x4.add(f32x4.floor(f32x4.pmax(zero, low)), unit);
  const highBits = f32x4.add(f32x4.floor(f32x4.pmax(zero, high)), unit);
  return i16x8.narrow_i32x4_u(i32x4.sub(lowBits, unit), i32x4.sub(highBits, unit));
}

/** A u16 from a number: its fraction cut, what is none 0. */
export function clippedCode(value: f32): u16 {
  return u16(min<u32>(u32(value), CODE_LARGEST));
}

export function intensityCode(signal: f32): u16 {
  return clippedCode(signal * factors.intensityPerDn + factors.intensityBias);
}

export function sigmaCode(variance: f32): u16 {
  return clippedCode(Mathf.sqrt(variance) * factors.sigmaPerDn + 0.5);
}

/** Writes the flags of eight columns, in 16-bit lanes, to the ring's line at `line`; the defect map is added. */
export function storeFlags(column: usize, line: usize, flags: v128): void {
  const good = i8x16.eq(v128.load64_zero(setup.badMap + column), i8x16.splat(0));
  const marks = v128.andnot(v128.load_splat<u8>(BAD_MARK), good);
  v128.store64_lane(image.flags + line + column, v128.or(i8x16.narrow_i16x8_u(flags, flags), marks), 0);
}

/** Writes one column, from DN. */
export function storePixel(column: usize, line: usize, signal: f32, variance: f32, flags: u32): void {
  const at = line + column;
  store<u16>(image.intensity + (at << 1), intensityCode(signal));
  store<u16>(image.sigma + (at << 1), sigmaCode(variance));
  const bad: u32 = load<u8>(setup.badMap + column) !== 0 ? PIXEL_BAD : 0;
  store<u8>(image.flags + at, u8(flags | bad));
}
