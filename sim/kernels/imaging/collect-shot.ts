/**
 * Electrons that light and dark current bring in one interval. With the bias falling as the node fills, the generation
 * rate is a - b Q: a linear death process of a/b - q places, each filled with probability 1 - e^(-x), x = b dt. So
 *   mean = (a dt - x q) (1 - e^(-x)) / x,   variance = mean e^(-x),   third cumulant = variance (2 e^(-x) - 1),
 * which at b = 0 is the Poisson law. Charge does not flow back: a mean below 0 counts as 0.
 *
 * From 20 electrons on, the Cornish-Fisher expansion up to the skew, n = mean - c + z (s + c z): c = kappa3 / (6 kappa2) and
 * s^2 = kappa2 - 2 c^2 make mean and variance exact. Below 20, exact inversion of the Poisson law (the few places that are
 * then missing of a full well's many change the variance by less than one part in a thousand).
 */
import { normalQuad } from "../pixel/normal.ts";
import { oneMinusExp } from "./collect-decay.ts";
import * as S from "./collect-settings.ts";
import { poissonQuad } from "./poisson-quad.ts";

const LOW_MEAN_E: f32 = 20;
/** Keeps x from being 0, where (1 - e^(-x)) / x would not be a number. */
const TINY: f32 = 1e-20;
const SIXTH: f32 = 1.0 / 6.0;
const THIRD: f32 = 1.0 / 3.0;
const ALL_LANES: i32 = 15;

/** `filled`: 1 - e^(-x). A word is a normal or, at low means, a uniform number: never both. */
function drawCount(mean: v128, filled: v128, words: v128): v128 {
  const low = f32x4.lt(mean, f32x4.splat(LOW_MEAN_E));
  // A bitmask is tested in fewer instructions than any_true and all_true.
  const lanes = i32x4.bitmask(low);
  if (lanes == ALL_LANES) return poissonQuad(mean, words, S.reciprocals);
  const count = skewedNormal(mean, filled, words);
  if (lanes == 0) return count;
  const lowMean = f32x4.pmin(mean, f32x4.splat(LOW_MEAN_E));
  return v128.bitselect(poissonQuad(lowMean, words, S.reciprocals), count, low);
}

function skewedNormal(mean: v128, filled: v128, words: v128): v128 {
  const variance = f32x4.sub(mean, f32x4.mul(mean, filled));
  const c = f32x4.sub(f32x4.splat(SIXTH), f32x4.mul(filled, f32x4.splat(THIRD)));
  const squared = f32x4.sub(variance, f32x4.mul(f32x4.add(c, c), c));
  const s = f32x4.sqrt(f32x4.pmax(f32x4.splat(0), squared));
  const z = normalQuad(words, S.normalTable);
  return f32x4.add(f32x4.sub(mean, c), f32x4.mul(z, f32x4.add(s, f32x4.mul(c, z))));
}

/** Means of the interval with the bias falling, to GENERATED, and 1 - e^(-x), to FILLED. `times`: entry of the read table. */
function bentMeans(pixelBytes: usize, quads: u32, times: usize): void {
  const lightS = v128.load32_splat(times);
  const darkS = v128.load32_splat(times, 4);
  const lightX = v128.load32_splat(times, 8);
  const darkX = v128.load32_splat(times, 12);
  let light = S.lightRateEPerS + pixelBytes;
  let dark = S.darkRateEPerS + pixelBytes;
  const end = S.work + ((<usize>quads) << 4);
  for (let at = S.work; at < end; at += 16, light += 16, dark += 16) {
    const lightE = v128.load(light);
    const darkE = v128.load(dark);
    const mean = f32x4.add(f32x4.mul(lightE, lightS), f32x4.mul(darkE, darkS));
    const bent = f32x4.add(f32x4.mul(lightE, lightX), f32x4.mul(darkE, darkX));
    const x = f32x4.add(bent, f32x4.splat(TINY));
    const filled = oneMinusExp(x);
    const left = f32x4.sub(mean, f32x4.mul(x, v128.load(at)));
    // Not max: that takes eight instructions, as it minds what is no number.
    const kept = f32x4.pmax(f32x4.splat(0), f32x4.mul(left, f32x4.div(filled, x)));
    v128.store(at, kept, S.GENERATED);
    v128.store(at, filled, S.FILLED);
  }
}

/** As bentMeans, at the bias of the reset level. */
function steadyMeans(pixelBytes: usize, quads: u32, times: usize): void {
  const lightS = v128.load32_splat(times);
  const darkS = v128.load32_splat(times, 4);
  let light = S.lightRateEPerS + pixelBytes;
  let dark = S.darkRateEPerS + pixelBytes;
  const end = S.work + ((<usize>quads) << 4);
  for (let at = S.work; at < end; at += 16, light += 16, dark += 16) {
    const mean = f32x4.add(f32x4.mul(v128.load(light), lightS), f32x4.mul(v128.load(dark), darkS));
    v128.store(at, mean, S.GENERATED);
    v128.store(at, f32x4.splat(0), S.FILLED);
  }
}

function drawCounts(quads: u32): void {
  let words = S.words;
  const end = S.work + ((<usize>quads) << 4);
  for (let at = S.work; at < end; at += 16, words += 32) {
    const mean = v128.load(at, S.GENERATED);
    v128.store(at, drawCount(mean, v128.load(at, S.FILLED), v128.load(words)), S.GENERATED);
  }
}

/**
 * Electrons of the chunk's quads between two reads, to GENERATED. Means first, then counts: both are long chains, of which
 * the processor works on several quads at once if each is alone in its loop.
 * @param pixelBytes of the first pixel.
 * @param times address of the read's entry in the read table.
 */
export function generate(pixelBytes: usize, quads: u32, times: usize): void {
  if (S.biasDependence) bentMeans(pixelBytes, quads, times);
  else steadyMeans(pixelBytes, quads, times);
  if (S.shotNoise) drawCounts(quads);
}
