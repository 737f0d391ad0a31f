import type { PixelSamples } from "./correct.ts";
import { noiseVariance } from "./evaluate.ts";
import type { ReferenceParameters } from "./parameters.ts";
import { type Fit, REACH_LARGEST } from "./scoring.ts";
import type { Tables } from "./tables.ts";

const HALF_LIGHT_M_PER_NS = 0.149896229;
const REACH_NS = 3;
const LEFT_SMALLEST = 1e-6;
const CURVATURE = 3;
const RESIDUAL = 4;

/** Codes of the variance of depth inside a pixel: its signed root, and the root of its sigma. */
export interface SpreadCodes {
  readonly root: number;
  readonly sigma: number;
}

/** Weighted products of background, share, slope, curvature and residual over the usable gates. */
function products(p: ReferenceParameters, tables: Tables, pixel: PixelSamples, fit: Fit): number[][] {
  const reach = Math.min(REACH_NS, REACH_LARGEST * p.responseTauNs);
  const before = tables.respond(fit.positionNs - reach).shares;
  const after = tables.respond(fit.positionNs + reach).shares;
  const { shares, slopes } = tables.respond(fit.positionNs);
  const bend = (0.5 * fit.amplitudeE) / (reach * reach);
  const sums = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  pixel.electrons.forEach((y, k) => {
    if (y === undefined) return;
    const mean = fit.amplitudeE * shares[k]! + fit.backgroundE;
    const curvature = (before[k]! + after[k]! - 2 * shares[k]!) * bend;
    const vectors = [1, shares[k]!, slopes[k]!, curvature, y - mean];
    const weight = 1 / (Math.max(mean, 0) + noiseVariance(p));
    for (let i = 0; i < 5; i++)
      for (let j = i; j < 5; j++) sums[i]![j]! += weight * vectors[i]! * vectors[j]!;
  });
  return sums;
}

function rangeCode(p: ReferenceParameters, varianceNs2: number, largest: number): number {
  const metres = Math.sqrt(varianceNs2) * HALF_LIGHT_M_PER_NS;
  return Math.min(largest, Math.floor(metres / p.rangeScale + 0.5));
}

/** Score test of a second surface near the first; see firmware/stages/spread.ts. */
export function estimateSpread(
  p: ReferenceParameters,
  tables: Tables,
  pixel: PixelSamples,
  fit: Fit,
): SpreadCodes {
  const sums = products(p, tables, pixel, fit);
  const whole = sums[CURVATURE]![CURVATURE]!;
  for (let i = 0; i < CURVATURE; i++) {
    const inverse = 1 / sums[i]![i]!;
    for (let j = i + 1; j < 5; j++) {
      const factor = sums[i]![j]! * inverse;
      for (let k = j; k < 5; k++) sums[j]![k]! -= factor * sums[i]![k]!;
    }
  }
  const left = sums[CURVATURE]![CURVATURE]!;
  if (!(left > LEFT_SMALLEST * whole)) return { root: 0, sigma: 0 };
  const variance = sums[CURVATURE]![RESIDUAL]! / left;
  const root = rangeCode(p, Math.abs(variance), 32767);
  return { root: variance < 0 ? -root : root, sigma: rangeCode(p, Math.sqrt(1 / left), 65535) };
}
