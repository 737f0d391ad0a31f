// Amplitude, background and return time of a pixel by Fisher scoring from the matched filter's start [physics.md 7].
// The step of the return time is solved as (amplitude x step), which is linear in the samples and therefore holds from
// a poor start too; sigma is the inverse Fisher information at the last step.
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { evaluateClipped, startClipped } from "./clipped.ts";
import { evaluate } from "./evaluate.ts";
import { fit } from "./fit.ts";
import { bestTemplate, correlation, meanCode, vertex } from "./matched-filter.ts";
import { respond, respondAround } from "./response.ts";
import { DETERMINANT_SMALLEST, solution, solve } from "./solve.ts";

/** The usual case needs two steps; the bound keeps the work of a line fixed. */
const STEPS_MIN = 2;
const STEPS_MAX = 6;
/** Clipped gates bend the likelihood. */
const STEPS_CLIPPED = 20;
/** Below this what they leave cannot tell amplitude from time, as in the tail of a single pole. */
const DETERMINANT_CLIPPED: f64 = 4e-3;
/** Of gates with a signal, besides those that tell the background. */
const SIGNAL_GATES_MIN: u32 = 3;
/** A last step shorter than this share of sigma leaves an error of second order. */
const SETTLED_SIGMA: f64 = 0.1;
/** Longest step of the return time, in template steps. */
const STEP_LIMIT: f64 = 2;
/** Bounds that no physical pixel reaches; they keep every later number finite. */
const AMPLITUDE_LARGEST: f64 = 1e12;
const BACKGROUND_LARGEST: f64 = 1e10;
/** Above this variance of the return time, in tau ns, the bend of the response within an error counts: 0.6 mm of bias. */
const BENT: f64 = 0.004;
/** In tau; the response table bears no more. */
export const REACH_LARGEST: f64 = 4;
/** Gates that must be usable: three unknowns and a degree of freedom. */
const USABLE_GATES_MIN: u32 = 4;

export function clamp(value: f64, low: f64, high: f64): f64 {
  return max(low, min(high, value));
}

/** False when the estimate stands at an end of the range window: the likelihood still rises there, the return may lie beyond. */
export function insideWindow(): bool {
  return fit.positionNs * (setup.spanNs - fit.positionNs) > 0.0;
}

/**
 * Start values from the correlations of a column of the tile. `offsetDn16`: its electronic offset, 1/16 DN. No number is
 * read back from `fit`, and comparisons, which no NaN meets here, take fewer instructions than min and max.
 */
export function startFit(lane: u32, offsetDn16: u32): void {
  const best = bestTemplate(lane);
  const scales = setup.templateScales + (best << 3);
  const offset = f64(offsetDn16);
  const gainE16 = f64(setup.gainE16);
  const positionNs = (f64(best) + vertex(best, lane)) * setup.templateStepNs;
  const correlatedE = f64(correlation(best, lane)) * f64(load<f32>(scales));
  const amplitudeE = correlatedE > 0.0 ? f64(f32(correlatedE)) : 0.0;
  const meanE = (meanCode(lane) * 16.0 - offset) * gainE16;
  fit.positionNs = positionNs < setup.spanNs ? positionNs : setup.spanNs;
  fit.amplitudeE = amplitudeE;
  fit.limitE = ((f64(setup.saturationDn) - 0.5) * 16.0 - offset) * gainE16;
  fit.meanE = meanE;
  fit.backgroundE = f64(f32(meanE - amplitudeE * f64(load<f32>(scales, 4))));
}

/** One step; false when the model cannot hold. Sets the variances at the point the step starts from. */
function scoringStep(electrons: usize, clipped: bool): bool {
  if (clipped) evaluateClipped(electrons);
  else evaluate(electrons, f32(fit.amplitudeE), f32(fit.backgroundE));
  if (!solve(clipped ? DETERMINANT_CLIPPED : DETERMINANT_SMALLEST)) return false;
  fit.amplitudeE = f64(f32(min(fit.amplitudeE + solution.amplitudeStep, AMPLITUDE_LARGEST)));
  fit.backgroundE = f64(
    f32(clamp(fit.backgroundE + solution.backgroundStep, -BACKGROUND_LARGEST, BACKGROUND_LARGEST)),
  );
  if (!(fit.amplitudeE > 0.0)) return false;
  const limit = STEP_LIMIT * setup.templateStepNs;
  const step = clamp(solution.momentStep / fit.amplitudeE, -limit, limit);
  fit.positionNs = clamp(fit.positionNs + step, 0.0, setup.spanNs);
  fit.amplitudeVariance = solution.amplitudeVariance;
  fit.positionVariance = solution.momentVariance / (fit.amplitudeE * fit.amplitudeE);
  solution.momentStep = step;
  return true;
}

/**
 * An estimate at the end of the window stays there: moved inwards it would pass for a good one.
 * The Fisher information is the first order of the error. At low signal the return time is in effect a quotient p/A of
 * two estimates: its mean is off by -cov(p, A)/A^2, and 1/A^2 averages to (1 + 3 var(A)/A^2)/A^2.
 */
function correctSecondOrder(): void {
  const inverseSquare = 1.0 / (fit.amplitudeE * fit.amplitudeE);
  const correction = solution.amplitudeMomentCovariance * inverseSquare;
  if (insideWindow()) fit.positionNs = clamp(fit.positionNs + correction, 0.0, setup.spanNs);
  fit.positionVariance *= 1.0 + 3.0 * fit.amplitudeVariance * inverseSquare;
}

/**
 * Puts a response in the place of f that, averaged over errors of the return time of +-reach, is f: f less what the mean
 * of the responses so far before and after is more than f. A step on it takes off the bias that the bend causes (M. J. Box
 * 1971, with two points for the mean), and its slope, the difference over 2 reach, gives the sigma that errors of this
 * size have. `perNs`: 1 / (2 reach).
 */
function straighten(perNs: f32): void {
  const table = setup.paddedGates << 2;
  for (let byte: usize = 0; byte < table; byte += 4) {
    const before = load<f32>(setup.pairs + byte);
    const after = load<f32>(setup.pairs + 2 * table + byte);
    const target = setup.response + byte;
    store<f32>(target, 2 * load<f32>(target) - (before + after) * 0.5);
    store<f32>(target + table, (after - before) * perNs);
  }
}

/** Whether a step was short beside its standard deviation. */
function isShort(step: f64, variance: f64): bool {
  return step * step <= SETTLED_SIGMA * SETTLED_SIGMA * variance;
}

/** Steps until they are short. False when the model cannot hold, or a fit with clipped gates does not come to rest. */
function settle(electrons: usize, clipped: bool): bool {
  const steps = clipped ? STEPS_CLIPPED : STEPS_MAX;
  for (let step = 1; step <= steps; step++) {
    respond(fit.positionNs, setup.response);
    if (!scoringStep(electrons, clipped)) return false;
    if (step < STEPS_MIN || !isShort(solution.momentStep, fit.positionVariance)) continue;
    if (!clipped) return true;
    if (isShort(solution.amplitudeStep, fit.amplitudeVariance)) return fit.signalGates >= SIGNAL_GATES_MIN;
  }
  return !clipped;
}

/**
 * Fits the pixel whose electrons stand at `electrons`, from the start in `fit`. `usableGates`: gates that are not
 * saturated. False when no return can be fitted; then `fit` holds no result but a background.
 */
export function fitPixel(electrons: usize, usableGates: u32): bool {
  if (usableGates < USABLE_GATES_MIN) return false;
  const clipped = usableGates < setup.gates;
  if (clipped) startClipped(electrons);
  if (!settle(electrons, clipped)) return false;
  const tau = f64(parameters.responseTauNs);
  if (fit.positionVariance > BENT * tau) {
    const reach = min(Math.sqrt(fit.positionVariance), REACH_LARGEST * tau);
    respondAround(fit.positionNs, reach);
    straighten(f32(0.5 / reach));
    if (!scoringStep(electrons, clipped)) return false;
  }
  correctSecondOrder();
  fit.misfit = solution.chiSquare / f64(usableGates - 3);
  return true;
}
