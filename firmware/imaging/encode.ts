// From DN to codes: intensity round(signal / scale) + offset, sigma round(sqrt(variance) / scale), both clipped to u16.
import { PIXEL_BAD } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { image } from "./buffers.ts";

const CODE_LARGEST: f32 = 65535;

/** Intensity codes of eight signals, DN. */
export function intensityCodes(low: v128, high: v128): v128 {
  const factor = f32x4.splat(image.intensityPerDn);
  const bias = f32x4.splat(image.intensityBias);
  return roundedCodes(low, high, factor, bias);
}

/** Sigma codes of eight variances, DN^2. */
export function sigmaCodes(low: v128, high: v128): v128 {
  const factor = f32x4.splat(image.sigmaPerDn);
  return roundedCodes(f32x4.sqrt(low), f32x4.sqrt(high), factor, f32x4.splat(0.5));
}

function roundedCodes(low: v128, high: v128, factor: v128, bias: v128): v128 {
  return i16x8.narrow_i32x4_u(
    i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(low, factor), bias)),
    i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(high, factor), bias)),
  );
}

function clippedCode(value: f32): u16 {
  return u16(u32(max<f32>(0, min<f32>(CODE_LARGEST, value))));
}

export function intensityCode(signal: f32): u16 {
  return clippedCode(signal * image.intensityPerDn + image.intensityBias);
}

export function sigmaCode(variance: f32): u16 {
  return clippedCode(Mathf.sqrt(variance) * image.sigmaPerDn + 0.5);
}

/** Writes eight columns of the ring's line at `line`; `flags` in 16-bit lanes, the defect map is added. */
export function storeTile(column: usize, line: usize, intensity: v128, sigma: v128, flags: v128): void {
  const at = line + column;
  v128.store(image.intensity + (at << 1), intensity);
  v128.store(image.sigma + (at << 1), sigma);
  const bad = i8x16.ne(v128.load64_zero(setup.badMap + column), i8x16.splat(0));
  const marks = v128.and(bad, i8x16.splat(i8(PIXEL_BAD)));
  v128.store64_lane(image.flags + at, v128.or(i8x16.narrow_i16x8_u(flags, flags), marks), 0);
}

/** The same for one column, from DN. */
export function storePixel(column: usize, line: usize, signal: f32, variance: f32, flags: u32): void {
  const at = line + column;
  store<u16>(image.intensity + (at << 1), intensityCode(signal));
  store<u16>(image.sigma + (at << 1), sigmaCode(variance));
  const bad: u32 = load<u8>(setup.badMap + column) !== 0 ? PIXEL_BAD : 0;
  store<u8>(image.flags + at, u8(flags | bad));
}
