// C twin of firmware/stages/evaluate.ts, solve.ts, scoring.ts and average.ts.
#include "quads.h"
#include "tof-plan.h"
#include <math.h>

enum { STEPS_MIN = 2, STEPS_MAX = 6, STEPS_CLIPPED = 20, USABLE_GATES_MIN = 4, SIGNAL_GATES_MIN = 3, AVERAGE_STEPS = 4 };
static const double DETERMINANT_SMALLEST = 1e-5, DETERMINANT_CLIPPED = 4e-3;
static const double SETTLED_SIGMA = 0.1, STEP_LIMIT = 2, BENT = 0.004, REACH_LARGEST = 4;
static const double AMPLITUDE_LARGEST = 1e12, BACKGROUND_LARGEST = 1e10;
static const double WIDE = 0.0625, STEP_SIGMAS = 1.2, LOG_LEAST = -80, LOG_MOST = 40, VARIANCE_LEAST = 0.1;

typedef struct {
  double amplitudeStep, backgroundStep, momentStep, amplitudeVariance, momentVariance, covariance, chiSquare;
} Solution;

static double least(double a, double b) { return a < b ? a : b; }
static double most(double a, double b) { return a > b ? a : b; }
static double clamp(double value, double low, double high) { return most(low, least(high, value)); }
static double total(Quad lanes) { return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]); }

static Sums evaluate(const TofPlan *plan, const float *electrons, const Response *response, float amplitude, float background) {
  const float noise = plan->noiseVarianceE2;
  Quad ff = {0}, f1 = {0}, fg = {0}, one = {0}, g1 = {0}, gg = {0}, fr = {0}, r1 = {0}, gr = {0}, rr = {0};
  for (uint32_t k = 0; k < plan->paddedGates; k += 4) {
    const Quad f = loadQuad(response->shares + k), g = loadQuad(response->slopes + k), y = loadQuad(electrons + k);
    const Quad mu = f * amplitude + background;
    const Quad r = y - mu;
    const Quad full = 1.0f / (choose(mu > 0, mu, splat(0)) + noise);
    const Quad w = choose(y < UNUSABLE_E, full, splat(0));
    const Quad wf = w * f, wg = w * g, wr = w * r;
    ff += wf * f;
    f1 += wf;
    fg += wf * g;
    one += w;
    g1 += wg;
    gg += wg * g;
    fr += wr * f;
    r1 += wr;
    gr += wr * g;
    rr += wr * r;
  }
  return (Sums){total(ff), total(f1), total(fg), total(one), total(g1),
                total(gg), total(fr), total(r1), total(gr),  total(rr)};
}

static bool solve(const Sums *s, double smallest, Solution *solution) {
  const double c00 = s->one * s->gg - s->g1 * s->g1;
  const double c01 = s->g1 * s->fg - s->f1 * s->gg;
  const double c02 = s->f1 * s->g1 - s->one * s->fg;
  const double determinant = s->ff * c00 + s->f1 * c01 + s->fg * c02;
  if (!(determinant > smallest * (s->ff * s->one * s->gg))) return false;
  const double inverse = 1.0 / determinant;
  const double c11 = s->ff * s->gg - s->fg * s->fg;
  const double c12 = s->f1 * s->fg - s->ff * s->g1;
  const double c22 = s->ff * s->one - s->f1 * s->f1;
  const double a = (c00 * s->fr + c01 * s->r1 + c02 * s->gr) * inverse;
  const double b = (c01 * s->fr + c11 * s->r1 + c12 * s->gr) * inverse;
  const double p = (c02 * s->fr + c12 * s->r1 + c22 * s->gr) * inverse;
  const double chiSquare = most(s->rr - (a * s->fr + b * s->r1 + p * s->gr), 0.0);
  *solution = (Solution){a, b, p, c00 * inverse, c22 * inverse, c02 * inverse, chiSquare};
  return true;
}

bool insideWindow(const TofPlan *plan, double positionNs) { return positionNs * (plan->spanNs - positionNs) > 0.0; }

/** The pixel that is fitted. */
typedef struct {
  const TofPlan *plan;
  const uint8_t *memory;
  const float *electrons;
  bool clipped;
} Pixel;

static bool step(const Pixel *pixel, const Response *response, Fit *fit, Solution *solution) {
  const TofPlan *plan = pixel->plan;
  const Sums sums = pixel->clipped
                        ? evaluateClipped(plan, pixel->electrons, response, fit)
                        : evaluate(plan, pixel->electrons, response, (float)fit->amplitudeE, (float)fit->backgroundE);
  if (!solve(&sums, pixel->clipped ? DETERMINANT_CLIPPED : DETERMINANT_SMALLEST, solution)) return false;
  fit->amplitudeE = (float)least(fit->amplitudeE + solution->amplitudeStep, AMPLITUDE_LARGEST);
  const double background = fit->backgroundE + solution->backgroundStep;
  fit->backgroundE = (float)clamp(background, -BACKGROUND_LARGEST, BACKGROUND_LARGEST);
  if (!(fit->amplitudeE > 0.0)) return false;
  const double limit = STEP_LIMIT * plan->templateStepNs;
  solution->momentStep = clamp(solution->momentStep / fit->amplitudeE, -limit, limit);
  fit->positionNs = clamp(fit->positionNs + solution->momentStep, 0.0, plan->spanNs);
  fit->amplitudeVariance = solution->amplitudeVariance;
  fit->positionVariance = solution->momentVariance / (fit->amplitudeE * fit->amplitudeE);
  return true;
}

static bool straightStep(const Pixel *pixel, Fit *fit, Solution *solution) {
  const TofPlan *plan = pixel->plan;
  const double reach = least(sqrt(fit->positionVariance), REACH_LARGEST * plan->responseTauNs);
  const float perNs = (float)(0.5 / reach);
  Response before, after, here;
  respond(plan, pixel->memory, fit->positionNs - reach, &before);
  respond(plan, pixel->memory, fit->positionNs + reach, &after);
  respond(plan, pixel->memory, fit->positionNs, &here);
  for (uint32_t k = 0; k < plan->paddedGates; k++) {
    here.shares[k] = 2.0f * here.shares[k] - (before.shares[k] + after.shares[k]) * 0.5f;
    here.slopes[k] = (after.shares[k] - before.shares[k]) * perNs;
  }
  return step(pixel, &here, fit, solution);
}

static bool isShort(double step, double variance) { return step * step <= SETTLED_SIGMA * SETTLED_SIGMA * variance; }

static bool settle(const Pixel *pixel, Fit *fit, Solution *solution) {
  const int steps = pixel->clipped ? STEPS_CLIPPED : STEPS_MAX;
  for (int i = 1; i <= steps; i++) {
    Response response;
    respond(pixel->plan, pixel->memory, fit->positionNs, &response);
    if (!step(pixel, &response, fit, solution)) return false;
    if (i < STEPS_MIN || !isShort(solution->momentStep, fit->positionVariance)) continue;
    if (!pixel->clipped) return true;
    if (isShort(solution->amplitudeStep, fit->amplitudeVariance)) return fit->signalGates >= SIGNAL_GATES_MIN;
  }
  return !pixel->clipped;
}

Fit fitPixel(const TofPlan *plan, const uint8_t *memory, const float *electrons, uint32_t usableGates, Start start) {
  Fit fit = {false, 0, start.limitE, start.positionNs, start.amplitudeE, start.backgroundE, 0, 0, 0};
  if (usableGates < USABLE_GATES_MIN) return fit;
  const Pixel pixel = {plan, memory, electrons, usableGates < plan->gates};
  Solution solution;
  if (pixel.clipped) startClipped(plan, memory, electrons, &fit);
  if (!settle(&pixel, &fit, &solution)) return fit;
  if (fit.positionVariance > BENT * plan->responseTauNs && !straightStep(&pixel, &fit, &solution)) return fit;
  const double inverseSquare = 1.0 / (fit.amplitudeE * fit.amplitudeE);
  const double correction = solution.covariance * inverseSquare;
  if (insideWindow(plan, fit.positionNs)) fit.positionNs = clamp(fit.positionNs + correction, 0.0, plan->spanNs);
  fit.positionVariance *= 1.0 + 3.0 * fit.amplitudeVariance * inverseSquare;
  fit.misfit = solution.chiSquare / (double)(usableGates - 3);
  fit.found = true;
  return fit;
}

static double scoreAt(const TofPlan *plan, const uint8_t *memory, const float *electrons, const Fit *fit, double positionNs) {
  Response response;
  respond(plan, memory, positionNs, &response);
  const Sums s = evaluate(plan, electrons, &response, (float)fit->amplitudeE, (float)fit->backgroundE);
  const double determinant = s.ff * s.one - s.f1 * s.f1;
  if (!(determinant > DETERMINANT_SMALLEST * (s.ff * s.one))) return 0.0;
  const double amplitude = (s.one * s.fr - s.f1 * s.r1) / determinant;
  const double background = (s.ff * s.r1 - s.f1 * s.fr) / determinant;
  return fit->amplitudeE * (s.gr - amplitude * s.fg - background * s.g1);
}

void averageTime(const TofPlan *plan, const uint8_t *memory, const float *electrons, Fit *fit) {
  const double tau = plan->responseTauNs;
  if (fit->positionVariance <= WIDE * tau * tau || !insideWindow(plan, fit->positionNs)) return;
  const double stepNs = STEP_SIGMAS * sqrt(fit->positionVariance);
  const double middle = scoreAt(plan, memory, electrons, fit, fit->positionNs);
  double weights = 1, first = 0, second = 0;
  for (int way = -1; way <= 1; way += 2) {
    double logarithm = 0, before = middle;
    for (int i = 1; i <= AVERAGE_STEPS; i++) {
      const double steps = way * i, positionNs = fit->positionNs + steps * stepNs;
      if (positionNs * (plan->spanNs - positionNs) < 0.0) break;
      const double score = scoreAt(plan, memory, electrons, fit, positionNs);
      logarithm += way * 0.5 * stepNs * (before + score);
      before = score;
      const double weight = expShort(clamp(logarithm, LOG_LEAST, LOG_MOST));
      weights += weight;
      first += steps * weight;
      second += steps * steps * weight;
    }
  }
  const double mean = first / weights;
  const double variance = (second / weights - mean * mean) * stepNs * stepNs;
  fit->positionNs += mean * stepNs;
  fit->positionVariance = most(variance, VARIANCE_LEAST * fit->positionVariance);
}
