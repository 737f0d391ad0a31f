// Gates at the saturation level. Such a gate says that at least the limit came, with probability P(y >= limit), and that
// is its part of the likelihood (J. Tobin 1958); to leave it out would keep the gates that noise happened to lower.
// With z = (limit - mu)/s and the hazard h(z) = density/P of the normal distribution, its score is h/s and its information
// h (h - z)/s^2: the same as of a sample s/(h - z) above mu with the weight of that information.
import { setup } from "../setup.ts";
import { UNUSABLE_E } from "./correct.ts";
import {
  SUM_F,
  SUM_FF,
  SUM_FG,
  SUM_FR,
  SUM_G,
  SUM_GG,
  SUM_GR,
  SUM_ONE,
  SUM_R,
  SUM_RR,
  SUMS,
  sumOf,
} from "./evaluate.ts";
import { fit } from "./fit.ts";
import { expShort } from "./math.ts";
import { respond } from "./response.ts";

const INVERSE_ROOT_2_PI: f64 = 0.3989422804014327;
/** Beyond it the density is below 1e-290. */
const Z_LARGEST: f64 = 36;
const SIGNAL_SIGMAS: f64 = 3;

/** Density over the probability above z: A. V. Boyd's bound for z > 0, at most 0.7 % off, with its mirror image. */
function hazard(z: f64): f64 {
  const size = min(Math.abs(z), Z_LARGEST);
  const above = ((Math.PI - 1.0) * size + Math.sqrt(size * size + 2.0 * Math.PI)) / Math.PI;
  if (z >= 0.0) return above + (z - size);
  const density = expShort(-0.5 * size * size) * INVERSE_ROOT_2_PI;
  return density / (1.0 - density / above);
}

function addTo(sum: u32, term: f64): void {
  store<f64>(setup.sums + (sum << 3), sumOf(sum) + term);
}

/**
 * The sums of evaluate() for a pixel with clipped gates, in f64, because amplitude and time are hard to tell apart in
 * what such a pixel has left. Chi-square is that of the samples that are not clipped.
 */
export function evaluateClipped(electrons: usize): void {
  memory.fill(setup.sums, 0, SUMS << 3);
  fit.signalGates = 0;
  for (let byte: usize = 0; byte < setup.gates << 2; byte += 4) {
    const y = f64(load<f32>(electrons + byte));
    const f = f64(load<f32>(setup.response + byte));
    const g = f64(load<f32>(setup.response + (setup.paddedGates << 2) + byte));
    const mu = fit.amplitudeE * f + fit.backgroundE;
    const variance = max(mu, 0.0) + f64(setup.noiseVarianceE2);
    let w = 1.0 / variance;
    let wr = w * (y - mu);
    if (y >= f64(UNUSABLE_E)) {
      const noise = Math.sqrt(variance);
      const z = (fit.limitE - mu) / noise;
      const h = hazard(z);
      w *= h * (h - z);
      wr = h / noise;
    } else {
      addTo(SUM_RR, wr * (y - mu));
      if (mu - fit.backgroundE > SIGNAL_SIGMAS * Math.sqrt(variance)) fit.signalGates++;
    }
    addTo(SUM_FF, w * f * f);
    addTo(SUM_F, w * f);
    addTo(SUM_FG, w * f * g);
    addTo(SUM_ONE, w);
    addTo(SUM_G, w * g);
    addTo(SUM_GG, w * g * g);
    addTo(SUM_FR, wr * f);
    addTo(SUM_R, wr);
    addTo(SUM_GR, wr * g);
  }
}

/** Variance of a sample for the start: from the data, since there is no model yet. */
function varianceOf(y: f64): f64 {
  return max(y, 0.0) + f64(setup.noiseVarianceE2);
}

/** Amplitude and background in `fit` by the samples that are not clipped, with the response at setup.response. */
function fitLinear(electrons: usize): void {
  let one: f64 = 0;
  let f1: f64 = 0;
  let ff: f64 = 0;
  let y1: f64 = 0;
  let fy: f64 = 0;
  for (let byte: usize = 0; byte < setup.gates << 2; byte += 4) {
    const y = f64(load<f32>(electrons + byte));
    if (y >= f64(UNUSABLE_E)) continue;
    const f = f64(load<f32>(setup.response + byte));
    const w = 1.0 / varianceOf(y);
    one += w;
    f1 += w * f;
    ff += w * f * f;
    y1 += w * y;
    fy += w * f * y;
  }
  fit.amplitudeE = (one * fy - f1 * y1) / max(one * ff - f1 * f1, f64.MIN_NORMAL_VALUE);
  fit.backgroundE = (y1 - fit.amplitudeE * f1) / one;
}

/** Weighted squares of what the model of `fit` leaves; of a clipped gate, of what it lacks. */
function squaresLeft(electrons: usize): f64 {
  let sum: f64 = 0;
  for (let byte: usize = 0; byte < setup.gates << 2; byte += 4) {
    const y = f64(load<f32>(electrons + byte));
    const clipped = y >= f64(UNUSABLE_E);
    const mu = fit.amplitudeE * f64(load<f32>(setup.response + byte)) + fit.backgroundE;
    const left = clipped ? max(fit.limitE - mu, 0.0) : y - mu;
    sum += (left * left) / varianceOf(clipped ? fit.limitE : y);
  }
  return sum;
}

/** Start of a fit with clipped gates: the best of all templates' times, amplitude and background being linear. */
export function startClipped(electrons: usize): void {
  let least = Infinity;
  let amplitudeE: f64 = 0;
  let backgroundE: f64 = 0;
  let positionNs: f64 = 0;
  for (let index: u32 = 0; index < setup.templateCount; index++) {
    const position = min(f64(index) * setup.templateStepNs, setup.spanNs);
    respond(position, setup.response);
    fitLinear(electrons);
    const left = squaresLeft(electrons);
    if (!(fit.amplitudeE > 0.0 && left < least)) continue;
    least = left;
    amplitudeE = fit.amplitudeE;
    backgroundE = fit.backgroundE;
    positionNs = position;
  }
  fit.amplitudeE = f64(f32(amplitudeE));
  fit.backgroundE = f64(f32(backgroundE));
  fit.positionNs = positionNs;
}
