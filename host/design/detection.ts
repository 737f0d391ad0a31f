import { normalShareBelow } from "./normal.ts";

export interface Detection {
  /** Share of pixels with a return, 0..1. */
  readonly share: number;
  /** Standard deviation of their range over the Cramer-Rao bound. */
  readonly overBound: number;
}

const NOTHING: Detection = { share: 0, overBound: Infinity };
/** Simpson steps over the angle, even. */
const STEPS = 64;
/** The angle's own spread is 1/snr; beyond this many spreads nothing is left. */
const WIDEST_SPREADS = 8;
/** The fit's steps are limited: no estimate strays further than this tangent says. */
const LARGEST_TANGENT = 2.5;
/** Halvings of the interval in which the threshold is searched. */
const HALVINGS = 40;

/**
 * Which pixels have a return, and how far their ranges spread. Near the truth the samples depend linearly on the amplitude
 * a and on p = amplitude x time; whitened, (a, p) is normal about (snr, 0) with unit variances. The fit turns time until
 * all of the vector is amplitude, so a pixel passes where its length z exceeds the threshold, and its error of time, in units
 * of the bound, is snr p / a = snr tan(theta). In polar coordinates the integral over z has a closed form:
 *   P = int dtheta exp(-(snr sin)^2 / 2) [exp(-(b - m)^2 / 2) + sqrt(2 pi) m Phi(m - b)] / 2 pi,   m = snr cos(theta).
 * @param snr amplitude over its standard deviation. @param threshold the same for an amplitude that just passes, b.
 */
export function detectionOf(snr: number, threshold: number): Detection {
  if (!Number.isFinite(snr) || !Number.isFinite(threshold)) return NOTHING;
  const widest = Math.min(Math.PI / 2, WIDEST_SPREADS / snr);
  const step = widest / STEPS;
  let passing = 0;
  let squares = 0;
  for (let i = 0; i <= STEPS; i++) {
    const theta = i * step;
    const simpson = i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2;
    const weight = simpson * passingDensity(theta, snr, threshold);
    passing += weight;
    squares += weight * Math.min(Math.tan(theta), LARGEST_TANGENT) ** 2;
  }
  // Both halves of the circle's front: twice the integral from 0.
  const share = Math.min(1, (2 * step * passing) / 3);
  return { share, overBound: snr * Math.sqrt(squares / passing) };
}

function passingDensity(theta: number, snr: number, threshold: number): number {
  const along = snr * Math.cos(theta);
  const across = snr * Math.sin(theta);
  const gap = threshold - along;
  const beyond = Math.exp((-gap * gap) / 2) + Math.sqrt(2 * Math.PI) * along * normalShareBelow(-gap);
  return (Math.exp((-across * across) / 2) * beyond) / (2 * Math.PI);
}

/**
 * The amplitude that is `factor` times its own standard deviation, which grows more slowly than the amplitude.
 * @param sigmaAt standard deviation of an amplitude, electrons.
 */
export function thresholdAmplitudeE(sigmaAt: (amplitudeE: number) => number, factor: number): number {
  let low = 0;
  let high = 1;
  while (high < factor * sigmaAt(high)) {
    if (high > 1e12) return Infinity;
    high *= 4;
  }
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (middle < factor * sigmaAt(middle)) low = middle;
    else high = middle;
  }
  return high;
}
