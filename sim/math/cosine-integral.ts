import { log } from "./logarithm.ts";
import { cos, sin } from "./trigonometry.ts";

const EULER_GAMMA = 0.57721566490153286;
/** Up to here the power series loses few digits; from here on the continued fraction needs few terms. */
const SERIES_LIMIT = 2;
const MOST_TERMS = 200;
const PRECISION = 1e-16;

/** Ci(x) = gamma + ln x + sum over k >= 1 of (-1)^k x^2k / (2k (2k)!) (Abramowitz & Stegun 5.2.16). */
function series(x: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 1; k < MOST_TERMS; k++) {
    term *= -(x * x) / ((2 * k - 1) * (2 * k));
    sum += term / (2 * k);
    if (term * term < PRECISION * PRECISION) break;
  }
  return EULER_GAMMA + log(x) + sum;
}

/**
 * Ci(x) = -Re E1(ix), E1(z) = e^-z (1/(z + 1 - 1/(z + 3 - 4/(z + 5 - …)))) (A&S 5.1.22, even part), by Lentz's method on
 * complex numbers (re, im).
 */
function continuedFraction(x: number): number {
  let [bRe, cRe, cIm] = [1, 1e300, 0];
  let [dRe, dIm] = inverse(bRe, x);
  let [hRe, hIm] = [dRe, dIm];
  for (let k = 1; k < MOST_TERMS; k++) {
    const a = -k * k;
    bRe += 2;
    [dRe, dIm] = inverse(a * dRe + bRe, a * dIm + x);
    const [iRe, iIm] = inverse(cRe, cIm);
    [cRe, cIm] = [bRe + a * iRe, x + a * iIm];
    const stepRe = cRe * dRe - cIm * dIm;
    const stepIm = cRe * dIm + cIm * dRe;
    [hRe, hIm] = [hRe * stepRe - hIm * stepIm, hRe * stepIm + hIm * stepRe];
    if ((stepRe - 1) * (stepRe - 1) + stepIm * stepIm < PRECISION * PRECISION) break;
  }
  return -(cos(x) * hRe + sin(x) * hIm);
}

function inverse(re: number, im: number): [number, number] {
  const square = re * re + im * im;
  return [re / square, -im / square];
}

/** Cosine integral Ci(x) for x > 0: absolute error below 1e-14. */
export function cosineIntegral(x: number): number {
  return x <= SERIES_LIMIT ? series(x) : continuedFraction(x);
}
