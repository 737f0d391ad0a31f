import type { PixelSamples } from "./correct.ts";
import { evaluate } from "./evaluate.ts";
import { expShort } from "./exponential.ts";
import type { ReferenceParameters } from "./parameters.ts";
import { DETERMINANT_SMALLEST, type Fit } from "./scoring.ts";
import type { Tables } from "./tables.ts";

const WIDE = 0.0625;
const STEPS = 4;
const STEP_SIGMAS = 1.2;
const LOG_LEAST = -80;
const LOG_MOST = 40;
const VARIANCE_LEAST = 0.1;

/** Slope of the logarithm of the likelihood at a time, amplitude and background fitted anew. */
function scoreAt(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  { amplitudeE, backgroundE }: Fit,
  positionNs: number,
): number {
  const s = evaluate(p, tables.respond(positionNs), pixel, amplitudeE, backgroundE);
  const determinant = s.ff * s.one - s.f * s.f;
  if (!(determinant > DETERMINANT_SMALLEST * (s.ff * s.one))) return 0;
  const amplitude = (s.one * s.fr - s.f * s.r) / determinant;
  const background = (s.ff * s.r - s.f * s.fr) / determinant;
  return amplitudeE * (s.gr - amplitude * s.fg - background * s.g);
}

/** The fit with mean and variance of the return time over the likelihood where it is wide; see firmware/stages/average.ts. */
export function averageTime(p: ReferenceParameters, tables: Tables, pixel: PixelSamples, fit: Fit): Fit {
  const tau = p.responseTauNs;
  const inside = (positionNs: number): boolean => positionNs >= 0 && positionNs <= tables.spanNs;
  const atEnd = fit.positionNs <= 0 || fit.positionNs >= tables.spanNs;
  if (fit.positionVariance <= WIDE * tau * tau || atEnd) return fit;
  const step = STEP_SIGMAS * Math.sqrt(fit.positionVariance);
  const middle = scoreAt(p, tables, pixel, fit, fit.positionNs);
  let [weights, first, second] = [1, 0, 0];
  for (const way of [-1, 1]) {
    let [log, before] = [0, middle];
    for (let i = 1; i <= STEPS; i++) {
      const steps = way * i;
      const positionNs = fit.positionNs + steps * step;
      if (!inside(positionNs)) break;
      const score = scoreAt(p, tables, pixel, fit, positionNs);
      log += way * 0.5 * step * (before + score);
      before = score;
      const weight = expShort(Math.max(LOG_LEAST, Math.min(LOG_MOST, log)));
      weights += weight;
      first += steps * weight;
      second += steps * steps * weight;
    }
  }
  const mean = first / weights;
  const variance = (second / weights - mean * mean) * step * step;
  return {
    ...fit,
    positionNs: fit.positionNs + mean * step,
    positionVariance: Math.max(variance, VARIANCE_LEAST * fit.positionVariance),
  };
}
