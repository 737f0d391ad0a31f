// Variance of the 1/f noise of a pixel's dark current, DN^2, from the dark map and the linear signal that it is part of.
import { FLICKER_BEND, FLICKER_SCALE, factors, splatOf } from "./buffers.ts";
import { ONE } from "./encode.ts";

export function flickerVariance(dark: f32, signal: f32): f32 {
  return dark * factors.flickerScale * (1 + signal * factors.flickerBend);
}

export function flickerQuad(dark: v128, signal: v128): v128 {
  const flickerBend = splatOf(FLICKER_BEND);
  const flickerScale = splatOf(FLICKER_SCALE);
  const bend = f32x4.add(v128.load_splat<f32>(ONE), f32x4.mul(signal, flickerBend));
  return f32x4.mul(f32x4.mul(dark, flickerScale), bend);
}
