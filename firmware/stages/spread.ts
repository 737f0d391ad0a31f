// How far the light of one pixel is spread in depth: the score test of a second surface near the first.
// Light at several return times t_i with weights p_i collects sum p_i f(t_i) = f(t0) + V f''(t0)/2 + ..., V the variance
// of the return times. V is the part of the residual along A f''/2 that background, amplitude and return time cannot
// explain (least squares with the weights of the fit), and V over its sigma is the statistic of one degree of freedom
// that finds a mixture soonest. Two surfaces p, 1 - p at distance d have V = p(1 - p)(2 d/c)^2.
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { HALF_LIGHT_M_PER_NS } from "./classify.ts";
import { UNUSABLE_E } from "./correct.ts";
import { respondAround } from "./response.ts";
import { fit, REACH_LARGEST } from "./scoring.ts";

/** f'' is the difference of responses so far before and after: two equal surfaces 0.9 m apart are met exactly. */
const REACH_NS: f64 = 3;
/** Background, share, slope, curvature, residual. */
const VECTORS: u32 = 5;
const CURVATURE: u32 = 3;
const RESIDUAL: u32 = 4;
/** Of the curvature's information, what must be left when the others are fitted; less is rounding error. */
const LEFT_SMALLEST: f64 = 1e-6;

@unmanaged
export class Spread {
  /** Estimate of V, ns^2; negative by chance in half of all pixels with one surface. */
  varianceNs2: f64 = 0;
  /** Its standard deviation, ns^2; 0 when there is no estimate. */
  sigmaNs2: f64 = 0;
}

export const spread = changetype<Spread>(memory.data(offsetof<Spread>()));
const vectors: usize = memory.data(40);
const products: usize = memory.data(200);

/** Address of the weighted product of vectors i and j. */
function product(i: u32, j: u32): usize {
  return products + ((i * VECTORS + j) << 3);
}

/** Adds one gate. */
function addGate(weight: f64): void {
  for (let i: u32 = 0; i < VECTORS; i++) {
    for (let j = i; j < VECTORS; j++) {
      const term = weight * load<f64>(vectors + (i << 3)) * load<f64>(vectors + (j << 3));
      store<f64>(product(i, j), load<f64>(product(i, j)) + term);
    }
  }
}

/** Takes vector `i` out of those after it. */
function eliminate(i: u32): void {
  const inverse = 1.0 / load<f64>(product(i, i));
  for (let j = i + 1; j < VECTORS; j++) {
    const factor = load<f64>(product(i, j)) * inverse;
    for (let k = j; k < VECTORS; k++) {
      store<f64>(product(j, k), load<f64>(product(j, k)) - factor * load<f64>(product(i, k)));
    }
  }
}

/** Sums over the usable gates. Responses at t0, before and after it stand at setup.response and setup.pairs. */
function addGates(electrons: usize, reach: f64): void {
  const before = setup.pairs;
  const after = setup.pairs + (setup.paddedGates << 3);
  const bend = (0.5 * fit.amplitudeE) / (reach * reach);
  memory.fill(products, 0, 200);
  store<f64>(vectors, 1);
  for (let byte: usize = 0; byte < setup.gates << 2; byte += 4) {
    const y = load<f32>(electrons + byte);
    if (y >= UNUSABLE_E) continue;
    const share = f64(load<f32>(setup.response + byte));
    const around = f64(load<f32>(before + byte)) + f64(load<f32>(after + byte));
    const mean = fit.amplitudeE * share + fit.backgroundE;
    store<f64>(vectors, share, 8);
    store<f64>(vectors, f64(load<f32>(setup.response + (setup.paddedGates << 2) + byte)), 16);
    store<f64>(vectors, (around - 2.0 * share) * bend, 24);
    store<f64>(vectors, f64(y) - mean, 32);
    addGate(1.0 / (max(mean, 0.0) + f64(setup.noiseVarianceE2)));
  }
}

/** Fills `spread` for the pixel that `fit` holds the result of. Overwrites the tile's setup.pairs and setup.response. */
export function estimateSpread(electrons: usize): void {
  const reach = min(REACH_NS, REACH_LARGEST * f64(parameters.responseTauNs));
  respondAround(fit.positionNs, reach);
  addGates(electrons, reach);
  const whole = load<f64>(product(CURVATURE, CURVATURE));
  for (let i: u32 = 0; i < CURVATURE; i++) eliminate(i);
  const left = load<f64>(product(CURVATURE, CURVATURE));
  const usable = left > LEFT_SMALLEST * whole;
  spread.varianceNs2 = usable ? load<f64>(product(CURVATURE, RESIDUAL)) / left : 0.0;
  spread.sigmaNs2 = usable ? Math.sqrt(1.0 / left) : 0.0;
}

/** Root of a variance of the return time as a distance in codes of the range. */
function rangeCode(varianceNs2: f64, largest: f64): u32 {
  const metres = Math.sqrt(varianceNs2) * HALF_LIGHT_M_PER_NS;
  return u32(min(largest, Math.floor(metres / f64(parameters.rangeScale) + 0.5)));
}

/** Writes `spread` to the line, i16[width] signed roots, then u16[width] roots of sigma, and clears it. */
export function putSpread(column: u32): void {
  const target = setup.spreadLine + (column << 1);
  const root = i32(rangeCode(Math.abs(spread.varianceNs2), 32767));
  store<i16>(target, i16(spread.varianceNs2 < 0.0 ? -root : root));
  store<u16>(target + (setup.width << 1), u16(rangeCode(spread.sigmaNs2, 65535)));
  spread.varianceNs2 = 0;
  spread.sigmaNs2 = 0;
}
