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
import { shotWords } from "./collect-words.ts";
import { poissonQuad } from "./poisson-quad.ts";

const LOW_MEAN_E: f32 = 20;
/** Keeps x from being 0, where (1 - e^(-x)) / x would not be a number. */
const TINY: f32 = 1e-20;
const SIXTH: f32 = 1.0 / 6.0;
const THIRD: f32 = 1.0 / 3.0;

/** `filled`: 1 - e^(-x). A word is a normal or, at low means, a uniform number: never both. */
function drawCount(mean: v128, filled: v128, words: v128): v128 {
  const low = f32x4.lt(mean, f32x4.splat(LOW_MEAN_E));
  if (!v128.any_true(low)) return skewedNormal(mean, filled, words);
  const lowMean = f32x4.pmin(mean, f32x4.splat(LOW_MEAN_E));
  const inverted = poissonQuad(lowMean, words, S.reciprocals);
  if (i32x4.all_true(low)) return inverted;
  return v128.bitselect(inverted, skewedNormal(mean, filled, words), low);
}

function skewedNormal(mean: v128, filled: v128, words: v128): v128 {
  const variance = f32x4.sub(mean, f32x4.mul(mean, filled));
  const c = f32x4.sub(f32x4.splat(SIXTH), f32x4.mul(filled, f32x4.splat(THIRD)));
  const squared = f32x4.sub(variance, f32x4.mul(f32x4.add(c, c), c));
  const s = f32x4.sqrt(f32x4.pmax(f32x4.splat(0), squared));
  const z = normalQuad(words, S.normalTable);
  return f32x4.add(f32x4.sub(mean, c), f32x4.mul(z, f32x4.add(s, f32x4.mul(c, z))));
}

/**
 * Electrons of the chunk's quads between two reads, to S.generated.
 * @param pixelBytes of the first pixel.
 * @param times address of the read's entry in the read table.
 */
export function generate(pixelBytes: usize, quads: u32, times: usize): void {
  const lightS = v128.load32_splat(times);
  const darkS = v128.load32_splat(times, 4);
  const lightX = v128.load32_splat(times, 8);
  const darkX = v128.load32_splat(times, 12);
  for (let quad: u32 = 0; quad < quads; quad++, pixelBytes += 16) {
    const at = (<usize>quad) << 4;
    const light = v128.load(S.lightRateEPerS + pixelBytes);
    const dark = v128.load(S.darkRateEPerS + pixelBytes);
    let mean = f32x4.add(f32x4.mul(light, lightS), f32x4.mul(dark, darkS));
    let filled = f32x4.splat(0);
    if (S.biasDependence) {
      const bent = f32x4.add(f32x4.mul(light, lightX), f32x4.mul(dark, darkX));
      const x = f32x4.add(bent, f32x4.splat(TINY));
      filled = oneMinusExp(x);
      const left = f32x4.sub(mean, f32x4.mul(x, v128.load(S.node + at)));
      // Not max: that takes eight instructions, as it minds what is no number.
      mean = f32x4.pmax(f32x4.splat(0), f32x4.mul(left, f32x4.div(filled, x)));
    }
    v128.store(S.generated + at, S.shotNoise ? drawCount(mean, filled, shotWords(quad)) : mean);
  }
}
