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
import { poissonCount } from "../pixel/poisson.ts";
import { oneMinusExp } from "./collect-decay.ts";
import * as S from "./collect-settings.ts";
import { lowWordsAt, wordsAt } from "./collect-words.ts";

const LOW_MEAN_E: f32 = 20;
/** Keeps x from being 0, where (1 - e^(-x)) / x would not be a number. */
const TINY: f32 = 1e-20;
const SIXTH: f32 = 1.0 / 6.0;
const THIRD: f32 = 1.0 / 3.0;

/** Whole electrons in the lanes whose mean is low; the other lanes keep what they have. */
function invertLowMeans(electrons: v128, mean: v128, words: usize): v128 {
  v128.store(S.work, mean);
  v128.store(S.work, electrons, 16);
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const laneMean = load<f32>(S.work + lane);
    if (laneMean < LOW_MEAN_E) {
      store<f32>(S.work + lane, <f32>poissonCount(<f64>laneMean, load<u32>(words + lane)), 16);
    }
  }
  return v128.load(S.work, 16);
}

/** `filled`: 1 - e^(-x). */
function drawCount(mean: v128, filled: v128, read: u32, half: u32): v128 {
  const variance = f32x4.sub(mean, f32x4.mul(mean, filled));
  const c = f32x4.sub(f32x4.splat(SIXTH), f32x4.mul(filled, f32x4.splat(THIRD)));
  const squared = f32x4.sub(variance, f32x4.mul(f32x4.add(c, c), c));
  const s = f32x4.sqrt(f32x4.max(squared, f32x4.splat(0)));
  const z = normalQuad(v128.load(wordsAt(1 + (read << 1), half)), S.normalTable);
  const count = f32x4.add(f32x4.sub(mean, c), f32x4.mul(z, f32x4.add(s, f32x4.mul(c, z))));
  if (!v128.any_true(f32x4.lt(mean, f32x4.splat(LOW_MEAN_E)))) return count;
  return invertLowMeans(count, mean, lowWordsAt(read, half));
}

/**
 * Electrons of four pixels between two reads.
 * @param light, dark rates at the operating bias, e-/s.
 * @param q collected since the release, e-.
 * @param times the read's entry in the read table.
 */
export function generate(light: v128, dark: v128, q: v128, times: usize, read: u32, half: u32): v128 {
  const lit = f32x4.mul(light, v128.load32_splat(times));
  const offered = f32x4.add(lit, f32x4.mul(dark, v128.load32_splat(times, 4)));
  if (!S.biasDependence) return S.shotNoise ? drawCount(offered, f32x4.splat(0), read, half) : offered;
  const litX = f32x4.mul(light, v128.load32_splat(times, 8));
  const darkX = f32x4.mul(dark, v128.load32_splat(times, 12));
  const x = f32x4.add(f32x4.add(litX, darkX), f32x4.splat(TINY));
  const filled = oneMinusExp(x);
  const left = f32x4.sub(offered, f32x4.mul(x, q));
  const mean = f32x4.max(f32x4.mul(left, f32x4.div(filled, x)), f32x4.splat(0));
  return S.shotNoise ? drawCount(mean, filled, read, half) : mean;
}
