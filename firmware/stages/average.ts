// Return time of a pixel whose error is not small beside the fall time. Between gates that leave gaps the likelihood of a
// fast film is then no parabola: neither where it is highest nor the Fisher information there tells the error. Its mean and
// variance over the return time do, and of all estimates the mean has the least mean square error (E. J. G. Pitman 1939).
// Amplitude and background are fitted anew at every time; sums over times a step apart stand for integrals. The likelihood's
// height comes from its slope, whose mean at the true time is 0: chi-square alone would draw the time to where the model has
// more noise, with swept reset by as much as a standard deviation.
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { evaluate, SUM_F, SUM_FF, SUM_FG, SUM_FR, SUM_G, SUM_GR, SUM_ONE, SUM_R, sumOf } from "./evaluate.ts";
import { fit } from "./fit.ts";
import { expShort } from "./math.ts";
import { respond } from "./response.ts";
import { clamp, insideWindow } from "./scoring.ts";
import { DETERMINANT_SMALLEST } from "./solve.ts";

/** Above this variance of the return time, in tau^2: a sigma of a quarter of the fall time. */
const WIDE: f64 = 0.0625;
/** Steps to either side, and their length in sigma: four reach 4.8 sigma, and of a normal curve the sums are exact to 1e-4. */
const STEPS: i32 = 4;
const STEP_SIGMAS: f64 = 1.2;
/** Limits of the logarithm of a weight; they keep every later number finite. */
const LOG_LEAST: f64 = -80;
const LOG_MOST: f64 = 40;
/** Least share of the fitted variance that is stated: a likelihood much narrower than a step shows in no sum. */
const VARIANCE_LEAST: f64 = 0.1;

/** Slope of the logarithm of the likelihood at `positionNs`, 1/ns, with the amplitude and the background that suit it best. */
function scoreAt(positionNs: f64, electrons: usize): f64 {
  respond(positionNs, setup.response);
  evaluate(electrons, f32(fit.amplitudeE), f32(fit.backgroundE));
  const ff = sumOf(SUM_FF);
  const f1 = sumOf(SUM_F);
  const one = sumOf(SUM_ONE);
  const fr = sumOf(SUM_FR);
  const r1 = sumOf(SUM_R);
  const determinant = ff * one - f1 * f1;
  if (!(determinant > DETERMINANT_SMALLEST * (ff * one))) return 0;
  const amplitude = (one * fr - f1 * r1) / determinant;
  const background = (ff * r1 - f1 * fr) / determinant;
  return fit.amplitudeE * (sumOf(SUM_GR) - amplitude * sumOf(SUM_FG) - background * sumOf(SUM_G));
}

/**
 * Puts mean and variance of the return time over the likelihood in the place of the fitted ones, where those are wide beside
 * the fall time. No gate is clipped. An estimate at an end of the window stays there.
 */
export function averageTime(electrons: usize): void {
  const tau = f64(parameters.responseTauNs);
  if (fit.positionVariance <= WIDE * tau * tau || !insideWindow()) return;
  const step = STEP_SIGMAS * Math.sqrt(fit.positionVariance);
  const middle = scoreAt(fit.positionNs, electrons);
  let weights: f64 = 1;
  let first: f64 = 0;
  let second: f64 = 0;
  for (let way: f64 = -1; way <= 1.0; way += 2) {
    let log: f64 = 0;
    let before = middle;
    for (let i = 1; i <= STEPS; i++) {
      const steps = way * f64(i);
      const positionNs = fit.positionNs + steps * step;
      if (positionNs * (setup.spanNs - positionNs) < 0.0) break;
      const score = scoreAt(positionNs, electrons);
      log += way * 0.5 * step * (before + score);
      before = score;
      const weight = expShort(clamp(log, LOG_LEAST, LOG_MOST));
      weights += weight;
      first += steps * weight;
      second += steps * steps * weight;
    }
  }
  const mean = first / weights;
  const variance = (second / weights - mean * mean) * step * step;
  fit.positionNs += mean * step;
  fit.positionVariance = max(variance, VARIANCE_LEAST * fit.positionVariance);
}
