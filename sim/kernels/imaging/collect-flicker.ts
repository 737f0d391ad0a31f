/**
 * 1/f noise of the dark current, integrated over each interval: a Gaussian vector over the reads of the frame, made from
 * independent normals by the lower triangular factor of its covariance (sim/detector/flicker.ts), times sqrt(dark rate).
 */
import * as S from "./collect-settings.ts";

/** Adds the electrons of the interval before `read` to GENERATED of the chunk's quads. */
export function addFlicker(pixelBytes: usize, quads: u32, read: u32): void {
  const factors = S.flickerTable + ((<usize>read * (read + 1)) << 1);
  if (read < 2) addFewTerms(pixelBytes, quads, read, factors);
  else addTerms(pixelBytes, quads, read, factors);
}

function addNoise(at: usize, dark: v128, sum: v128): void {
  const noise = f32x4.mul(f32x4.sqrt(dark), sum);
  v128.store(at, f32x4.add(v128.load(at, S.GENERATED), noise), S.GENERATED);
}

function addTerms(pixelBytes: usize, quads: u32, read: u32, factors: usize): void {
  let dark = S.darkRateEPerS + pixelBytes;
  const end = S.work + ((<usize>quads) << 4);
  const normalBytes = <usize>(read + 1) * S.CHUNK_BYTES;
  for (let at = S.work; at < end; at += 16, dark += 16) {
    let sum = f32x4.splat(0);
    const last = at + S.FLICKER_NORMALS + normalBytes;
    let factor = factors;
    for (let normals = at + S.FLICKER_NORMALS; normals < last; normals += S.CHUNK_BYTES, factor += 4) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(factor), v128.load(normals)));
    }
    addNoise(at, v128.load(dark), sum);
  }
}

/** addTerms of the first two reads, the same bits with the factors in registers. */
function addFewTerms(pixelBytes: usize, quads: u32, read: u32, factors: usize): void {
  let dark = S.darkRateEPerS + pixelBytes;
  const first = v128.load32_splat(factors);
  const second = read > 0 ? v128.load32_splat(factors, 4) : f32x4.splat(0);
  const end = S.work + ((<usize>quads) << 4);
  for (let at = S.work; at < end; at += 16, dark += 16) {
    let sum = f32x4.mul(first, v128.load(at, S.FLICKER_NORMALS));
    if (read > 0) sum = f32x4.add(sum, f32x4.mul(second, v128.load(at, S.SECOND_NORMALS)));
    addNoise(at, v128.load(dark), sum);
  }
}
