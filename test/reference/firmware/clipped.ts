import type { PixelSamples } from "./correct.ts";
import { gainE16 } from "./correct.ts";
import { noiseVariance, type Sums } from "./evaluate.ts";
import { expShort } from "./exponential.ts";
import type { Start } from "./matched-filter.ts";
import type { ReferenceParameters } from "./parameters.ts";
import type { GateShares } from "./response.ts";
import type { Tables } from "./tables.ts";

const INVERSE_ROOT_2_PI = 0.3989422804014327;
const Z_LARGEST = 36;
const SMALLEST = 2.2250738585072014e-308;

/** Least signal of a clipped gate, electrons. */
function limitOf(p: ReferenceParameters, pixel: PixelSamples): number {
  return ((p.saturationDn - 0.5) * 16 - pixel.offsetDn16) * gainE16(p);
}

/** Density over the probability above z, of the normal distribution. */
function hazard(z: number): number {
  const size = Math.min(Math.abs(z), Z_LARGEST);
  const above = ((Math.PI - 1) * size + Math.sqrt(size * size + 2 * Math.PI)) / Math.PI;
  if (z >= 0) return above + (z - size);
  const density = expShort(-0.5 * size * size) * INVERSE_ROOT_2_PI;
  return density / (1 - density / above);
}

/** Sums of one comparison of a pixel with clipped gates, in f64; see firmware/stages/clipped.ts. */
export function evaluateClipped(
  p: ReferenceParameters,
  response: GateShares,
  pixel: PixelSamples,
  at: Start,
): Sums {
  const sums = { ff: 0, f: 0, fg: 0, one: 0, g: 0, gg: 0, fr: 0, r: 0, gr: 0, rr: 0 };
  const limitE = limitOf(p, pixel);
  pixel.electrons.forEach((y, k) => {
    const [f, g] = [response.shares[k]!, response.slopes[k]!];
    const mu = at.amplitudeE * f + at.backgroundE;
    const variance = Math.max(mu, 0) + noiseVariance(p);
    let w = 1 / variance;
    let wr = 0;
    if (y === undefined) {
      const noise = Math.sqrt(variance);
      const z = (limitE - mu) / noise;
      const h = hazard(z);
      w *= h * (h - z);
      wr = h / noise;
    } else {
      wr = w * (y - mu);
      sums.rr += wr * (y - mu);
    }
    sums.ff += w * f * f;
    sums.f += w * f;
    sums.fg += w * f * g;
    sums.one += w;
    sums.g += w * g;
    sums.gg += w * g * g;
    sums.fr += wr * f;
    sums.r += wr;
    sums.gr += wr * g;
  });
  return sums;
}

/** Gates that are not clipped and whose signal stands out of the noise. */
export function signalGates(
  p: ReferenceParameters,
  pixel: PixelSamples,
  response: GateShares,
  at: Start,
): number {
  return pixel.electrons.filter((y, k) => {
    const mu = at.amplitudeE * response.shares[k]! + at.backgroundE;
    return y !== undefined && mu - at.backgroundE > 3 * Math.sqrt(Math.max(mu, 0) + noiseVariance(p));
  }).length;
}

function fitLinear(p: ReferenceParameters, pixel: PixelSamples, shares: readonly number[]): [number, number] {
  let [one, f1, ff, y1, fy] = [0, 0, 0, 0, 0];
  pixel.electrons.forEach((y, k) => {
    if (y === undefined) return;
    const f = shares[k]!;
    const w = 1 / (Math.max(y, 0) + noiseVariance(p));
    one += w;
    f1 += w * f;
    ff += w * f * f;
    y1 += w * y;
    fy += w * f * y;
  });
  const amplitudeE = (one * fy - f1 * y1) / Math.max(one * ff - f1 * f1, SMALLEST);
  return [amplitudeE, (y1 - amplitudeE * f1) / one];
}

/** Start of a fit with clipped gates: the best of all templates' times. */
export function startClipped(p: ReferenceParameters, tables: Tables, pixel: PixelSamples): Start {
  const limitE = limitOf(p, pixel);
  let least = Infinity;
  let best: Start = { amplitudeE: 0, backgroundE: 0, positionNs: 0 };
  tables.templates.forEach((_, index) => {
    const positionNs = Math.min(index * tables.templateStepNs, tables.spanNs);
    const { shares } = tables.respond(positionNs);
    const [amplitudeE, backgroundE] = fitLinear(p, pixel, shares);
    let left = 0;
    pixel.electrons.forEach((y, k) => {
      const mu = amplitudeE * shares[k]! + backgroundE;
      const lack = y === undefined ? Math.max(limitE - mu, 0) : y - mu;
      left += (lack * lack) / (Math.max(y ?? limitE, 0) + noiseVariance(p));
    });
    if (!(amplitudeE > 0 && left < least)) return;
    least = left;
    best = { amplitudeE, backgroundE, positionNs };
  });
  const { amplitudeE, backgroundE, positionNs } = best;
  return { amplitudeE: Math.fround(amplitudeE), backgroundE: Math.fround(backgroundE), positionNs };
}
