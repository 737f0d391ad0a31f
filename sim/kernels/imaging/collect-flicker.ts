/**
 * 1/f noise of the dark current, integrated over each interval: a Gaussian vector over the reads of the frame, made from
 * independent normals by the lower triangular factor of its covariance (sim/detector/flicker.ts), times sqrt(dark rate).
 */
import * as S from "./collect-settings.ts";

/** Electrons in the interval before `read`. @param normals of the quad for the first read. */
export function flickerCharge(dark: v128, read: u32, normals: usize): v128 {
  let factor = S.flickerTable + ((<usize>read * (read + 1)) << 1);
  let sum = f32x4.splat(0);
  const end = normals + <usize>(read + 1) * S.CHUNK_BYTES;
  for (let at = normals; at < end; at += S.CHUNK_BYTES, factor += 4) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(factor), v128.load(at)));
  }
  return f32x4.mul(f32x4.sqrt(dark), sum);
}
