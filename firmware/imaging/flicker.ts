// Variance of the 1/f noise of a pixel's dark current, DN^2, from the dark map and the linear signal that it is part of.
import { image } from "./buffers.ts";

export function flickerVariance(dark: f32, signal: f32): f32 {
  return dark * image.flickerScale * (1 + signal * image.flickerBend);
}

export function flickerQuad(dark: v128, signal: v128): v128 {
  const bend = f32x4.add(f32x4.splat(1), f32x4.mul(signal, f32x4.splat(image.flickerBend)));
  return f32x4.mul(f32x4.mul(dark, f32x4.splat(image.flickerScale)), bend);
}
