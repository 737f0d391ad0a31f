/**
 * 1/f noise of the dark current, integrated over each interval: a Gaussian vector over the reads of the frame, made from
 * independent normals by the lower triangular factor of its covariance (sim/detector/flicker.ts), times sqrt(dark rate).
 */
import * as S from "./collect-settings.ts";
import { flickerNormals } from "./collect-words.ts";

/** Electrons in the interval before `read`. Call for read 0, 1, …: the normals of earlier reads are kept in S.work. */
export function flickerCharge(rootDark: v128, read: u32, shotWords: usize): v128 {
  const normals = S.work + 32;
  v128.store(normals + ((<usize>read) << 4), flickerNormals(shotWords));
  let factor = S.flickerTable + ((<usize>read * (read + 1)) << 1);
  let sum = f32x4.splat(0);
  const end = normals + ((<usize>read + 1) << 4);
  for (let at = normals; at < end; at += 16, factor += 4) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(factor), v128.load(at)));
  }
  return f32x4.mul(rootDark, sum);
}
